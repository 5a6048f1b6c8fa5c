import type { FixNames, Owner } from '../causes/cause.ts';
import type { Where } from '../observation.ts';
import type { Severity } from '../report.ts';
import type { Reading } from './normalise.ts';

/** A text of AWS's, recognised on its normalised form (`normalise.ts`). */
export interface Signature {
  cause: string;
  /** Where the text stands; tried everywhere when absent or when the observation does not say. */
  where?: readonly Where[];
  /** Lower case; one of them stands in every text that this signature knows. Looked for before any pattern runs. */
  keys: readonly string[];
  /** What happened. Named groups carry the names of `FixNames`. Every quantifier is bounded, so a long text costs linear time. */
  pattern: RegExp;
  /** What it happened to, where the pattern alone does not say. */
  and?: RegExp;
  /** What must not stand there. */
  not?: RegExp;
  /** Texts that it recognises; one generic test runs them all. */
  examples: readonly [string, ...string[]];
  /** `confirmed` unless the text leaves a choice. */
  status?: 'confirmed' | 'likely' | 'open';
  severity?: Severity;
  owner?: Owner;
  /** Other causes that write the same text, most probable first. */
  rivals?: readonly string[];
  /** The look-up that decides between them. */
  decide?: string;
}

export interface Match {
  signature: Signature;
  /** The words that decided. */
  words: string;
  names: FixNames;
}

/** Keeps each signature's literal types and gives its definition a name to search for. */
export function defineSignature(signature: Signature): Signature {
  return signature;
}

/** Tries one signature; undefined when the text is another. */
export function match(signature: Signature, reading: Reading, where: Where | undefined): Match | undefined {
  if (where !== undefined && signature.where !== undefined && !signature.where.includes(where))
    return undefined;
  if (!holdsOne(reading.lower, signature.keys)) return undefined;
  const found = signature.pattern.exec(reading.text);
  if (found === null) return undefined;
  if (signature.and !== undefined && !signature.and.test(reading.text)) return undefined;
  if (signature.not?.test(reading.text)) return undefined;
  return {
    signature,
    words: clauseAround(reading.text, found.index, found.index + found[0].length),
    names: groupsOf(found),
  };
}

const clauseEnd = /[.:,;](?= |$)/;
/** A quotation is read on a phone. */
const quoteLimit = 140;

/** The clause that the deciding words stand in, so that a quotation never begins or ends within a word. */
function clauseAround(text: string, start: number, end: number): string {
  const before = text.slice(Math.max(0, start - quoteLimit), start);
  const after = text.slice(end, end + quoteLimit);
  const from = before.split(/[.:,;] /).at(-1) ?? '';
  const stop = clauseEnd.exec(after)?.index ?? after.length;
  const clause = `${from}${text.slice(start, end)}${after.slice(0, stop)}`.trim();
  if (clause.length <= quoteLimit) return clause;
  const core = text.slice(text.lastIndexOf(' ', start) + 1, end);
  return core.length > quoteLimit
    ? `${core.slice(0, quoteLimit - 1)}…`
    : core + (/^\w{1,40}/.exec(after)?.[0] ?? '');
}

function holdsOne(text: string, keys: readonly string[]): boolean {
  for (const key of keys) if (text.includes(key)) return true;
  return false;
}

function groupsOf(found: RegExpExecArray): FixNames {
  const names: Record<string, string> = {};
  for (const [name, value] of Object.entries(found.groups ?? {})) if (value) names[name] = value;
  return names;
}
