import type { IpPermission, NetworkAclEntry, Route } from '@aws-sdk/client-ec2';

/**
 * A slow reading of the rules, one address and one port at a time, in numbers and text only. Blocks are `a.b.c.d/n`.
 */
export function holds(cidr: string, address: string): boolean {
  const [base = '', bits = '32'] = cidr.split('/');
  return binary(address).slice(0, Number(bits)) === binary(base).slice(0, Number(bits));
}

function binary(address: string): string {
  return address
    .split('.')
    .map((part) => Number(part).toString(2).padStart(8, '0'))
    .join('');
}

/** Every address of a block. */
export function addressesIn(cidr: string): string[] {
  const [base = '', bits = '32'] = cidr.split('/');
  const fixed = binary(base).slice(0, Number(bits));
  const free = 32 - Number(bits);
  return Array.from({ length: 2 ** free }, (_, index) => {
    const all = fixed + (free === 0 ? '' : index.toString(2).padStart(free, '0'));
    return [0, 8, 16, 24].map((at) => Number.parseInt(all.slice(at, at + 8), 2)).join('.');
  });
}

/** The route for one address: the longest prefix; of the same length a static one before a propagated one. */
export function routeFor(routes: readonly Route[], address: string): Route | undefined {
  let best: Route | undefined;
  for (const route of routes) {
    const cidr = route.DestinationCidrBlock ?? '';
    if (!holds(cidr, address)) continue;
    const longer = best === undefined || bits(cidr) > bits(best.DestinationCidrBlock ?? '');
    const sameButStatic =
      best !== undefined &&
      bits(cidr) === bits(best.DestinationCidrBlock ?? '') &&
      best.Origin === 'EnableVgwRoutePropagation' &&
      route.Origin !== 'EnableVgwRoutePropagation';
    if (longer || sameButStatic) best = route;
  }
  return best;
}

function bits(cidr: string): number {
  return Number(cidr.split('/')[1]);
}

/** Whether an ACL lets one packet pass: rules in the order of their numbers, the first that matches decides. */
export function aclAllows(
  entries: readonly NetworkAclEntry[],
  egress: boolean,
  address: string,
  port: number,
  protocol: 'tcp' | 'udp',
): boolean {
  const number = protocol === 'tcp' ? '6' : '17';
  const own = entries.filter((one) => (one.Egress ?? false) === egress);
  for (const entry of own.toSorted((one, other) => Number(one.RuleNumber) - Number(other.RuleNumber))) {
    if (entry.Protocol !== '-1' && entry.Protocol !== number) continue;
    const { From = 0, To = 65_535 } = entry.Protocol === '-1' ? {} : (entry.PortRange ?? {});
    if (port < From || port > To || !holds(entry.CidrBlock ?? '', address)) continue;
    return entry.RuleAction === 'allow';
  }
  return false;
}

/** Whether some rule of a security group takes in one packet of a peer in these groups. */
export function groupAllows(
  rules: readonly IpPermission[],
  address: string,
  port: number,
  protocol: 'tcp' | 'udp',
  groups: readonly string[],
): boolean {
  return rules.some((rule) => {
    const protocols = rule.IpProtocol === '-1' ? ['tcp', 'udp'] : [rule.IpProtocol];
    if (!protocols.includes(protocol)) return false;
    if (rule.IpProtocol !== '-1' && !((rule.FromPort ?? 0) <= port && port <= (rule.ToPort ?? 65_535)))
      return false;
    const byGroup = rule.UserIdGroupPairs?.some(({ GroupId = '' }) => groups.includes(GroupId)) ?? false;
    return byGroup || (rule.IpRanges?.some(({ CidrIp = '' }) => holds(CidrIp, address)) ?? false);
  });
}
