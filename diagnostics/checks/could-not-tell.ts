import type { Outcome } from '../check.ts';
import type { FactFailure, Settled } from '../fact.ts';

/** The first of these facts that could not be read. */
export function failureOf(facts: readonly (Settled<unknown> | undefined)[]): FactFailure | undefined {
  return facts.flatMap((settled) => (settled && !settled.ok ? [settled.failure] : []))[0];
}

/** The answer of a check whose facts did not come: what is missing for it, where that is a right. */
export function couldNotTell(what: string, { missing }: FactFailure): NonNullable<Outcome['answer']> {
  const why = missing === undefined ? '' : `, not allowed to call ${missing}`;
  return { state: 'unknown', headline: `could not tell ${what}${why}` };
}
