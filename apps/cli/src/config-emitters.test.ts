import { testFaults } from './testing/third.ts';

testFaults({
  'an emitter that throws before there is a key': [
    "emitters: [emitter('third', { files() { throw new Error('no idea'); } })]",
    /^EMITTER_FAILED emitter third failed: no idea\n.*tell its authors/,
  ],
  'an emitter that throws after it has named files': [
    "emitters: [emitter('third', { *files() { yield file; throw new Error('no idea'); } })]",
    /^EMITTER_FAILED emitter third failed: no idea\n.*tell its authors/,
  ],
  'a factory that makes no emitter': [
    "emitters: [{ emitter: 'third', options, from: () => ({ render() {} }) }]",
    /^EMITTER_FAILED emitter third makes an object, where an emitter is expected\n/,
  ],
  'an emitter that names nonsense': [
    "emitters: [emitter('third', { files: () => [{ ...file, mode: '644' }] })]",
    /^EMITTER_FAILED emitter third names what is no file: third\.mode: /,
  ],
  'an emitter that names a link to nonsense': [
    "emitters: [emitter('third', { files: () => [{ path: 'third', link: 7 }] })]",
    /^EMITTER_FAILED emitter third names what is no file: third\.link: /,
  ],
  'an emitter that names no files at all': [
    "emitters: [emitter('third', { files() {} })]",
    /^EMITTER_FAILED emitter third names nothing, where files are expected\n/,
  ],
  'an emitter whose file is to hold what is not there': [
    "emitters: [once({ ...file, holds: [{ id: 'dex', part: 'certificate' }] })]",
    /^EMITTER_FAILED emitter third names third, which is to hold dex, and nothing of its part has that id\na file may hold/,
  ],
  'an emitter whose file is to hold what is a node’s': [
    "emitters: [once({ ...file, holds: [{ id: 'kube-proxy@cp-1', part: 'certificate' }] })]",
    /^EMITTER_FAILED emitter third names third, which is to hold kube-proxy@cp-1, and nothing of its part has that id\n/,
  ],
  'an emitter whose file is to hold what is elsewhere': [
    `components: [component('far', () => [elsewhere({ name: 'far', accepts: [], addresses: [] })])],
     emitters: [once({ ...file, holds: [{ id: 'far', part: 'certificate' }] })]`,
    /^EMITTER_FAILED emitter third names third, which is to hold far, and nothing of its part has that id\n/,
  ],
  'an emitter that wants a certificate of a key pair': [
    "emitters: [once({ ...file, holds: [{ id: 'sa', part: 'certificate' }] })]",
    /^EMITTER_FAILED emitter third names third, which is to hold the certificate of sa, a key pair without one\n/,
  ],
  'an emitter that names another file when it is asked again': [
    `emitters: [(() => {
      let times = 0;
      return emitter('third', { files: ({ node }) => (node || ++times < 2 ? [] : [{ ...file, path: '../../third' }]) });
    })()]`,
    /^EMITTER_FAILED emitter third names other files when it is asked again\n/,
  ],
  'an emitter that would let others read a key': [
    "emitters: [once({ ...file, holds: [{ id: 'ca', part: 'key' }] })]",
    /^EMITTER_FAILED emitter third names third, which holds the key of ca, without `secret: true`\n/,
  ],
  'an emitter that would let others read a secret key': [
    "emitters: [once({ ...file, secret: true, holds: [{ id: 'ca', part: 'key' }] })]",
    /^EMITTER_FAILED emitter third names third, which holds the key of ca, with a mode that lets anybody read it\n/,
  ],
  'an emitter that throws over a key': [
    `emitters: [emitter('third', {
      files: ({ node }) => node ? [] : [{ ...file, mode: 0o600, secret: true, holds: [{ id: 'ca', part: 'key' }] }],
      render: ({ holds }, get) => { throw new RangeError(get(holds[0]).split('\\n')[1]); },
    })]`,
    /^EMITTER_FAILED emitter third failed to render third: RangeError\nits message is not repeated, since it may hold a key/,
  ],
  'an emitter that gets what is not there': [
    "emitters: [emitter('third', { files: ({ node }) => node ? [] : [file], render: (_file, get) => get({ id: 'dex', part: 'key' }) })]",
    /^EMITTER_FAILED emitter third failed to render third: third is not said to hold the key of dex\nan emitter is given what/,
  ],
  'an emitter that gets a key which its file does not hold': [
    "emitters: [emitter('third', { files: ({ node }) => node ? [] : [file], render: (_file, get) => btoa(get({ id: 'ca', part: 'key' })) })]",
    /^EMITTER_FAILED emitter third failed to render third: third is not said to hold the key of ca\nan emitter is given what/,
  ],
  'an emitter that renders no text': [
    "emitters: [emitter('third', { files: ({ node }) => node ? [] : [file], render: () => Buffer.from('x') })]",
    /^EMITTER_FAILED emitter third renders an object for third, where a text is expected\n/,
  ],
  'an emitter that renders later': [
    "emitters: [emitter('third', { files: ({ node }) => node ? [] : [file], render: async () => 'x' })]",
    /^EMITTER_FAILED emitter third renders a promise for third, where a text is expected\n/,
  ],
});
