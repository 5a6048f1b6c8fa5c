import { randomUUID } from 'node:crypto';
import type {
  GetQueryResultsRequest,
  GetQueryResultsResponse,
  QueryStatus,
  StartQueryRequest,
  StartQueryResponse,
  StopQueryRequest,
  StopQueryResponse,
} from '@aws-sdk/client-cloudwatch-logs';
import { AwsError } from '../errors.ts';
import { readQuery } from '../insights/query.ts';
import { type Row, recordOf, textOf } from '../insights/record.ts';
import type { Account, LogGroup } from '../world.ts';
import { findGroup, groupResource, invalid, logsArn } from './logs-names.ts';
import { type Operation, overWorld } from './operation.ts';

export const logQueryOperations: Record<string, Operation> = {
  StartQuery: overWorld(startQuery, (input, account) => groupResource(groupsOf(input)[0] ?? {}, account)),
  GetQueryResults: overWorld(getQueryResults, anyGroup),
  StopQuery: overWorld(stopQuery, anyGroup),
};

/** A query that was started. Its answer is known at once; it is given when it has been asked for often enough. */
interface Started {
  rows: Row[];
  matched: number;
  scanned: number;
  bytes: number;
  /** Answers that still say Running. */
  running: number;
  polls: number;
  cancelled: boolean;
}

/** What Logs Insights returns where no limit is told. */
const usualLimit = 10_000;
/** Answers that say Running before one says Complete, where a group does not say how many. */
const usualPolls = 0;

/** By the groups of an account and region, which stay one list where the account's other regions are put together anew. */
const started = new WeakMap<readonly LogGroup[], Map<string, Started>>();

function startQuery(input: StartQueryRequest, account: Account): StartQueryResponse {
  const references = groupsOf(input);
  if (references.length === 0) throw invalid('Provide at least one log group.');
  const groups = references.map((reference) => findGroup(reference, account));
  const { startTime = 0, endTime = 0, queryString = '', limit = usualLimit } = input;
  if (startTime > endTime) throw invalid('End time should not be before start time.');
  const query = readQuery(queryString);
  const plain = groups.find(({ logGroupClass = 'STANDARD' }) => logGroupClass !== 'STANDARD');
  // That the commands are not there is documented, how a query with one is refused is not.
  if (plain && query.clusters)
    throw new AwsError(
      'InvalidParameterException',
      `pattern and diff are not supported for the log class ${plain.logGroupClass} of ${plain.name}.`,
    );
  const [from, to] = [startTime * 1000, endTime * 1000 + 999];
  const rows = eventsOf(groups, account, from, to);
  // `diff` looks at a time range of equal length just before.
  const earlier = query.compares ? eventsOf(groups, account, from - (to - from) - 1, from - 1) : [];
  const result = query.run(rows, earlier);
  const all = [...rows, ...earlier];
  const id = randomUUID();
  const queries = started.get(account.world.logGroups) ?? new Map<string, Started>();
  started.set(account.world.logGroups, queries);
  queries.set(id, {
    rows: result.rows.slice(0, limit),
    matched: result.matched,
    scanned: all.length,
    bytes: all.reduce((sum, row) => sum + Buffer.byteLength(String(row.get('@message'))), 0),
    running: Math.max(...groups.map(({ queryPolls }) => queryPolls ?? usualPolls)),
    polls: 0,
    cancelled: false,
  });
  return { queryId: id };
}

function groupsOf({ logGroupName, logGroupNames, logGroupIdentifiers }: StartQueryRequest) {
  const given = [logGroupName && [logGroupName], logGroupNames, logGroupIdentifiers].filter(
    (list) => list?.length,
  );
  if (given.length > 1)
    throw invalid('Provide exactly one of logGroupName, logGroupNames and logGroupIdentifiers.');
  if ((given[0]?.length ?? 0) > 50) throw invalid('A query takes 50 log groups at most.');
  return (given[0] || []).map((logGroupIdentifier) => ({ logGroupIdentifier }));
}

function eventsOf(groups: readonly LogGroup[], account: Account, from: number, to: number): Row[] {
  return groups
    .flatMap((group) =>
      group.streams.flatMap(({ name, events }) =>
        events
          .filter(({ at }) => at.getTime() >= from && at.getTime() <= to)
          .map((event) => recordOf(event, name, `${account.id}:${group.name}`)),
      ),
    )
    .toSorted(
      (one, other) =>
        Number(other.get('@timestamp')) - Number(one.get('@timestamp')) ||
        (String(one.get('@logStream')) < String(other.get('@logStream')) ? -1 : 1),
    );
}

function getQueryResults({ queryId }: GetQueryResultsRequest, account: Account): GetQueryResultsResponse {
  const query = find(account, queryId);
  query.polls += 1;
  const isDone = query.polls > query.running;
  const share = isDone ? 1 : query.polls / (query.running + 1);
  const part = (whole: number) => Math.floor(whole * share);
  return {
    queryLanguage: 'CWLI',
    status: statusOf(query, isDone),
    results: isDone && !query.cancelled ? query.rows.map(shown) : [],
    statistics: {
      recordsMatched: part(query.matched),
      recordsScanned: part(query.scanned),
      bytesScanned: part(query.bytes),
      estimatedRecordsSkipped: 0,
      estimatedBytesSkipped: 0,
      logGroupsScanned: 1,
    },
  };
}

function statusOf({ cancelled }: Started, isDone: boolean): QueryStatus {
  if (cancelled) return 'Cancelled';
  return isDone ? 'Complete' : 'Running';
}

function shown(row: Row, index: number) {
  const fields = [...row].map(([field, value]) => ({ field, value: textOf(field, value) }));
  return [...fields, { field: '@ptr', value: `pointer-${index}` }];
}

function stopQuery({ queryId }: StopQueryRequest, account: Account): StopQueryResponse {
  const query = find(account, queryId);
  if (query.cancelled || query.polls > query.running)
    throw invalid(`Query ${queryId} is not in running state`);
  query.cancelled = true;
  return { success: true };
}

function find(account: Account, queryId: string | undefined): Started {
  const found = started.get(account.world.logGroups)?.get(queryId ?? '');
  if (!found) throw new AwsError('ResourceNotFoundException', 'The specified query does not exist.');
  return found;
}

function anyGroup(_input: unknown, account: Account): string {
  return logsArn(account, 'log-group::log-stream:');
}
