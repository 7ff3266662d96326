import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import { type EmitterHost, PkiError, type Random } from '@kubepki/core';

/** The key under which kubeadm encrypts what it shares, as it is used and never as it is written. */
export type CertificateKey = {
  /** Tells one key from another and gives nothing of it away. */
  readonly id: string;
  encrypt(text: string, random: Random): Buffer;
  /** @throws where the bytes are not of this key */
  decrypt(bytes: Uint8Array): string;
};

/** Reads a certificate key from a file once, when it is asked for. */
export function keyReader(keyFile: string, host: EmitterHost | undefined): () => CertificateKey {
  let known: CertificateKey | undefined;
  return () => {
    known ??= certificateKey(textOf(keyFile, host), keyFile);
    return known;
  };
}

function textOf(keyFile: string, host: EmitterHost | undefined): string {
  if (host !== undefined) return host.readSecret(keyFile);
  throw new PkiError('KUBEADM_CERTS_KEY', 'emitter kubeadm-certs: nobody lends it the certificate key', {
    hint: 'in code: kubeadmCerts({}, { readSecret: () => key })',
  });
}

/** @throws PkiError KUBEADM_CERTS_KEY, without what the file holds */
function certificateKey(text: string, where: string): CertificateKey {
  const hex = text.trim();
  if (!/^[0-9a-f]{64}$/i.test(hex)) {
    const found = hex === '' ? 'it is empty' : `it has ${hex.length} characters, and a key is 64 hex characters`;
    throw new PkiError('KUBEADM_CERTS_KEY', `emitter kubeadm-certs: ${where} holds no certificate key: ${found}`, {
      hint: `kubeadm certs certificate-key prints one, as does openssl rand -hex 32`,
    });
  }
  const key = Buffer.from(hex, 'hex');
  return {
    id: createHash('sha256').update('kubepki kubeadm-certs\n').update(key).digest('hex').slice(0, 32),
    // A nonce, what is encrypted and the tag in a row, as Go's Seal writes it.
    encrypt(plain, random) {
      const nonce = random(nonceLength);
      const cipher = createCipheriv(algorithm, key, nonce, { authTagLength: tagLength });
      return Buffer.concat([nonce, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    },
    decrypt(bytes) {
      const end = bytes.length - tagLength;
      const nonce = bytes.subarray(0, nonceLength);
      const decipher = createDecipheriv(algorithm, key, nonce, { authTagLength: tagLength });
      decipher.setAuthTag(bytes.subarray(end));
      return Buffer.concat([decipher.update(bytes.subarray(nonceLength, end)), decipher.final()]).toString('utf8');
    },
  };
}

const algorithm = 'aes-256-gcm';
const nonceLength = 12;
const tagLength = 16;
