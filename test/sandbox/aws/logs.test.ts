import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  type FilteredLogEvent,
  FilterLogEventsCommand,
  GetLogEventsCommand,
  paginateFilterLogEvents,
} from '@aws-sdk/client-cloudwatch-logs';
import { describe, expect, it } from 'vitest';
import type { LogGroup } from '#sandbox/aws/world.ts';
import { account, arn, clientConfig, failure, start } from './small-world.ts';

const zero = Date.UTC(2026, 4, 1);
const logGroupName = '/ecs/api';
const logStreamName = 'app/app/1';

function lines(...messages: string[]): { at: Date; message: string }[] {
  return messages.map((message, index) => ({ at: new Date(zero + index * 1000), message }));
}

async function logsWith(...logGroups: LogGroup[]): Promise<CloudWatchLogsClient> {
  const sandbox = account({ logGroups });
  const endpoint = await start({ accounts: [sandbox] });
  return new CloudWatchLogsClient(await clientConfig(endpoint, sandbox));
}

function group(events: { at: Date; message: string }[], more: Partial<LogGroup> = {}): LogGroup {
  return { name: logGroupName, streams: [{ name: logStreamName, events }], ...more };
}

const messages = (events: { message?: string }[] | undefined) => events?.map((event) => event.message);

describe('GetLogEvents', () => {
  const five = group(lines('a', 'b', 'c', 'd', 'e'));

  it('gives the newest lines, oldest of them first', async () => {
    const logs = await logsWith(five);
    const answer = await logs.send(new GetLogEventsCommand({ logGroupName, logStreamName, limit: 2 }));
    expect(messages(answer.events)).toEqual(['d', 'e']);
    expect(answer.events?.[0]?.timestamp).toBe(zero + 3000);
  });

  it('walks forward from the head until the token repeats', async () => {
    const logs = await logsWith(five);
    const pages: unknown[] = [];
    let nextToken: string | undefined;
    for (;;) {
      const answer = await logs.send(
        new GetLogEventsCommand({ logGroupName, logStreamName, limit: 2, startFromHead: true, nextToken }),
      );
      pages.push(messages(answer.events));
      if (answer.nextForwardToken === nextToken) break;
      nextToken = answer.nextForwardToken;
    }
    expect(pages).toEqual([['a', 'b'], ['c', 'd'], ['e'], []]);
  });

  it('walks backward from the tail', async () => {
    const logs = await logsWith(five);
    const tail = await logs.send(new GetLogEventsCommand({ logGroupName, logStreamName, limit: 2 }));
    const before = await logs.send(
      new GetLogEventsCommand({ logGroupName, logStreamName, limit: 2, nextToken: tail.nextBackwardToken }),
    );
    expect(messages(before.events)).toEqual(['b', 'c']);
  });

  it('holds the start of a range and not its end', async () => {
    const logs = await logsWith(five);
    const range = { startTime: zero + 1000, endTime: zero + 3000 };
    const answer = await logs.send(new GetLogEventsCommand({ logGroupName, logStreamName, ...range }));
    expect(messages(answer.events)).toEqual(['b', 'c']);
  });

  it('holds no more than a mebibyte', async () => {
    const logs = await logsWith(
      group(lines(...Array.from({ length: 5 }, (_, n) => String(n).repeat(300_000)))),
    );
    const answer = await logs.send(new GetLogEventsCommand({ logGroupName, logStreamName }));
    expect(messages(answer.events)?.map((message) => message?.charAt(0))).toEqual(['2', '3', '4']);
  });

  it('takes the ARN of a group', async () => {
    const logs = await logsWith(five);
    const logGroupIdentifier = arn('logs', `log-group:${logGroupName}`);
    const answer = await logs.send(new GetLogEventsCommand({ logGroupIdentifier, logStreamName, limit: 1 }));
    expect(messages(answer.events)).toEqual(['e']);
  });

  it.each([
    [
      'a group',
      { logGroupName: '/ecs/none' },
      'ResourceNotFoundException',
      'The specified log group does not exist.',
    ],
    [
      'a stream',
      { logStreamName: 'none' },
      'ResourceNotFoundException',
      'The specified log stream does not exist.',
    ],
    ['a token', { nextToken: 'x' }, 'InvalidParameterException', 'The specified nextToken is invalid.'],
    ['a page', { limit: 10_001 }, 'InvalidParameterException', 'less than or equal to 10000'],
  ])('refuses %s that cannot be', async (_name, wrong, name, message) => {
    const logs = await logsWith(five);
    const error = await failure(
      logs.send(new GetLogEventsCommand({ logGroupName, logStreamName, ...wrong })),
    );
    expect(error).toMatchObject({ name, message: expect.stringContaining(message) });
  });
});

