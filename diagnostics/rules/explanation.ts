import type { FixNames, Owner } from '../causes/cause.ts';
import { causeOf } from '../causes/index.ts';
import type { Severity } from '../report.ts';

export interface Explanation {
  /** A cause id of the catalogue, or `unknown` for a text that nobody has seen yet. */
  cause: string;
  status: 'confirmed' | 'likely' | 'open';
  severity: Severity;
  owner: Owner;
  /** Name of the container that ended first, where one did. */
  culprit?: string;
  names: FixNames;
  /** One sentence: which field decided. */
  why: string;
  /** The command or look-up that would decide, while the cause is not confirmed. */
  decide?: string;
  /** Further causes that take part: what this one brought about, or what it could be instead. */
  also?: string[];
}

type Given = Partial<Explanation> & { why: string };

/** An explanation with the catalogue's severity and owner wherever the context does not say otherwise. */
export function answer(cause: string, given: Given): Explanation {
  const known = causeOf(cause);
  return {
    cause,
    status: 'confirmed',
    severity: known?.severity ?? 'warn',
    owner: known?.owner ?? 'operator',
    names: {},
    ...given,
  };
}
