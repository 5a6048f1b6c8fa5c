import { isIPv4, isIPv6 } from 'node:net';

export type Family = 4 | 6;

/** All addresses from the first to the last, both among them. */
export interface Span {
  family: Family;
  first: bigint;
  last: bigint;
}

/** The addresses of a CIDR block or of one address; undefined where it is neither. Host bits are ignored, as AWS does. */
export function spanOf(cidr: string): Span | undefined {
  const [, address = '', length] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(cidr.trim()) ?? [];
  const value = numberOf(address);
  if (value === undefined) return undefined;
  const family = isIPv4(address) ? 4 : 6;
  const width = family === 4 ? 32 : 128;
  const bits = Number(length ?? width);
  if (bits > width) return undefined;
  const size = 1n << BigInt(width - bits);
  const first = (value / size) * size;
  return { family, first, last: first + size - 1n };
}

export function spansOf(cidrs: readonly (string | undefined)[]): Span[] {
  return cidrs.flatMap((cidr) => (cidr === undefined ? [] : (spanOf(cidr) ?? [])));
}

function numberOf(address: string): bigint | undefined {
  if (isIPv4(address)) return address.split('.').reduce((sum, part) => sum * 256n + BigInt(part), 0n);
  if (!isIPv6(address) || address.includes('%')) return undefined;
  const [head = '', tail] = inGroups(address).split('::');
  const [before, after] = [groupsOf(head), groupsOf(tail ?? '')];
  const gap = tail === undefined ? [] : Array<string>(8 - before.length - after.length).fill('0');
  return [...before, ...gap, ...after].reduce((sum, group) => sum * 65_536n + BigInt(`0x${group}`), 0n);
}

/** `::ffff:10.0.0.1` writes its last two groups as an IPv4 address. */
function inGroups(address: string): string {
  return address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, a, b, c, d) => {
    const pair = (high: string, low: string) => (Number(high) * 256 + Number(low)).toString(16);
    return `${pair(a, b)}:${pair(c, d)}`;
  });
}

function groupsOf(text: string): string[] {
  return text === '' ? [] : text.split(':');
}

/** The fewest CIDR blocks that hold these addresses and no other. */
export function blocksOf(spans: readonly Span[]): string[] {
  return spans.flatMap(({ family, first, last }) => {
    const width = family === 4 ? 32 : 128;
    const blocks: string[] = [];
    for (let at = first; at <= last; ) {
      let bits = 0;
      while (
        bits < width &&
        at % (1n << BigInt(bits + 1)) === 0n &&
        at + (1n << BigInt(bits + 1)) - 1n <= last
      )
        bits += 1;
      blocks.push(`${inWords(at, family)}/${width - bits}`);
      at += 1n << BigInt(bits);
    }
    return blocks;
  });
}

function inWords(value: bigint, family: Family): string {
  const [size, parts] = family === 4 ? ([8n, 4] as const) : ([16n, 8] as const);
  const numbers = Array.from({ length: parts }, (_, index) =>
    Number((value >> (BigInt(parts - 1 - index) * size)) & ((1n << size) - 1n)),
  );
  if (family === 4) return numbers.join('.');
  const [{ hostname }] = [new URL(`http://[${numbers.map((one) => one.toString(16)).join(':')}]`)];
  return hostname.slice(1, -1);
}

/** How long the prefix of a CIDR block is; an address alone has its whole length. */
export function lengthOf(cidr: string): number {
  const [address = '', length] = cidr.split('/');
  return Number(length ?? (isIPv4(address) ? 32 : 128));
}

/** The addresses that are in both. */
export function common(spans: readonly Span[], other: Span): Span[] {
  return spans
    .filter(
      ({ family, first, last }) => family === other.family && first <= other.last && other.first <= last,
    )
    .map(({ family, first, last }) => ({
      family,
      first: first > other.first ? first : other.first,
      last: last < other.last ? last : other.last,
    }));
}

/** The addresses that are left when those of another span are taken away. */
export function without(spans: readonly Span[], taken: Span): Span[] {
  return spans.flatMap((span) => {
    const { family, first, last } = span;
    if (family !== taken.family || last < taken.first || taken.last < first) return [span];
    return [
      ...(first < taken.first ? [{ family, first, last: taken.first - 1n }] : []),
      ...(taken.last < last ? [{ family, first: taken.last + 1n, last }] : []),
    ];
  });
}

/** How many addresses there are. */
export function sizeOf(spans: readonly Span[]): bigint {
  return spans.reduce((sum, { first, last }) => sum + last - first + 1n, 0n);
}

/** Whether some, all or none of the addresses are among the others. */
export function covered(spans: readonly Span[], by: readonly Span[]): 'all' | 'some' | 'none' {
  if (by.every((one) => common(spans, one).length === 0)) return 'none';
  const left = by.reduce<Span[]>((rest, one) => without(rest, one), [...spans]);
  return left.length === 0 ? 'all' : 'some';
}

/**
 * Addresses that a host on the internet can have: all of IPv4 without private, shared, link-local, loopback,
 * multicast and reserved ones (RFC 6890), and of IPv6 what is routed, 2000::/3.
 */
export function publicAddresses(family: Family): Span[] {
  if (family === 6) return spansOf(['2000::/3']);
  return spansOf([
    '0.0.0.0/8',
    '10.0.0.0/8',
    '100.64.0.0/10',
    '127.0.0.0/8',
    '169.254.0.0/16',
    '172.16.0.0/12',
    '192.168.0.0/16',
    '198.18.0.0/15',
    '224.0.0.0/3',
  ]).reduce<Span[]>((rest, one) => without(rest, one), spansOf(['0.0.0.0/0']));
}