describe('FilterLogEvents', () => {
  const two: LogGroup = {
    name: logGroupName,
    streams: [
      { name: 'app/app/1', events: lines('one ERROR', 'two') },
      { name: 'web/web/1', events: lines('three ERROR', 'four') },
    ],
  };

  it('merges streams in order of time', async () => {
    const logs = await logsWith(two);
    const answer = await logs.send(new FilterLogEventsCommand({ logGroupName }));
    expect(messages(answer.events)).toEqual(['one ERROR', 'three ERROR', 'two', 'four']);
    expect(answer.nextToken).toBeUndefined();
    expect(new Set(answer.events?.map((event) => event.eventId)).size).toBe(4);
  });

  it.each([
    ['a prefix of stream names', { logStreamNamePrefix: 'web/' }, ['three ERROR', 'four']],
    ['stream names', { logStreamNames: ['app/app/1'] }, ['one ERROR', 'two']],
    ['a pattern', { filterPattern: 'ERROR' }, ['one ERROR', 'three ERROR']],
    ['a range', { startTime: zero + 1, endTime: zero + 1001 }, ['two', 'four']],
  ])('keeps to %s', async (_name, filter, expected) => {
    const logs = await logsWith(two);
    const answer = await logs.send(new FilterLogEventsCommand({ logGroupName, ...filter }));
    expect(messages(answer.events)).toEqual(expected);
  });

  it('may give empty pages with a token before the page that has something', async () => {
    const quiet = [...Array.from({ length: 6 }, () => 'quiet'), 'ERROR'];
    const logs = await logsWith(group(lines(...quiet), { eventsPerSearch: 3 }));
    const pages: (FilteredLogEvent[] | undefined)[] = [];
    const input = { logGroupName, filterPattern: 'ERROR' };
    for await (const page of paginateFilterLogEvents({ client: logs }, input)) pages.push(page.events);
    expect(pages.map(messages)).toEqual([[], [], ['ERROR']]);
  });

  it('pages by the limit', async () => {
    const logs = await logsWith(two);
    const input = { logGroupName, limit: 3 };
    const first = await logs.send(new FilterLogEventsCommand(input));
    const second = await logs.send(new FilterLogEventsCommand({ ...input, nextToken: first.nextToken }));
    expect([messages(first.events)?.length, messages(second.events)]).toEqual([3, ['four']]);
  });

  it.each([
    [
      'names beside a prefix',
      { logStreamNames: ['a'], logStreamNamePrefix: 'a' },
      'InvalidParameterException',
    ],
    ['a stream that is not there', { logStreamNames: ['a'] }, 'ResourceNotFoundException'],
    ['a term with a slash outside quotes', { filterPattern: 'task/abc' }, 'InvalidParameterException'],
    ['a pattern that does not close', { filterPattern: '{ $.a = 1' }, 'InvalidParameterException'],
  ])('refuses %s', async (_name, wrong, name) => {
    const logs = await logsWith(two);
    expect((await failure(logs.send(new FilterLogEventsCommand({ logGroupName, ...wrong })))).name).toBe(
      name,
    );
  });
});

describe('groups and streams', () => {
  const groups = [
    { name: '/ecs/web', streams: [] },
    { name: '/ecs/api', streams: [], retentionInDays: 7, createdAt: new Date(zero) },
    { name: '/aws/other', streams: [] },
  ];

  it('lists groups by prefix in order of name', async () => {
    const logs = await logsWith(...groups);
    const answer = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: '/ecs/', limit: 1 }));
    expect(answer.logGroups).toMatchObject([
      {
        logGroupName: '/ecs/api',
        arn: arn('logs', 'log-group:/ecs/api:*'),
        retentionInDays: 7,
        creationTime: zero,
      },
    ]);
    const more = await logs.send(
      new DescribeLogGroupsCommand({ logGroupNamePrefix: '/ecs/', limit: 1, nextToken: answer.nextToken }),
    );
    expect(more.logGroups?.map((found) => found.logGroupName)).toEqual(['/ecs/web']);
    expect(more.nextToken).toBeUndefined();
  });

  it('orders streams by their last event, newest first', async () => {
    const streams = [
      { name: 'b', events: lines('1') },
      { name: 'a', events: lines('1', '2') },
      { name: 'c', events: [] },
    ];
    const logs = await logsWith({ name: logGroupName, streams });
    const answer = await logs.send(
      new DescribeLogStreamsCommand({ logGroupName, orderBy: 'LastEventTime', descending: true }),
    );
    expect(answer.logStreams?.map((stream) => stream.logStreamName)).toEqual(['a', 'b', 'c']);
    expect(answer.logStreams?.[0]).toMatchObject({
      firstEventTimestamp: zero,
      lastEventTimestamp: zero + 1000,
    });
    expect(answer.logStreams?.[2]?.lastEventTimestamp).toBeUndefined();
  });

  it('refuses to order by time under a prefix', async () => {
    const logs = await logsWith(group([]));
    const input = { logGroupName, orderBy: 'LastEventTime' as const, logStreamNamePrefix: 'app/' };
    expect(await failure(logs.send(new DescribeLogStreamsCommand(input)))).toMatchObject({
      name: 'InvalidParameterException',
      message: 'Cannot order by LastEventTime with a logStreamNamePrefix.',
    });
  });
});
