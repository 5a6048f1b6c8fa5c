import type { Probe } from './probe.ts';

/** How the actions are tried that look at the other end of a connection. */
export const connectProbes: Readonly<Record<string, Probe>> = {
  'servicediscovery:ListInstances': (aws) =>
    aws.discovery.listInstances({ ServiceId: `srv-${'0'.repeat(16)}` }),
};
