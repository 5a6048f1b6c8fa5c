import type { LoadBalancer } from '@aws-sdk/client-elastic-load-balancing-v2';
import { spansOf } from '../network/prefixes.ts';
import { reach } from '../network/reach.ts';
import { throughGroups } from '../network/security-groups.ts';
import { open } from '../network/steps.ts';
import { fromAll } from './direct.ts';
import { leavesBy } from './leaves-by.ts';
import { originsOf } from './places.ts';
import { type Between, blockOf } from './rules.ts';
import { type Ends, found, type Way } from './way.ts';

/**
 * To a load balancer that faces the internet: its name resolves to public addresses, so that a task reaches it from the
 * internet. What it sees is the address of a NAT gateway or the task's public one, which is in no security group.
 */
export function byPublicName(ends: Ends, balancer: LoadBalancer, port: number, side: Between): Way['found'] {
  const { from, topology, region, hosts } = ends;
  const name = balancer.LoadBalancerName ?? '';
  const host = { kind: 'internet', host: `the public address of ${name}`, port } as const;
  const origins = originsOf(from, hosts.from);
  const out = fromAll(origins, (origin) => [reach(origin, host, topology)]);
  const leaving = found(out, (step) => blockOf(step, { ...side, to: ['0.0.0.0/0'] }));
  if (leaving.state !== 'open-way') return leaving;
  const groups = balancer.SecurityGroups ?? [];
  if (groups.length === 0) return leaving;
  const sources = leavesBy(origins, topology);
  // Without a known address only a rule for everybody decides.
  const addresses = sources.addresses.length > 0 ? sources.addresses : ['0.0.0.0/0'];
  const gate = { groups, direction: 'in', cause: 'network-ingress-blocked' } as const;
  const peer = { name: sources.what, spans: spansOf(addresses), groups: [] };
  const inward = throughGroups(gate, { port, protocol: 'tcp' }, peer, topology);
  if (inward.state === 'open' && sources.addresses.length === 0)
    return open(
      `${name} sees ${sources.what}, which is not known`,
      'the public address that the tasks leave by',
    );
  return found([inward], (step) => {
    const block = blockOf(step, { ...side, from: sources.addresses.map((address) => `${address}/32`) });
    const meant = throughGroups(gate, { port, protocol: 'tcp' }, { ...peer, groups: side.from }, topology);
    if (meant.state !== 'passed') return block;
    const sentence = `${name} admits ${side.from.join(' and ')}, but is reached by its public name, and so from ${sources.what}.`;
    return { ...block, cause: 'connect-public-name', sentence, names: { ...block.names, region, name } };
  });
}
