import { isIP } from 'node:net';
import type { Service } from '@aws-sdk/client-ecs';
import type { TaskInstance } from '../facts/network/hosts.ts';
import { reach } from '../network/reach.ts';
import { open } from '../network/steps.ts';
import type { Topology } from '../network/topology.ts';
import { fromAll } from './direct.ts';
import { groupsAt, originsOf } from './places.ts';
import { blockOf } from './rules.ts';
import { found, type Way } from './way.ts';

/** Names that are known to resolve to an address inside a VPC, or that may: what lets it in there is not seen then. */
const inside = [
  /\.(?:internal|local|corp|lan)$/i,
  // Some write the region before their name, and some behind it.
  /\.(?:rds|cache|docdb|neptune|redshift|memorydb|dax-clusters|kafka|mq|efs|vpce)(?:\.[a-z0-9-]+)?\.amazonaws\.com(?:\.cn)?$/i,
  // A network load balancer has the same name whichever way it faces; others say so.
  /\.elb\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?$/i,
  /^(?:internal-.+\.elb|vpc-.+\.es)\.amazonaws\.com(?:\.cn)?$/i,
];

/** To a host or an address: only the way out is seen, never what lets it in there. */
export function toHost(
  from: Service,
  { host, port }: { host: string; port: number },
  topology: Topology,
  region: string,
  hosts: readonly TaskInstance[] | undefined,
): Way {
  const about = `${host} at TCP ${port}`;
  const way = (result: Way['found']): Way => ({ kind: 'address', about, found: result });
  const origins = originsOf(from, hosts);
  if (origins.length === 0)
    return way(
      open(
        `the tasks of ${from.serviceName} share the network of their instances, of which none was read`,
        'the security groups of the instances',
      ),
    );
  const isAddress = isIP(host) !== 0;
  if (!isAddress && inside.some((pattern) => pattern.test(host)))
    return way(open(`what ${host} resolves to is not known`, `its address: ask for it as ADDRESS:${port}`));
  const steps = fromAll(origins, (origin) => [
    reach(
      origin,
      isAddress ? { kind: 'interface', name: host, address: host, port } : { kind: 'internet', host, port },
      topology,
    ),
  ]);
  const groups = groupsAt(from, hosts);
  const other = isAddress ? `${host}/${isIP(host) === 6 ? 128 : 32}` : '0.0.0.0/0';
  return way(
    found(steps, (step) => {
      const block = blockOf(step, {
        from: groups,
        to: [other],
        region,
        name: `${from.serviceName}_out`,
        side: 'tasks',
      });
      // A name may resolve to an address inside the VPC, for which other rules and routes count.
      return isAddress ? block : { ...block, status: 'likely' as const };
    }),
  );
}
