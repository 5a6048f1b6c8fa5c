import { causeOf } from './causes/index.ts';
import { explain } from './explain.ts';
import { findingOf } from './findings.ts';
import type { Observation } from './observation.ts';
import { redact } from './redact.ts';
import type { Report } from './report.ts';
import { cut } from './words.ts';

/** Characters of a text that are given back to who has it. */
const shown = 2_000;

/** The meaning of a text, as a report of which AWS was asked nothing. */
export async function explainReport(observation: Observation, now: Date): Promise<Report> {
  // Names for the fix are taken out of the text, so the text is redacted before it is read.
  const value = await redact(observation.text);
  const explanations = explain({ ...observation, text: value });
  const findings = explanations
    .filter(({ cause }) => causeOf(cause) !== undefined)
    .map((explanation) =>
      findingOf(
        explanation,
        {},
        {
          summary: causeOf(explanation.cause)?.meaning ?? explanation.why,
          evidence: [{ api: 'explain', field: observation.where ?? 'text', value: cut(value, shown) }],
          next: [],
        },
      ),
    );
  const [best] = findings;
  const title = best ? causeOf(best.cause)?.title : undefined;
  return {
    schema: 1,
    command: 'explain',
    asOf: now.toISOString(),
    target: { environment: '', account: '', region: '' },
    verdict: {
      state: best === undefined ? 'unknown' : best.severity === 'info' ? 'healthy' : 'problem',
      cause: best?.cause ?? null,
      status: best?.status === 'confirmed' || best?.status === 'likely' ? best.status : 'open',
      headline: title === undefined ? 'This text is not known here' : title,
      chain: best ? [best.cause] : [],
    },
    findings,
    notChecked: [],
    aws: { calls: 0, waves: 0, ms: 0 },
    details: best ? {} : { notes: [`The text as it was given: ${cut(value, shown)}`] },
  };
}
