import {
  CloudWatchLogsClient,
  GetQueryResultsCommand,
  type GetQueryResultsResponse,
  StartQueryCommand,
  StopQueryCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { describe, expect, it } from 'vitest';
import type { LogEvent, LogGroup } from '#sandbox/aws/world.ts';
import { account, clientConfig, failure, start } from './small-world.ts';

const zero = Date.UTC(2026, 4, 1);
const logGroupName = '/ecs/api';

function at(seconds: number, message: string): LogEvent {
  return { at: new Date(zero + seconds * 1000), message };
}

async function logsWith(streams: Record<string, LogEvent[]>, more: Partial<LogGroup> = {}) {
  const group = {
    name: logGroupName,
    streams: Object.entries(streams).map(([name, events]) => ({ name, events })),
    queryPolls: 1,
    ...more,
  };
  const sandbox = account({ logGroups: [group] });
  const endpoint = await start({ accounts: [sandbox] });
  return { logs: new CloudWatchLogsClient(await clientConfig(endpoint, sandbox)), endpoint };
}

const range = { startTime: zero / 1000, endTime: zero / 1000 + 600 };

async function begin(logs: CloudWatchLogsClient, queryString: string, limit?: number): Promise<string> {
  const { queryId = '' } = await logs.send(
    new StartQueryCommand({ ...range, logGroupName, queryString, limit }),
  );
  return queryId;
}

const results = (logs: CloudWatchLogsClient, queryId: string) =>
  logs.send(new GetQueryResultsCommand({ queryId }));

async function ask(logs: CloudWatchLogsClient, queryString: string, limit?: number) {
  const queryId = await begin(logs, queryString, limit);
  expect((await results(logs, queryId)).status).toBe('Running');
  return results(logs, queryId);
}

function rowsOf({ results: rows }: GetQueryResultsResponse): Record<string, string>[] {
  return (rows ?? []).map((row) =>
    Object.fromEntries(
      row.flatMap(({ field = '', value = '' }) => (field === '@ptr' ? [] : [[field, value]])),
    ),
  );
}

const requests = [
  at(1, '"GET /orders HTTP/1.1" 200 31'),
  at(2, '"GET /orders HTTP/1.1" 503 912'),
  at(62, '"POST /pay HTTP/1.1" 502 40'),
  at(63, '"GET /orders HTTP/1.1" 503 18'),
];

describe('a query over a log group', () => {
  it('parses, filters, groups and sorts', async () => {
    const { logs } = await logsWith({ 'ecs/app/1': requests });
    const answer = await ask(
      logs,
      String.raw`parse @message /"\w+ (?<path>\S+) [^"]+" (?<status>\d{3}) (?<ms>\d+)/
       | filter status >= 500 and path not like /health/
       | stats count(*) as times, max(ms) as slowest by path
       | sort times desc, path asc | limit 5`,
    );
    expect(answer.status).toBe('Complete');
    expect(rowsOf(answer)).toEqual([
      { path: '/orders', times: '2', slowest: '912' },
      { path: '/pay', times: '1', slowest: '40' },
    ]);
    expect(answer.statistics).toMatchObject({ recordsMatched: 3, recordsScanned: 4 });
    expect(answer.statistics?.bytesScanned).toBeGreaterThan(100);
  });

  it('bins by time and takes percentiles', async () => {
    const { logs } = await logsWith({ 'ecs/app/1': requests });
    const answer = await ask(
      logs,
      'parse @message / (?<ms>\\d+)$/ | stats pct(ms, 50) as p50, avg(ms) as mean by bin(1m) as t | sort t asc',
    );
    expect(rowsOf(answer)).toEqual([
      { t: '2026-05-01 00:00:00.000', p50: '31', mean: '471.5' },
      { t: '2026-05-01 00:01:00.000', p50: '18', mean: '29' },
    ]);
  });

  it('finds the fields of JSON, and gives the newest events first', async () => {
    const { logs } = await logsWith({
      a: [at(1, '{"level":"error","err":{"type":"Refused"}}'), at(2, '{"level":"info"}')],
      b: [at(3, '{"level":"error","err":{"type":"Late"}}'), at(4, 'plain')],
    });
    const answer = await ask(logs, 'fields @logStream, err.type | filter level = "error"');
    expect(rowsOf(answer)).toEqual([
      { '@logStream': 'b', 'err.type': 'Late' },
      { '@logStream': 'a', 'err.type': 'Refused' },
    ]);
  });

  it('clusters lines into patterns', async () => {
    const lines = [1, 2, 3].map((number) => at(number, `order ${number} failed: ERROR timeout`));
    const { logs } = await logsWith({ a: [...lines, at(9, 'started')] });
    const answer = await ask(logs, 'pattern @message | sort @sampleCount desc');
    expect(rowsOf(answer)).toEqual([
      {
        '@pattern': 'order <Token-1> failed: ERROR timeout',
        '@sampleCount': '3',
        '@ratio': '0.75',
        '@severityLabel': 'ERROR',
      },
      { '@pattern': 'started', '@sampleCount': '1', '@ratio': '0.25', '@severityLabel': 'NONE' },
    ]);
  });

  it('compares with the time before', async () => {
    const { logs } = await logsWith({
      a: [at(-100, 'beat 1'), at(-90, 'beat 2'), at(1, 'beat 3'), at(2, 'refused 1')],
    });
    const rows = rowsOf(await ask(logs, 'filter @message not like "debug" | pattern @message | diff'));
    expect(rows.map((row) => [row['@pattern'], row['@diffEventCount']])).toEqual([
      ['beat <Token-1>', '-1'],
      ['refused <Token-1>', '1'],
    ]);
  });

  it('keeps to its limit', async () => {
    const { logs } = await logsWith({ a: requests });
    expect(rowsOf(await ask(logs, 'fields @message', 2))).toHaveLength(2);
  });
});

describe('a query that runs', () => {
  it('says how far it is, and is stopped when told to', async () => {
    const { logs } = await logsWith({ a: requests }, { queryPolls: 9 });
    const queryId = await begin(logs, 'fields @message');
    await results(logs, queryId);
    const second = await results(logs, queryId);
    expect(second).toMatchObject({ status: 'Running', results: [] });
    expect(second.statistics?.recordsScanned).toBeLessThan(4);
    expect(await logs.send(new StopQueryCommand({ queryId }))).toMatchObject({ success: true });
    expect(await results(logs, queryId)).toMatchObject({ status: 'Cancelled', results: [] });
    const again = await failure(logs.send(new StopQueryCommand({ queryId })));
    expect(again).toMatchObject({ name: 'InvalidParameterException' });
  });
});

describe('what is no query', () => {
  it('is refused as CloudWatch Logs refuses it', async () => {
    const { logs, endpoint } = await logsWith({ a: requests });
    const error = await failure(begin(logs, 'filter @message like'));
    expect(error.name).toBe('MalformedQueryException');
    expect(endpoint.unexpected).toEqual([]);
  });

  it('names a group that does not exist', async () => {
    const { logs } = await logsWith({});
    const call = logs.send(
      new StartQueryCommand({ ...range, logGroupName: '/ecs/nobody', queryString: 'fields @message' }),
    );
    expect(await failure(call)).toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('and what this interpreter does not know fails the test that asks for it', async () => {
    const { logs, endpoint } = await logsWith({ a: requests });
    await failure(begin(logs, 'fields @message | anomaly'));
    expect(endpoint.unexpected).toMatchObject([{ operation: 'StartQuery' }]);
  });
});
