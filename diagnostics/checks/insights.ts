import type { Outcome } from '../check.ts';
import { defineCheck } from '../check.ts';
import { insightsAnswer } from '../facts/insights/insights-answer.ts';
import { insightsPlan } from '../facts/insights/insights-plan.ts';
import { service } from '../facts/service.ts';
import { bytesWords, costWords } from '../insights/cost.ts';
import { insightsOf } from '../insights/describe.ts';
import { queryNamed } from '../insights/library.ts';
import type { Window } from '../insights/window.ts';
import { revisionOf } from '../words.ts';

/** Shows what a query of Logs Insights found; judges nothing. */
export const insights = defineCheck({
  id: 'insights',
  question: 'what the log holds, by a query of Logs Insights',
  needs: { insightsPlan, insightsAnswer },
  wants: { service },
  judge({ insightsPlan: plan, insightsAnswer: answer, service: described }, { target, scope }): Outcome {
    const { notChecked } = plan;
    if (plan.kind === 'none')
      return { findings: [], notChecked, answer: { state: 'unknown', headline: plan.text } };
    const { frame, place, notes } = plan;
    const said = (headline: string): Outcome => ({
      findings: [],
      notChecked,
      details: { notes },
      answer: { state: 'unknown', headline },
    });
    const groups = place.groups.join(', ');
    if (answer.kind === 'no-group')
      return said(
        `the log group ${groups} does not exist in ${place.region ?? target.region}, so nothing is known of what was written`,
      );
    if (answer.kind === 'busy')
      return said(
        'Logs Insights runs as many queries in this account as it allows, and took no further one; ask again in a minute, or end one that is not needed: aws logs describe-queries --status Running, aws logs stop-query --query-id ID',
      );
    if (answer.kind === 'none') return said('there was no query to run');
    const query = queryNamed(scope.query);
    const { state, rows, queryId, counts, why } = answer;
    const deployment = beganIn(frame.window, described?.ok ? described.value?.deployments : undefined);
    const reading = query.read(rows, { ...frame, matched: counts.matched, deployment });
    const details = {
      insights: insightsOf({ target, scope }, plan, {
        state,
        queryId,
        counts,
        rows: rows.length === 0 ? [] : reading.rows,
      }),
      charts: rows.length === 0 ? [] : (reading.charts ?? []),
      notes,
    };
    const all = [...notChecked, ...answer.notChecked];
    const span = `${frame.window.from.toISOString()} to ${frame.window.to.toISOString()}`;
    const outcome = (found: 'healthy' | 'unknown', headline: string): Outcome => ({
      findings: [],
      notChecked: all,
      details,
      answer: { state: found, headline },
    });
    const soFar = `${bytesWords(counts.bytes)} were scanned${details.insights.dollars === undefined ? '' : ` (${costWords(details.insights.dollars)})`}`;
    const isStopped = answer.notChecked.length === 0;
    if (state === 'cancelled')
      return outcome('unknown', `the query ${cancelledWords(isStopped, why)}; ${soFar}`);
    if (state === 'failed') return outcome('unknown', `Logs Insights gave the query up; ${soFar}`);
    if (state === 'late')
      return outcome(
        'unknown',
        `the query did not end in time and ${isStopped ? 'was stopped' : 'may go on'}; ${soFar}. A shorter window takes less`,
      );
    if (counts.scanned === 0) return outcome('unknown', `${groups} holds no line of ${span}`);
    if (rows.length === 0)
      return outcome('healthy', `nothing matched in ${span}: no ${query.looksFor} in ${groups}`);
    return outcome('healthy', reading.headline);
  },
});

function cancelledWords(isStopped: boolean, why: string | undefined): string {
  if (why === undefined) return isStopped ? 'was cancelled' : 'was to be cancelled and may go on';
  return isStopped ? `was stopped, since ${why}` : `was to be stopped, since ${why}, and may go on`;
}

/** The newest deployment that began within the window. */
function beganIn(
  { from, to }: Window,
  deployments: readonly { createdAt?: Date | undefined; taskDefinition?: string | undefined }[] = [],
): { revision: string; at: Date } | undefined {
  const [newest] = deployments
    .flatMap(({ createdAt, taskDefinition }) =>
      createdAt && createdAt >= from && createdAt <= to
        ? [{ at: createdAt, revision: revisionOf(taskDefinition) }]
        : [],
    )
    .sort((a, b) => b.at.getTime() - a.at.getTime());
  return newest;
}
