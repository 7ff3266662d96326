// What a file is made of, in CycloneDX 1.6. No clock and no random number, so that the same file has the same bill.

/** `packages` are those whose code is in the file: the manifest of each. */
export function billOfMaterials({ app, packages, sha256 }) {
  const own = packages.find(({ manifest }) => manifest.name === app);
  const references = new Map(packages.map(({ manifest }) => [manifest.name, purl(manifest)]));
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      component: { ...component(own.manifest), type: 'application', hashes: [{ alg: 'SHA-256', content: sha256 }] },
    },
    components: packages.filter((one) => one !== own).map(({ manifest }) => component(manifest)),
    dependencies: packages.map(({ manifest }) => ({
      ref: purl(manifest),
      dependsOn: wanted(manifest)
        .flatMap((name) => references.get(name) ?? [])
        .sort(),
    })),
  };
}

function component(manifest) {
  const [name, group] = manifest.name.split('/').reverse();
  return {
    type: 'library',
    'bom-ref': purl(manifest),
    ...(group === undefined ? {} : { group }),
    name,
    version: manifest.version,
    licenses: [{ license: { id: manifest.license } }],
    purl: purl(manifest),
  };
}

function purl({ name, version }) {
  return `pkg:npm/${name.replace('@', '%40')}@${version}`;
}

function wanted({ dependencies = {}, peerDependencies = {} }) {
  return [...new Set([...Object.keys(dependencies), ...Object.keys(peerDependencies)])];
}
