/** Three control planes with etcd and two workers, dual stack. */
export const threeControlPlanes = `
name: example
controlPlaneEndpoint: api.example.internal:6443
serviceSubnets: [10.96.0.0/12, "fd00:10:96::/112"]
nodes:
  - {name: cp-1, roles: [control-plane], addresses: [10.0.0.11, "fd00::11", cp-1.example.internal]}
  - {name: cp-2, roles: [control-plane], addresses: [10.0.0.12, "fd00::12", cp-2.example.internal]}
  - {name: cp-3, roles: [control-plane], addresses: [10.0.0.13, "fd00::13", cp-3.example.internal]}
  - {name: w-1, roles: [worker], addresses: [10.0.0.21, "fd00::21", w-1.example.internal]}
  - {name: w-2, roles: [worker], addresses: [10.0.0.22, "fd00::22", w-2.example.internal]}
`;

/** One control plane with etcd, and one worker. */
export const two = `
controlPlaneEndpoint: api.example.internal:6443
nodes:
  - {name: cp-1, roles: [control-plane], addresses: [10.0.0.11]}
  - {name: w-1, roles: [worker], addresses: [10.0.0.21]}
`;
