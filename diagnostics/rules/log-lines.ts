import type { FixNames } from '../causes/cause.ts';
import { clip, withoutColours } from '../signatures/normalise.ts';
import { answer, type Explanation } from './explanation.ts';
import { type Clue, clues } from './log-clues.ts';

function held(line: string, keys: readonly string[]): boolean {
  for (const key of keys) if (line.includes(key)) return true;
  return false;
}

interface Found {
  clue: Clue;
  line: string;
  names: FixNames;
}

function clueIn(line: string): Found | undefined {
  const lower = line.toLowerCase();
  for (const clue of clues) {
    if (!held(lower, clue.keys)) continue;
    const found = clue.pattern.exec(line);
    if (found === null || clue.not?.test(line)) continue;
    return { clue, line, names: namesOf(found, line) };
  }
  return undefined;
}

const hostAndPort =
  /\b(?<host>(?:\d{1,3}\.){3}\d{1,3}|[a-z][\w-]{0,62}(?:\.[\w-]{1,63}){1,8}|localhost):(?<port>\d{2,5})\b/i;
const lookedUp =
  /(?:enotfound|eai_again|lookup|host name|unknownhostexception:?) "?(?<host>[\w-]{1,63}(?:\.[\w-]{1,63}){0,8})/i;

function namesOf(found: RegExpExecArray, line: string): FixNames {
  const { name, action } = found.groups ?? {};
  const names: FixNames = {};
  if (name) names.name = name;
  if (action) names.action = action;
  const address = hostAndPort.exec(line)?.groups ?? lookedUp.exec(line)?.groups;
  if (address?.host) names.host = address.host;
  if (address?.port) names.port = address.port;
  return names;
}

/** How far back a crash reaches: a stack trace with its causes fits, the happy start of the process does not. */
const reach = 80;
const lineLimit = 1_500;
/** A failure that the program lived through is not what it died of, unless nothing comes after it. */
const retried = /\bretry(?:ing)?\b|will try again|reconnecting|attempt \d/i;

/**
 * What the last lines of a container say about its end, oldest line first; undefined when they say nothing.
 * The last line that names a cause wins; one that only shows a failure counts when no other does.
 */
export function cluesInLog(lines: readonly string[]): Explanation | undefined {
  let weak: Found | undefined;
  for (let at = lines.length - 1; at >= Math.max(0, lines.length - reach); at -= 1) {
    const found = clueIn(tidy(lines[at] ?? ''));
    if (found === undefined) continue;
    if (!found.clue.weak && !retried.test(found.line)) return told(found);
    weak ??= found;
  }
  return weak === undefined ? undefined : told(weak);
}

function tidy(line: string): string {
  const plain = withoutColours(line);
  return (plain.length > lineLimit ? clip(plain).slice(0, lineLimit) : plain).trim();
}

function told(found: Found): Explanation {
  const { clue, line, names } = found;
  const given = {
    status: 'likely' as const,
    names,
    why: `The log says "${line.length > 160 ? `${line.slice(0, 157)}…` : line}".`,
  };
  return answer(clue.cause, clue.owner === undefined ? given : { ...given, owner: clue.owner });
}
