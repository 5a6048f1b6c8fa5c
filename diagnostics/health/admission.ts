import type { IpPermission, SecurityGroup } from '@aws-sdk/client-ec2';

/** Where checks come from: the balancer's own security groups, and the ranges that its addresses lie in. */
export interface Sources {
  groups: readonly string[];
  ranges: readonly string[];
}

export type Admission =
  | { state: 'admitted'; by: string }
  | { state: 'blocked' }
  /** What keeps it from being decided. */
  | { state: 'unknown'; why: string };

/**
 * Whether some rule of the groups lets TCP on this port in from all the sources (or out to them). Rules only allow,
 * so one that does is enough, and one that cannot be read decides nothing.
 */
export function admits(
  permissions: readonly IpPermission[],
  port: number,
  { groups, ranges }: Sources,
): Admission {
  const doubts: string[] = [];
  for (const permission of permissions.filter((each) => covers(each, port))) {
    const pair = permission.UserIdGroupPairs?.find(({ GroupId = '' }) => groups.includes(GroupId));
    if (pair) return { state: 'admitted', by: `${portsOf(permission)} from ${pair.GroupId}` };
    const open = (permission.IpRanges ?? []).map(({ CidrIp = '' }) => CidrIp);
    const wide = open.find((range) => ranges.length > 0 && ranges.every((source) => contains(range, source)));
    if (wide !== undefined || open.includes('0.0.0.0/0'))
      return { state: 'admitted', by: `${portsOf(permission)} from ${wide ?? '0.0.0.0/0'}` };
    if (ranges.length > 0 && ranges.every((source) => open.some((range) => contains(range, source))))
      return { state: 'admitted', by: `${portsOf(permission)} from ${open.join(', ')}` };
    const part = open.find((range) =>
      ranges.some((source) => contains(source, range) || contains(range, source)),
    );
    if (part !== undefined) doubts.push(`${part} covers a part of the load balancer's addresses`);
    if (ranges.length === 0 && open.length > 0)
      doubts.push('the addresses of the load balancer are not known');
    for (const { PrefixListId } of permission.PrefixListIds ?? [])
      doubts.push(`what prefix list ${PrefixListId} holds was not read`);
    if ((permission.Ipv6Ranges ?? []).length > 0 && ranges.some((range) => range.includes(':')))
      doubts.push('IPv6 ranges are not compared here');
  }
  const [why] = doubts;
  return why === undefined ? { state: 'blocked' } : { state: 'unknown', why };
}

/** The rules of all groups of one interface count together. */
export function inbound(groups: readonly SecurityGroup[]): IpPermission[] {
  return groups.flatMap(({ IpPermissions = [] }) => IpPermissions);
}

export function outbound(groups: readonly SecurityGroup[]): IpPermission[] {
  return groups.flatMap(({ IpPermissionsEgress = [] }) => IpPermissionsEgress);
}

/** -1 is every protocol with every port; 6 is TCP by its number. */
function covers({ IpProtocol, FromPort, ToPort }: IpPermission, port: number): boolean {
  if (IpProtocol === '-1') return true;
  if (IpProtocol !== 'tcp' && IpProtocol !== '6') return false;
  return (FromPort ?? 0) <= port && port <= (ToPort ?? 65_535);
}

/** `tcp 8080`, `tcp 0-65535`, `all`. */
export function portsOf({ IpProtocol, FromPort, ToPort }: IpPermission): string {
  if (IpProtocol === '-1') return 'all';
  const protocol = IpProtocol === '6' ? 'tcp' : IpProtocol;
  return FromPort === ToPort ? `${protocol} ${FromPort}` : `${protocol} ${FromPort ?? 0}-${ToPort ?? 65_535}`;
}

/** Whether every address of the second range lies in the first. IPv4 only: others are in none. */
export function contains(range: string, inner: string): boolean {
  const outerRange = readRange(range);
  const innerRange = readRange(inner);
  if (!outerRange || !innerRange || innerRange.bits < outerRange.bits) return false;
  const size = 2 ** (32 - outerRange.bits);
  return Math.floor(innerRange.first / size) === Math.floor(outerRange.first / size);
}

function readRange(text: string): { first: number; bits: number } | undefined {
  const found = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?:\/(\d{1,2}))?$/.exec(text);
  if (!found) return undefined;
  const [a = 0, b = 0, c = 0, d = 0] = found.slice(1, 5).map(Number);
  const bits = Number(found[5] ?? 32);
  if (Math.max(a, b, c, d) > 255 || bits > 32) return undefined;
  return { first: ((a * 256 + b) * 256 + c) * 256 + d, bits };
}
