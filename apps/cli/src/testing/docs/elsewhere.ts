/** What is not run with its page, but by another test: the blocks of a language, or a command. */
export type Elsewhere = {
  readonly pages: RegExp;
  readonly language?: string;
  readonly command?: string;
  /** The file that runs it. */
  readonly by: string;
  /** What stands in that file where it does. */
  readonly words: string;
};

const clone = /^README\.md$|^docs\/tasks\/kubeadm-profile\.md$/;
const templates = /^apps\/create-kubepki\/templates\//;
const plugins = /^apps\/create-kubepki\/templates\/(component|emitter)\//;
const metricsServer = /^examples\/kubepki-component-metrics-server\//;
const generator = /^examples\/custom-generator\//;
const strangers = 'packaging/src/strangers.test.ts';

export const elsewhere: readonly Elsewhere[] = [
  {
    pages:
      /^docs\/plugins\/|^packages\/(core|presets|verify|adopt|status|install|report|components\/[\w-]+|emitters\/[\w-]+)\/README\.md$/,
    language: 'ts',
    by: 'packages/presets/src/readmes.test.ts',
    words: 'The examples of all readmes and of the pages on plugins compile, run, and print what they say',
  },
  {
    pages: /^packages\/testkit\/README\.md$/,
    language: 'ts',
    by: 'packages/testkit/src/readme.test.ts',
    words: 'the examples compile',
  },
  ...(['yml', 'ini'] as const).map((language) => ({
    pages: /^docs\/tasks\/watch-expiry\.md$/,
    language,
    by: 'apps/cli/src/status-docs.test.ts',
    words: language === 'yml' ? 'The alerts are rules of Prometheus' : 'are units of systemd',
  })),
  {
    pages: /^docs\/rescue\.md$/,
    language: 'sh',
    by: 'e2e/src/adopt.test.ts',
    words: "const rescue = 'docs/rescue.md'",
  },
  { pages: plugins, language: 'js', by: strangers, words: ' as its readme says' },
  { pages: clone, command: 'npm test', by: '.ci/run', words: 'run npm test' },
  { pages: clone, command: 'npm run build', by: 'scripts/test.mjs', words: "['run', 'build', task" },
  { pages: /^proof\//, command: 'npm run proof', by: 'scripts/test.mjs', words: "'packaging', 'proof'," },
  ...['npm run faults', 'npm run test:faults'].map((command) => ({
    pages: /^faults\//,
    command,
    by: 'scripts/test.mjs',
    words: "'faults', 'faults-all']",
  })),
  { pages: /^e2e\//, command: 'npm run e2e', by: '.ci/run', words: 'run npm run e2e' },
  {
    pages: /^e2e\//,
    command: 'export KUBEBUILDER_ASSETS=/path/to/the/programs',
    by: '.ci/run',
    words: 'export KUBEBUILDER_ASSETS=$assets',
  },
  ...['component', 'emitter'].map((kind) => ({
    pages: plugins,
    command: `npm install --save-dev kubepki @kubepki/presets kubepki-${kind}-NAME`,
    by: strangers,
    words: ' as its readme says',
  })),
  ...['npm install', 'npm test', 'npm start'].map((command) => ({
    pages: templates,
    command,
    by: strangers,
    words: 'passes its tests, by the commands that are printed',
  })),
  ...['npm install', 'npm test'].map((command) => ({
    pages: metricsServer,
    command,
    by: strangers,
    words: 'the package for metrics-server is built and passes its tests',
  })),
  { pages: generator, command: 'npm install', by: 'packaging/src/strangers.ts', words: "await run('npm', ['install'" },
  { pages: generator, command: 'npm start -- out', by: strangers, words: "['start', '--silent', '--', 'out']" },
  {
    pages: generator,
    command: 'npm start -- out api.example.com',
    by: strangers,
    words: "['start', '--silent', '--', 'foreign', 'api.example.com']",
  },
];

/** Where a block of a language is run, if that is elsewhere. */
export function languageElsewhere(page: string, language: string): readonly Elsewhere[] {
  return elsewhere.filter((one) => one.language === language && one.pages.test(page));
}

/** Where a command is run, if that is elsewhere. */
export function commandElsewhere(page: string, line: string): readonly Elsewhere[] {
  return elsewhere.filter((one) => one.command === line && one.pages.test(page));
}
