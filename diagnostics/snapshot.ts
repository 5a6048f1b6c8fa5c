import { z } from 'zod';
import type { FailureReason, Scope } from './fact.ts';
import { redactDeep } from './redact.ts';
import { type Target, targetSchema } from './report.ts';

/** A fact as a saved run holds it: what was read, or why it could not be. */
type SavedFact =
  | { value: unknown }
  | { failure: { message: string; reason: FailureReason; missing?: string | undefined } };

export type SavedFacts = ReadonlyMap<string, SavedFact>;

/** Everything that a verdict was made of, so that it can be made again without AWS. */
export interface SavedRun {
  target: Target;
  scope: Scope;
  facts: SavedFacts;
}

/** The memo's key of a fact. */
export function factKey(id: string, key: unknown): string {
  return key === undefined ? id : `${id} ${JSON.stringify(key)}`;
}

const savedRunSchema = z.object({
  savedRun: z.literal(1),
  target: targetSchema,
  scope: z.looseObject({ now: z.date(), since: z.date().optional() }),
  facts: z.array(z.tuple([z.string(), z.record(z.string(), z.unknown())])),
});

/** The run as JSON. Facts are redacted when they are read; this looks once more at every text in the file. */
export async function saveRun(run: SavedRun): Promise<string> {
  const { target, scope, facts } = run;
  const redacted = await redactDeep([...facts]);
  return `${JSON.stringify(tagDates({ savedRun: 1, target, scope, facts: redacted }), null, 1)}\n`;
}

/** @throws Error with one sentence when the text is not a saved run. */
export function loadRun(text: string): SavedRun {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text, reviveDate);
  } catch {
    throw new Error('The file of saved facts is not JSON. Expected is a file written by --save-facts.');
  }
  const run = savedRunSchema.safeParse(parsed);
  if (!run.success) {
    throw new Error(
      'The file holds no saved facts of a version that is known. Expected is a file written by --save-facts.',
    );
  }
  const { target, scope, facts } = run.data;
  return { target, scope: scope as Scope, facts: new Map(facts as unknown as [string, SavedFact][]) };
}

// JSON has no dates, and AWS's answers are full of them; a tag keeps them apart from texts that look like one.
function tagDates(value: unknown): unknown {
  if (value instanceof Date) return { $date: value.toISOString() };
  if (Array.isArray(value)) return value.map(tagDates);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, tagDates(inner)]));
}

function reviveDate(_name: string, value: unknown): unknown {
  if (typeof value === 'object' && value !== null && '$date' in value) return new Date(String(value.$date));
  return value;
}
