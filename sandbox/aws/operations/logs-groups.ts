import type {
  DescribeLogGroupsRequest,
  DescribeLogGroupsResponse,
  DescribeLogStreamsRequest,
  DescribeLogStreamsResponse,
  LogStream as LogStreamAnswer,
} from '@aws-sdk/client-cloudwatch-logs';
import { pageOf } from '../paging.ts';
import type { Account, LogGroup, LogStream } from '../world.ts';
import { checkLimit, findGroup, groupResource, invalid, invalidToken, logsArn } from './logs-names.ts';
import { type Operation, overWorld } from './operation.ts';

export const logGroupOperations: Record<string, Operation> = {
  DescribeLogGroups: overWorld(describeLogGroups, (_input, account) =>
    logsArn(account, 'log-group::log-stream:'),
  ),
  DescribeLogStreams: overWorld(describeLogStreams, groupResource),
};

const largestPage = 50;

function describeLogGroups(input: DescribeLogGroupsRequest, account: Account): DescribeLogGroupsResponse {
  const { logGroupNamePrefix: prefix, logGroupNamePattern: pattern } = input;
  if (prefix && pattern) {
    throw invalid('LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.');
  }
  const matching = account.world.logGroups
    .filter((group) => group.name.startsWith(prefix ?? ''))
    .filter((group) => group.name.toLowerCase().includes((pattern ?? '').toLowerCase()))
    .filter(
      (group) =>
        !input.logGroupIdentifiers?.length || input.logGroupIdentifiers.some((id) => names(id, group)),
    )
    .toSorted(byName);
  const list = `groups ${prefix ?? ''} ${pattern ?? ''}`;
  const page = pageOf(matching, list, input.nextToken, checkLimit(input.limit, largestPage), invalidToken);
  const logGroups = page.items.map((group) => ({
    logGroupName: group.name,
    arn: logsArn(account, `log-group:${group.name}:*`),
    logGroupArn: logsArn(account, `log-group:${group.name}`),
    creationTime: group.createdAt?.getTime() ?? 0,
    retentionInDays: group.retentionInDays,
    kmsKeyId: group.kmsKeyId,
    logGroupClass: group.logGroupClass ?? 'STANDARD',
    metricFilterCount: 0,
    storedBytes: 0,
  }));
  return { logGroups, nextToken: page.nextToken };
}

function names(identifier: string, group: LogGroup): boolean {
  return identifier === group.name || identifier.endsWith(`:log-group:${group.name}`);
}

function describeLogStreams(input: DescribeLogStreamsRequest, account: Account): DescribeLogStreamsResponse {
  const byTime = input.orderBy === 'LastEventTime';
  if (byTime && input.logStreamNamePrefix) {
    throw invalid('Cannot order by LastEventTime with a logStreamNamePrefix.');
  }
  const group = findGroup(input, account);
  const matching = group.streams
    .filter((stream) => stream.name.startsWith(input.logStreamNamePrefix ?? ''))
    .toSorted(byTime ? (left, right) => lastEventAt(left) - lastEventAt(right) : byName);
  if (input.descending) matching.reverse();
  const list = `streams ${group.name} ${input.orderBy ?? ''} ${input.descending ?? false} ${input.logStreamNamePrefix ?? ''}`;
  const page = pageOf(matching, list, input.nextToken, checkLimit(input.limit, largestPage), invalidToken);
  return { logStreams: page.items.map((stream) => shown(stream, group, account)), nextToken: page.nextToken };
}

function shown(stream: LogStream, group: LogGroup, account: Account): LogStreamAnswer {
  const times = stream.events.map((event) => event.at.getTime());
  const first = times.length ? Math.min(...times) : undefined;
  const last = times.length ? Math.max(...times) : undefined;
  return {
    logStreamName: stream.name,
    arn: logsArn(account, `log-group:${group.name}:log-stream:${stream.name}`),
    creationTime: first ?? group.createdAt?.getTime() ?? 0,
    firstEventTimestamp: first,
    lastEventTimestamp: last,
    lastIngestionTime: last,
    // CloudWatch Logs has reported 0 for every stream since 2019.
    storedBytes: 0,
  };
}

function lastEventAt(stream: LogStream): number {
  return Math.max(0, ...stream.events.map((event) => event.at.getTime()));
}

function byName(left: { name: string }, right: { name: string }): number {
  if (left.name === right.name) return 0;
  return left.name < right.name ? -1 : 1;
}
