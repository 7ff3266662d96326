import { admin } from '@kubepki/component-admin';
import { apiserver } from '@kubepki/component-apiserver';
import { authorities } from '@kubepki/component-authorities';
import { clusterCa } from '@kubepki/component-cluster-ca';
import { controllerManager } from '@kubepki/component-controller-manager';
import { etcd } from '@kubepki/component-etcd';
import { etcdClients } from '@kubepki/component-etcd-clients';
import { frontProxy } from '@kubepki/component-front-proxy';
import { konnectivity } from '@kubepki/component-konnectivity';
import { kubeProxy } from '@kubepki/component-kube-proxy';
import { kubelet } from '@kubepki/component-kubelet';
import { scheduler } from '@kubepki/component-scheduler';
import { serviceAccount } from '@kubepki/component-service-account';
import { users } from '@kubepki/component-users';
import { webhook } from '@kubepki/component-webhook';
import type { Component, ComponentFactory, Emitter, EmitterFactory } from '@kubepki/core';
import { bootstrap } from '@kubepki/emitter-bootstrap';
import { clusterApi } from '@kubepki/emitter-cluster-api';
import { filesystem } from '@kubepki/emitter-filesystem';
import { kubeadmCerts } from '@kubepki/emitter-kubeadm-certs';
import { kubeconfig } from '@kubepki/emitter-kubeconfig';
import { oidc } from '@kubepki/emitter-oidc';
import { rbac } from '@kubepki/emitter-rbac';
import { secrets } from '@kubepki/emitter-secrets';
import { talos } from '@kubepki/emitter-talos';

/** The components that a cluster file can name, in the order in which they plan. */
export const components = [
  clusterCa,
  etcd,
  frontProxy,
  serviceAccount,
  apiserver,
  controllerManager,
  scheduler,
  kubelet,
  kubeProxy,
  admin,
  users,
  konnectivity,
  etcdClients,
  webhook,
  authorities,
] as const;

/** The emitters that a cluster file can name, in the order in which they write. */
export const emitters = [
  filesystem,
  kubeconfig,
  rbac,
  secrets,
  kubeadmCerts,
  clusterApi,
  talos,
  bootstrap,
  oidc,
] as const;

/** What makes a component from options. What `defineComponent` returns is one. */
export type ComponentMaker = Pick<ComponentFactory, 'component' | 'options' | 'from'>;

/** What makes an emitter from options. What `defineEmitter` returns is one. */
export type EmitterMaker = Pick<EmitterFactory, 'emitter' | 'options' | 'from'>;

/** The names of this package's components. */
export type ComponentName = (typeof components)[number]['component'];

/** The names of this package's emitters. */
export type EmitterName = (typeof emitters)[number]['emitter'];

/** Plugins in the order in which they plan and write: makers, whose options a cluster file sets, and what code made. */
export type Catalog = {
  readonly components: readonly (Component | ComponentMaker)[];
  readonly emitters: readonly (Emitter | EmitterMaker)[];
};

/** The plugins of this package. */
export const catalog: Catalog = { components, emitters };

/** The options of emitters by their names, as `clusterFile` takes them. */
export function emitterOptions<Maker extends Pick<EmitterMaker, 'emitter' | 'options'>>(
  makers: readonly Maker[],
): { readonly [Each in Maker as Each['emitter']]: Each['options'] } {
  const entries = makers.map(({ emitter, options }) => [emitter, options]);
  return Object.fromEntries(entries) as ReturnType<typeof emitterOptions<Maker>>;
}

/** Whether a plugin is still to be made, from options. */
export function isMaker<Plugin extends object>(plugin: Plugin): plugin is Extract<Plugin, { from: unknown }> {
  return 'from' in plugin;
}

/** The name under which a cluster file knows a plugin. */
export function pluginName(plugin: Catalog['components' | 'emitters'][number]): string {
  if ('component' in plugin) return plugin.component;
  return 'emitter' in plugin ? plugin.emitter : plugin.name;
}
