import type { FixNames } from '../../causes/cause.ts';
import { revise } from '../../causes/fixes.ts';
import { findingOf } from '../../findings.ts';
import type { Evidence, Finding, Fix } from '../../report.ts';
import { answer } from '../../rules/explanation.ts';
import type { NeededSecret } from '../../secret-references/references.ts';
import { byHand, type Known } from './known.ts';

interface Parts {
  cause: string;
  status: 'confirmed' | 'likely' | 'open';
  summary: string;
  names?: FixNames;
  /** The field that shows it; the command stands without `aws` and region. */
  shown?: { api: string; field: string; value: string; command: string; region: string };
  evidence?: Evidence[];
  fix?: Fix;
  /** ARN that valueFrom should hold instead. */
  better?: string;
  open?: string;
}

/** A finding about one secret or parameter that the definition names. */
export function secretFinding(known: Known, needed: NeededSecret, parts: Parts): Finding {
  const { cause, status, summary, names, shown, evidence = [], fix, better, open } = parts;
  const { context, runs } = known;
  const { container } = needed.origin;
  const later = runs === 0 ? '' : ' Tasks that run have read it already; none can start any more.';
  const found = findingOf(
    answer(cause, { status, why: summary, ...(open !== undefined && { decide: open }) }),
    {
      ...known.names,
      ...(shown && { region: shown.region }),
      ...names,
      container,
      name: names?.name ?? needed.name,
    },
    {
      subject: names?.resource?.startsWith('arn:')
        ? names.resource
        : known.revision.definition.taskDefinitionArn,
      summary: `${summary}${status === 'open' ? '' : later}`,
      reasonOf: reasonsOf,
      evidence: shown
        ? [
            {
              api: shown.api,
              field: shown.field,
              value: shown.value,
              at: context.scope.now.toISOString(),
              cli: byHand(context.target, shown.command, shown.region),
            },
            ...evidence,
          ]
        : evidence,
      ...(fix && { fix }),
    },
  );
  if (better === undefined || !found.fix) return found;
  return { ...found, fix: betterReference(known, found.fix, needed, better) };
}

/** What a fault before the first container leaves to be seen where nothing names it. */
export const reasonsOf = ['init-failed-unclear', 'init-stuck', 'no-task-started'];

function betterReference(known: Known, fix: Fix, { name, origin }: NeededSecret, arn: string): Fix {
  const suffix = origin.text.split(':').slice(7).join(':');
  const valueFrom = origin.text.startsWith('arn:') && suffix !== '' ? `${arn}:${suffix}` : arn;
  const { containerDefinitions = [] } = known.revision.definition;
  const container = containerDefinitions.find((one) => one.name === origin.container);
  const index = container?.secrets?.findIndex((one) => one.name === name) ?? -1;
  const { container: _, ...names } = known.names;
  const { console: _elsewhere, ...rest } = fix;
  return {
    ...rest,
    summary: `Give ${name} of ${origin.container} the ARN of the secret that exists: ${valueFrom}`,
    terraform: `valueFrom = "${valueFrom}"`,
    ...(index >= 0 && {
      cli: revise(
        names,
        `(.containerDefinitions[] | select(.name == "${origin.container}")).secrets[${index}].valueFrom = "${valueFrom}"`,
      ),
    }),
  };
}
