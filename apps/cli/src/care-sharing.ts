import { type Problem, planFiles } from '@kubepki/core';
import { currentPath } from './paths.ts';
import type { Result } from './result.ts';

/** What control planes that join fetch from the cluster stays there, unlike what kubeadm itself shares. */
export function* careOfSharing({ args, cluster, survey }: Result): Generator<Problem> {
  const emitters = cluster.emitters.filter(({ name }) => name === 'kubeadm-certs');
  for (const { file } of planFiles({ ...cluster, emitters })) {
    if (!survey.writes.includes(file.path)) continue;
    yield {
      where: currentPath(args, file.path),
      message: 'the Secret has no owner, so it does not expire',
      hint: 'kubectl -n kube-system delete secret kubeadm-certs, once all control planes have joined',
    };
  }
}
