import type { Path, Via } from '../../network/topology.ts';

type Reachable = Extract<Path, { state: 'reachable' }>;

const words: Record<Via, string> = {
  'internet-gateway': 'an internet gateway',
  'nat-gateway': 'a NAT gateway',
  'egress-only-gateway': 'an egress-only gateway',
  'interface-endpoint': 'an interface endpoint',
  'gateway-endpoint': 'a gateway endpoint',
  local: 'the VPC itself',
};

/** What the traffic goes through, by its id where it has one. */
export function throughOf({ via, hops }: Reachable): string {
  const own = hops.find(({ kind }) => kind === 'nat' || kind === 'endpoint');
  if (own) return own.subject;
  const gateway = hops.map(({ sentence }) => /\b(?:igw|eigw)-[0-9a-f]+/.exec(sentence)?.[0]).find(Boolean);
  return gateway ?? words[via];
}
