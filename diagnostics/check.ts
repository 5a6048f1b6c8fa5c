import type { FactSource, Scope, Settled } from './fact.ts';
import type { Details, Finding, NotChecked, Target } from './report.ts';

// biome-ignore lint/suspicious/noExplicitAny: any value fits; the mapped types below give each its own back
type AnySource = FactSource<any>;
export type Sources = Record<string, AnySource>;

type ValueOf<Source> = Source extends FactSource<infer Value> ? Value : never;

/** Facts as a judge sees them: what it needs is there; what it wants may have failed or not be there yet. */
export type Judged<Needs extends Sources, Wants extends Sources> = {
  [Name in keyof Needs]: ValueOf<Needs[Name]>;
} & {
  [Name in keyof Wants]?: Settled<ValueOf<Wants[Name]>>;
};

export interface JudgeContext {
  target: Target;
  scope: Scope;
}

/** What a check says: findings, what to show beside them, and which checks to ask next. */
export interface Outcome {
  findings: Finding[];
  details?: Partial<Details>;
  /** What to say where nothing is a problem, of a check that does not ask for problems. Reads on after `api in prod: `. */
  answer?: { state: 'healthy' | 'unknown'; headline: string } | undefined;
  /** Id of the check whose answer no longer holds beside this outcome, which knows what that one did not. */
  answersFor?: string | undefined;
  /** What the headline of a problem says before the cause: `api:42 is not live`. */
  lead?: string | undefined;
  /** Ids of checks to run besides those that the causes found ask for. */
  next?: readonly string[];
  /** Parts of a fact that could not be read while the rest of it could: one secret of five. */
  notChecked?: readonly NotChecked[];
}

/**
 * A judgement over facts. `judge` is synchronous and pure. It may be called before everything it `wants` has
 * come (for the first line of an answer) and is called again when it has.
 */
export interface Check<Needs extends Sources = Sources, Wants extends Sources = Sources> {
  id: string;
  /** The question it answers, for "not checked" and the docs. */
  question: string;
  needs: Needs;
  wants: Wants;
  judge(facts: Judged<Needs, Wants>, context: JudgeContext): Outcome;
  /**
   * Its findings tell the reason of what AWS's texts only state: where both come to one cause, the reason is added to
   * what the text says, and its fix is the exact one.
   */
  deepens?: boolean;
}

export function defineCheck<Needs extends Sources, Wants extends Sources = Record<never, never>>(
  check: Omit<Check<Needs, Wants>, 'wants'> & { wants?: Wants },
): Check<Needs, Wants> {
  return { ...check, wants: check.wants ?? ({} as Wants) };
}
