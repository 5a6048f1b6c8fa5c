import { BlockList, isIP } from 'node:net';
import {
  any,
  literally,
  lowerCase,
  matches,
  matchesArn,
  matchesPrefix,
  one,
  type Pattern,
} from './pattern.ts';
import { type Tri, triOf } from './tri.ts';

/** A condition operator without its set prefix and `IfExists`. */
export interface Operator {
  /** Holds where none of the values match, and where the key is absent. */
  negated: boolean;
  /** Whether one value of the request is what one value of the policy asks for. */
  compare(wanted: Pattern, value: string): Tri;
  /** As `compare`, for a value of which only the beginning is known. */
  comparePrefix?(wanted: Pattern, prefix: string): Tri;
}

const equal = {
  compare: (wanted: Pattern, value: string) => triOf(textOf(wanted) === value),
  comparePrefix: (wanted: Pattern, prefix: string) => matchesPrefix(literally(textOf(wanted)), prefix),
};
const equalIgnoringCase = {
  compare: (wanted: Pattern, value: string) => triOf(textOf(wanted).toLowerCase() === value.toLowerCase()),
  comparePrefix: (wanted: Pattern, prefix: string) =>
    matchesPrefix(lowerCase(literally(textOf(wanted))), prefix.toLowerCase()),
};
const like = {
  compare: (wanted: Pattern, value: string) => triOf(matches(wanted, value)),
  comparePrefix: (wanted: Pattern, prefix: string) => matchesPrefix(wanted, prefix),
};
// ArnEquals and ArnLike behave alike, wildcards and all.
const arn = {
  compare: (wanted: Pattern, value: string) => matchesArn(wanted, value),
  comparePrefix: (wanted: Pattern, prefix: string) => matchesArn(wanted, prefix, true),
};
const ip = { compare: inNetwork };
const binary = { compare: equal.compare };
const bool = {
  compare: (wanted: Pattern, value: string) => {
    const both = [textOf(wanted).toLowerCase(), value.toLowerCase()];
    return both.every((text) => text === 'true' || text === 'false') ? triOf(both[0] === both[1]) : 'open';
  },
};

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
export const operators: Readonly<Record<string, Operator>> = {
  StringEquals: { negated: false, ...equal },
  StringNotEquals: { negated: true, ...equal },
  StringEqualsIgnoreCase: { negated: false, ...equalIgnoringCase },
  StringNotEqualsIgnoreCase: { negated: true, ...equalIgnoringCase },
  StringLike: { negated: false, ...like },
  StringNotLike: { negated: true, ...like },
  ArnEquals: { negated: false, ...arn },
  ArnLike: { negated: false, ...arn },
  ArnNotEquals: { negated: true, ...arn },
  ArnNotLike: { negated: true, ...arn },
  NumericEquals: ordered(numberOf, (value, wanted) => value === wanted),
  NumericNotEquals: { ...ordered(numberOf, (value, wanted) => value === wanted), negated: true },
  NumericLessThan: ordered(numberOf, (value, wanted) => value < wanted),
  NumericLessThanEquals: ordered(numberOf, (value, wanted) => value <= wanted),
  NumericGreaterThan: ordered(numberOf, (value, wanted) => value > wanted),
  NumericGreaterThanEquals: ordered(numberOf, (value, wanted) => value >= wanted),
  DateEquals: ordered(timeOf, (value, wanted) => value === wanted),
  DateNotEquals: { ...ordered(timeOf, (value, wanted) => value === wanted), negated: true },
  DateLessThan: ordered(timeOf, (value, wanted) => value < wanted),
  DateLessThanEquals: ordered(timeOf, (value, wanted) => value <= wanted),
  DateGreaterThan: ordered(timeOf, (value, wanted) => value > wanted),
  DateGreaterThanEquals: ordered(timeOf, (value, wanted) => value >= wanted),
  Bool: { negated: false, ...bool },
  BinaryEquals: { negated: false, ...binary },
  IpAddress: { negated: false, ...ip },
  NotIpAddress: { negated: true, ...ip },
};

function ordered(
  read: (text: string) => number | undefined,
  holds: (value: number, wanted: number) => boolean,
): Operator {
  return {
    negated: false,
    compare(wanted, value) {
      const [left, right] = [read(value), read(textOf(wanted))];
      return left === undefined || right === undefined ? 'open' : triOf(holds(left, right));
    },
  };
}

/** The text as it was written, with its wildcards meant literally. */
function textOf(pattern: Pattern): string {
  return pattern.map((token) => (token === any ? '*' : token === one ? '?' : token)).join('');
}

function numberOf(text: string): number | undefined {
  return /^[+-]?(?:\d+\.?\d*|\.\d+)$/.test(text.trim()) ? Number(text) : undefined;
}

/** Milliseconds; AWS takes ISO 8601 and seconds since 1970. */
function timeOf(text: string): number | undefined {
  const seconds = numberOf(text);
  if (seconds !== undefined) return seconds * 1000;
  const time = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}

function inNetwork(wanted: Pattern, address: string): Tri {
  const [network = '', length] = textOf(wanted).split('/');
  const family = isIP(network);
  const own = isIP(address);
  const full = family === 6 ? 128 : 32;
  const prefix = length === undefined ? full : numberOf(length);
  if (family === 0 || own === 0 || prefix === undefined || prefix < 0 || prefix > full) return 'open';
  if (family !== own) return 'no';
  const type = family === 6 ? 'ipv6' : 'ipv4';
  const list = new BlockList();
  list.addSubnet(network, prefix, type);
  return triOf(list.check(address, type));
}
