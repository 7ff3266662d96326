/**
 * A text as a double-quoted scalar that YAML 1.1 and 1.2 read alike, and with them Kubernetes (sigs.k8s.io/yaml):
 * JSON, in which also what YAML counts as a line break or cannot hold (YAML 1.2.2 5.1 and 5.4) is escaped.
 */
export function yamlString(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
