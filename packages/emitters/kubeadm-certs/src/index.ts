import { defineEmitter } from '@kubepki/core';
import { z } from 'zod';
import { keyReader } from './certificate-key.ts';
import { certsFile } from './file.ts';
import { readCerts } from './read.ts';
import { renderCerts } from './render.ts';

/**
 * Writes the Secret `kubeadm-certs` with the Role and the RoleBinding beside it: what `kubeadm join` of a control plane
 * fetches with its certificate key (kubernetes cmd/kubeadm/app/phases/copycerts/copycerts.go). The key comes from the
 * emitter's host; without one it names no files, by an error, and reads nothing back.
 */
export const kubeadmCerts = defineEmitter({
  name: 'kubeadm-certs',
  options: z.strictObject({
    keyFile: z
      .string()
      .min(1)
      .default('kubeadm-certificate-key')
      .describe('The file with the certificate key, as `kubeadm certs certificate-key` prints it: 64 hex characters.'),
    path: z.string().min(1).default('manifests/kubeadm-certs.yaml').describe('Where the manifest lies in the tree.'),
  }),
  emitter: ({ keyFile, path }, host) => {
    const key = keyReader(keyFile, host);
    return {
      *files(part, { plan }) {
        const file = certsFile(plan, { path, keyId: () => key().id });
        if (file !== undefined && file.node === part.node) yield file.content;
      },
      render: (file, get, random) => renderCerts(file, { get, random, key: key() }),
      ...(host === undefined ? {} : { read: (text) => readCerts(text, key()) }),
    };
  },
});
