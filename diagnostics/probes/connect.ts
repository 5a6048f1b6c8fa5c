import type { Probe } from './probe.ts';

const nowhere = `srv-${'0'.repeat(16)}`;

/** How the actions are tried that look at the other end of a connection. */
export const connectProbes: Readonly<Record<string, Probe>> = {
  'servicediscovery:ListInstances': (aws) => aws.discovery.listInstances({ ServiceId: nowhere }),
  'servicediscovery:GetInstancesHealthStatus': (aws) =>
    aws.discovery.getInstancesHealthStatus({ ServiceId: nowhere }),
  'servicediscovery:GetService': (aws) => aws.discovery.getService({ Id: nowhere }),
  'servicediscovery:GetNamespace': (aws) => aws.discovery.getNamespace({ Id: `ns-${'0'.repeat(16)}` }),
};
