import { setTimeout as pause } from 'node:timers/promises';
import type { GetQueryResultsResponse, QueryStatus } from '@aws-sdk/client-cloudwatch-logs';
import { failureOf } from '#src/aws/failure.ts';
import { defineFact, type FactContext, FactFailure } from '../../fact.ts';
import { insightsOf } from '../../insights/describe.ts';
import { queryNamed } from '../../insights/library.ts';
import { limitOf, type ResultRow } from '../../insights/query.ts';
import { redactRows } from '../../insights/redact-rows.ts';
import type { NotChecked } from '../../report.ts';
import { type InsightsPlan, insightsPlan } from './insights-plan.ts';

/** What became of a query. */
export type InsightsAnswer =
  | {
      kind: 'ran';
      state: 'complete' | 'late' | 'cancelled' | 'failed';
      /** Why it was cancelled, where that is known: reads on after "since". */
      why?: string;
      /** Redacted. */
      rows: ResultRow[];
      queryId: string;
      counts: QueryCounts;
      notChecked: NotChecked[];
    }
  /** There was no query to be run; the plan says why. */
  | { kind: 'none' }
  | { kind: 'no-group' }
  /** Too many queries run in the account. */
  | { kind: 'busy' };

export interface QueryCounts {
  matched: number;
  scanned: number;
  bytes: number;
}

/** Milliseconds before each look; the last holds for all that follow. */
const pauses = [500, 500, 750, 1000, 1500, 2000];
/** Looks in a row that may fail: one that does says nothing of the query. */
const failuresAtMost = 3;

/**
 * Runs the query and looks until it has ended. Whatever ends the looking before that, the deadline, somebody who
 * cancels or a refusal, stops the query too: it would go on, and be billed, for nobody.
 */
export const insightsAnswer = defineFact<InsightsAnswer>({
  id: 'insights-answer',
  what: 'the answer of Logs Insights',
  actions: ['logs:StartQuery', 'logs:GetQueryResults', 'logs:StopQuery'],
  async load(context) {
    const plan = await context.read(insightsPlan);
    if (plan.kind === 'none') return { kind: 'none' };
    const queryId = await begin(context, plan);
    if (typeof queryId !== 'string') return queryId;
    return watch(context, plan, queryId);
  },
});

type Query = Extract<InsightsPlan, { kind: 'query' }>;

async function begin(
  { beginning, scope }: FactContext,
  { place, text, frame }: Query,
): Promise<string | Extract<InsightsAnswer, { kind: 'no-group' | 'busy' }>> {
  const { from, to } = frame.window;
  try {
    const { queryId = '' } = await beginning(place.region).logs.startQuery({
      logGroupIdentifiers: place.groups,
      startTime: Math.floor(from.getTime() / 1000),
      endTime: Math.ceil(to.getTime() / 1000),
      queryString: text,
      limit: limitOf(queryNamed(scope.query), frame),
    });
    return queryId;
  } catch (error) {
    const name = error instanceof Error ? error.name : '';
    if (name === 'ResourceNotFoundException') return { kind: 'no-group' };
    if (name === 'LimitExceededException') return { kind: 'busy' };
    throw error;
  }
}

async function watch(context: FactContext, plan: Query, queryId: string): Promise<InsightsAnswer> {
  const { signal, awsIn, tell } = context;
  let last: GetQueryResultsResponse = {};
  try {
    for (let looks = 0, failures = 0; ; looks += 1) {
      await pause(pauses[looks] ?? pauses.at(-1), undefined, { signal });
      try {
        last = await awsIn(plan.place.region).logs.getQueryResults({ queryId });
        failures = 0;
      } catch (error) {
        failures += 1;
        if (signal.aborted || !passes(error) || failures > failuresAtMost) throw error;
        continue;
      }
      const state = stateOf(last.status);
      if (state !== undefined) return ran(state, last, queryId, []);
      tell({ insights: insightsOf(context, plan, { state: 'running', queryId, counts: countsOf(last) }) });
    }
  } catch (error) {
    const notStopped = await stop(context, plan, queryId);
    if (!signal.aborted) throw asFailure(error);
    const isLate = signal.reason instanceof DOMException && signal.reason.name === 'TimeoutError';
    const answer = await ran(isLate ? 'late' : 'cancelled', last, queryId, notStopped);
    return typeof signal.reason === 'string' ? { ...answer, why: signal.reason } : answer;
  }
}

/** Undefined while it goes on. */
function stateOf(status: QueryStatus | undefined): 'complete' | 'cancelled' | 'failed' | undefined {
  if (status === 'Complete') return 'complete';
  if (status === 'Cancelled') return 'cancelled';
  return status === 'Failed' || status === 'Timeout' ? 'failed' : undefined;
}

type Ran = Extract<InsightsAnswer, { kind: 'ran' }>;

async function ran(
  state: Ran['state'],
  last: GetQueryResultsResponse,
  queryId: string,
  notChecked: NotChecked[],
): Promise<Ran> {
  const rows = await redactRows(last.results ?? []);
  return { kind: 'ran', state, rows, queryId, counts: countsOf(last), notChecked };
}

function countsOf({ statistics }: GetQueryResultsResponse): QueryCounts {
  const { recordsMatched = 0, recordsScanned = 0, bytesScanned = 0 } = statistics ?? {};
  return { matched: recordsMatched, scanned: recordsScanned, bytes: bytesScanned };
}

/** Never throws: what matters more has been thrown already. */
async function stop({ ending }: FactContext, { place }: Query, queryId: string): Promise<NotChecked[]> {
  try {
    await ending(place.region).logs.stopQuery({ queryId });
    return [];
  } catch (error) {
    const { reason, action, message, name } = failureOf(error);
    // It had ended by itself.
    if (name === 'InvalidParameterException' || reason === 'NotFound') return [];
    return [
      {
        check: 'whether the query was stopped',
        missing: action,
        reason,
        ...(action === undefined && { detail: message }),
      },
    ];
  }
}

function passes(error: unknown): boolean {
  return ['Throttled', 'Timeout', 'Unreachable'].includes(failureOf(error).reason);
}

/** A query that CloudWatch no longer knows does not mean that the service is not there. */
function asFailure(error: unknown): unknown {
  const { reason, message } = failureOf(error);
  return reason === 'NotFound' ? new FactFailure(message, 'Failed') : error;
}
