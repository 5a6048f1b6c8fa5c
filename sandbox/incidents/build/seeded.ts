import { createHash } from 'node:crypto';

/**
 * Values that look random and are the same on every run: each is derived from a seed that says what it is for,
 * so that a test or a screenshot of yesterday names the same task today.
 */

/** Lower-case hex digits, 64 at most. Task ids have 32 of them. */
export function hex(seed: string, length: number): string {
  return createHash('sha256').update(seed).digest('hex').slice(0, length);
}

/** Decimal digits, 28 at most. A deployment's id has 19 of them, and may begin with zeros. */
export function digits(seed: string, length: number): string {
  return BigInt(`0x${hex(seed, 32)}`)
    .toString()
    .padStart(39, '0')
    .slice(-length);
}

export function uuid(seed: string): string {
  const [a, b, c, d, e] = [
    hex(seed, 8),
    hex(`${seed} b`, 4),
    hex(`${seed} c`, 3),
    hex(`${seed} d`, 3),
    hex(`${seed} e`, 12),
  ];
  return `${a}-${b}-4${c}-a${d}-${e}`;
}

/** The form of a service deployment's id: 21 characters, as in NCWGC2ZR-taawPAYrIaU5. */
export function shortId(seed: string): string {
  return createHash('sha256').update(seed).digest('base64url').slice(0, 21);
}

/** A whole number from `low` up to and including `high`. */
export function between(seed: string, low: number, high: number): number {
  return low + (Number.parseInt(hex(seed, 8), 16) % (high - low + 1));
}
