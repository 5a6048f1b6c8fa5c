import { failureOf } from '#src/aws/failure.ts';
import { type CallLookup, callLookups } from '../../changes/call-lookups.ts';
import { type ChangeCall, recordOf } from '../../changes/call-record.ts';
import { defineFact, type FactContext } from '../../fact.ts';
import type { NotChecked } from '../../report.ts';
import { changeBase } from './change-base.ts';
import { changedThings } from './changed-things.ts';

export interface ChangeCalls {
  /** Oldest first. */
  calls: ChangeCall[];
  /** What was not looked up, or not to its end. */
  notChecked: NotChecked[];
}

const pageSize = 50;
/** Pages of one look-up; of a thing that is edited more often the newest edits are told. */
const pagesAtMost = 3;
/** CloudTrail's event history holds 90 days. */
const remembered = 90 * 86_400_000;
/** The history answers slowly and seldom: what is known by then is told, with what is missing. Milliseconds. */
const patience = 12_000;

/**
 * Who changed the service and what it hangs on in the time that is compared. Asked on request only: the history
 * answers two calls a second for a whole account and region, so that regions are asked side by side, and each of them
 * one call after the other.
 */
export const changeCalls = defineFact<ChangeCalls | undefined>({
  id: 'change-calls',
  what: 'who changed it',
  actions: ['cloudtrail:LookupEvents'],
  async load(context) {
    const { read, settle, scope, target } = context;
    if (scope.who !== true) return undefined;
    const [base, things] = await Promise.all([read(changeBase), settle(changedThings)]);
    const lookups = callLookups({ base, values: things.ok ? things.value.values : [], target });
    const { from, to } = base.compared;
    const span = {
      StartTime: new Date(Math.max(from.getTime(), scope.now.getTime() - remembered)),
      EndTime: to,
    };
    const until = performance.now() + patience;
    const regions = [...Map.groupBy(lookups, ({ region }) => region)];
    const asked = await Promise.all(
      regions.map(([region, own]) =>
        inRegion(context, region, own, { span, until, isHome: region === target.region }),
      ),
    );
    const calls = new Map(asked.flatMap(({ found }) => found));
    return {
      calls: [...calls.values()].sort((a, b) => a.at.getTime() - b.at.getTime()),
      notChecked: asked.flatMap(({ notChecked }) => notChecked),
    };
  },
});

interface Asking {
  span: { StartTime: Date; EndTime: Date };
  /** As of `performance.now()`. */
  until: number;
  isHome: boolean;
}

interface Answered {
  found: [id: string, call: ChangeCall][];
  notChecked: NotChecked[];
}

/** One look-up after the other; once one has failed, or time is up, the rest are told as not looked up. */
async function inRegion(
  { awsIn }: FactContext,
  region: string,
  lookups: readonly CallLookup[],
  { span, until, isHome }: Asking,
): Promise<Answered> {
  const { trail } = awsIn(region);
  const answered: Answered = { found: [], notChecked: [] };
  let refused: Omit<NotChecked, 'check'> | undefined;
  for (const [index, lookup] of lookups.entries()) {
    if (!refused && performance.now() > until)
      refused = { reason: 'Timeout', detail: 'the event history answers slowly, and its time was up' };
    if (refused) {
      answered.notChecked.push({ check: lookup.what, ...refused });
      continue;
    }
    try {
      let NextToken: string | undefined;
      for (let page = 0; page < pagesAtMost; page += 1) {
        const answer = await trail.lookupEvents({
          LookupAttributes: [lookup.attribute],
          ...span,
          MaxResults: pageSize,
          ...(NextToken !== undefined && { NextToken }),
        });
        answered.found.push(...(answer.Events ?? []).flatMap((event) => callOf(lookup, recordOf(event))));
        NextToken = answer.NextToken;
        if (!NextToken || performance.now() > until) break;
      }
      if (NextToken)
        answered.notChecked.push({
          check: `${lookup.what} before that`,
          reason: 'Failed',
          detail: 'only the newest calls were read',
        });
    } catch (error) {
      // Where not even the service's own region answers, nothing is known of who changed anything.
      if (isHome && index === 0) throw error;
      const { reason, action, message } = failureOf(error);
      refused = { reason, ...(action === undefined ? { detail: message } : { missing: action }) };
      answered.notChecked.push({ check: lookup.what, ...refused });
    }
  }
  return answered;
}

function callOf(lookup: CallLookup, record: ReturnType<typeof recordOf>): [string, ChangeCall][] {
  const thing = record && lookup.thingOf(record);
  if (!record || thing === undefined) return [];
  const { id, parameters: _, ...call } = record;
  return [[id, { ...call, thing }]];
}
