import type { ContainerDefinition, Task, TaskDefinition } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { logLocation } from '#diagnostics/facts/log-location.ts';
import { readWindow, type Window } from '#diagnostics/facts/log-window.ts';
import { decodePage, encodePage } from '#diagnostics/log-page.ts';
import { type NoLines, whyNoLines } from '#diagnostics/logs/no-lines.ts';
import type { Aws } from '#src/aws/aws.ts';
import { fc } from '#test/property.ts';

const id = '0123456789abcdef0123456789abcdef';
const task: Task = {
  taskArn: `arn:aws:ecs:us-east-1:222222222222:task/prod/${id}`,
  clusterArn: 'arn:aws:ecs:us-east-1:222222222222:cluster/prod',
  taskDefinitionArn: 'arn:aws:ecs:us-east-1:222222222222:task-definition/api:42',
  launchType: 'FARGATE',
};

function routed(options: Record<string, string>, router: Partial<ContainerDefinition> = {}) {
  const containerDefinitions: ContainerDefinition[] = [
    { name: 'app', logConfiguration: { logDriver: 'awsfirelens', options } },
    { name: 'log_router', firelensConfiguration: { type: 'fluentbit' }, ...router },
  ];
  return logLocation(task, { containerDefinitions }, 'app');
}

describe('FireLens to CloudWatch is read where its templates can be resolved', () => {
  it.each<[Record<string, string>, string, string]>([
    [
      { Name: 'cloudwatch_logs', log_group_name: '/fb/api', log_stream_prefix: 'api/' },
      '/fb/api',
      `api/app-firelens-${id}`,
    ],
    [
      { Name: 'cloudwatch', log_group_name: '/fb/$(ecs_cluster)', log_stream_name: '$(ecs_task_id)' },
      '/fb/prod',
      id,
    ],
    [
      {
        Name: 'cloudwatch_logs',
        log_group_template: '/fb/$ecs_cluster',
        log_stream_template: '$container_name.$ecs_cluster',
        log_group_name: 'x',
      },
      '/fb/prod',
      'app.prod',
    ],
    [{ Name: 'cloudwatch', log_group_name: 'g', log_stream_name: '$(tag[0])' }, 'g', `app-firelens-${id}`],
  ])('%j', (options, group, stream) => {
    expect(routed({ region: 'eu-west-1', ...options })).toEqual({
      kind: 'cloudwatch',
      group,
      stream,
      region: 'eu-west-1',
    });
  });

  it('and said to depend on the record where not', () => {
    const place = routed({
      Name: 'cloudwatch_logs',
      log_group_name: 'g',
      log_stream_template: "$kubernetes['pod']",
    });
    expect(place).toMatchObject({
      kind: 'elsewhere',
      text: expect.stringMatching(/group g; its stream .* cannot be worked out/),
    });
  });
});

describe('elsewhere is named and linked, and no key with it', () => {
  it.each<[Record<string, string>, RegExp, string | undefined]>([
    [
      { Name: 's3', bucket: 'logs-prod', s3_key_format: '/api/%Y', region: 'us-east-1' },
      /the S3 bucket logs-prod, under api/,
      'https://us-east-1.console.aws.amazon.com/s3/buckets/logs-prod?region=us-east-1&prefix=api%2F',
    ],
    [
      { Name: 'kinesis_firehose', delivery_stream: 'to-lake' },
      /the Firehose stream to-lake/,
      'https://us-east-1.console.aws.amazon.com/firehose/home?region=us-east-1#/details/to-lake/monitoring',
    ],
    [
      { Name: 'kinesis_streams', stream: 'raw' },
      /the Kinesis stream raw/,
      'https://us-east-1.console.aws.amazon.com/kinesis/home?region=us-east-1#/streams/details/raw/monitoring',
    ],
    [
      { Name: 'opensearch', Host: 'search.internal', Index: 'api' },
      /OpenSearch at search\.internal, index api/,
      undefined,
    ],
    [
      { Name: 'datadog', Host: 'http-intake.logs.us5.datadoghq.com', dd_service: 'api', apikey: 'k3y' },
      /Datadog at .*, service api/,
      'https://us5.datadoghq.com/logs?query=service%3Aapi',
    ],
    [
      { Name: 'splunk', Host: 'splunk.internal', splunk_token: 'k3y' },
      /Splunk at splunk\.internal/,
      undefined,
    ],
    [{ Name: 'nrlogs', api_key: 'k3y' }, /New Relic/, undefined],
    [{ Name: 'loki', Host: 'loki.internal' }, /Loki at loki\.internal/, undefined],
    [
      { Name: 'http', Host: 'user:k3y@collector.internal/path?token=k3y' },
      /an HTTP endpoint at collector\.internal$/,
      undefined,
    ],
    [{ Name: 'brandnew' }, /the output brandnew/, undefined],
    [{}, /an output that the task definition does not name/, undefined],
  ])('%j', (options, text, link) => {
    const place = routed(options);
    expect(place).toMatchObject({ kind: 'elsewhere', text: expect.stringMatching(text) });
    expect(place.kind === 'elsewhere' && place.link).toBe(link);
    expect(JSON.stringify(place)).not.toContain('k3y');
  });

  it('its own configuration file is where the rest is', () => {
    const options = { 'config-file-type': 's3', 'config-file-value': 'arn:aws:s3:::conf/fb/extra.conf' };
    expect(routed({}, { firelensConfiguration: { type: 'fluentbit', options } })).toMatchObject({
      text: expect.stringContaining('what its own configuration file s3://conf/fb/extra.conf says'),
    });
  });
});

const now = new Date('2026-01-10T12:00:00Z');
const day = 86_400_000;
const definition: TaskDefinition = {
  taskDefinitionArn: task.taskDefinitionArn,
  executionRoleArn: 'arn:aws:iam::222222222222:role/api-execution',
  containerDefinitions: [{ name: 'app' }],
};
const about = (more: Partial<NoLines>): NoLines => ({
  task: { ...task, lastStatus: 'RUNNING', startedAt: new Date(now.getTime() - 3_600_000) },
  definition,
  container: 'app',
  place: { group: '/ecs/api', stream: `ecs/app/${id}`, region: 'us-east-1' },
  isThere: true,
  isGroupMissing: false,
  group: { logGroupName: '/ecs/api', retentionInDays: 7 },
  spokenOf: undefined,
  since: undefined,
  now,
  ...more,
});
const old = { ...task, lastStatus: 'RUNNING', startedAt: new Date(now.getTime() - 30 * day) };
const gone: Task = { taskArn: id };

describe('why there is nothing', () => {
  it.each<[string, Partial<NoLines>, string, RegExp]>([
    [
      'an empty stream of a young task',
      {},
      'nothing-written',
      /process wrote nothing.*7 days, longer than the task is old \(60 minutes\)/,
    ],
    [
      'an empty stream that is kept for ever',
      { group: {}, task: old },
      'nothing-written',
      /keeps lines for ever/,
    ],
    [
      'no line of the time that was asked for, of a task that is older',
      { group: {}, task: old, since: new Date(now.getTime() - 60_000) },
      'no-match',
      /^no line since /,
    ],
    [
      'an empty stream of a task older than the retention',
      { task: old },
      'expired',
      /written nothing for 7 days.*run for 30 days/,
    ],
    [
      'an empty stream of a task that events spoke of long ago',
      { task: gone, spokenOf: now.getTime() - 9 * day },
      'expired',
      /expired by retention.*7 days.*9 days ago/,
    ],
    [
      'an empty stream whose group cannot be looked at',
      { group: 'unknown' },
      'unclear',
      /wrote nothing, or what it wrote has expired/,
    ],
    [
      'no group',
      { isThere: false, isGroupMissing: true },
      'not-created',
      /there is no log group \/ecs\/api in us-east-1/,
    ],
    [
      'no stream of a task on its way',
      { isThere: false, task: { ...task, lastStatus: 'PENDING' } },
      'not-started',
      /never started.*PENDING/,
    ],
    ['no stream though it ran', { isThere: false }, 'unclear', /though app ran/],
    [
      'no stream of a forgotten task',
      { isThere: false, task: gone },
      'unclear',
      /never started, or .* could not be created, or .* older than its log is kept/,
    ],
    [
      'no stream of a task forgotten for long',
      { isThere: false, task: gone, spokenOf: now.getTime() - 9 * day },
      'expired',
      /expired by retention/,
    ],
    [
      'a stream that the role may not create',
      {
        isThere: false,
        task: {
          ...task,
          lastStatus: 'STOPPED',
          stopCode: 'TaskFailedToStart',
          stoppedReason:
            'ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log stream: AccessDeniedException: User: arn:aws:sts::222222222222:assumed-role/api-execution/x is not authorized to perform: logs:CreateLogStream on resource: arn:aws:logs:us-east-1:222222222222:log-group:/ecs/api:log-stream:ecs/app/x because no identity-based policy allows the logs:CreateLogStream action : exit status 1',
        },
      },
      'not-created',
      /api-execution lacks logs:CreateLogStream on \/ecs\/api/,
    ],
  ])('%s', (_what, more, why, text) => {
    expect(whyNoLines(about(more))).toMatchObject({ why, missing: expect.stringMatching(text) });
  });
});

/** A stream as CloudWatch answers: by time, the start in and the end out, from either side. */
function streamOf(times: readonly number[]): Aws {
  const getLogEvents = async (input: {
    startTime?: number;
    endTime?: number;
    startFromHead?: boolean;
    limit?: number;
  }) => {
    const { startTime = 0, endTime = Number.POSITIVE_INFINITY, startFromHead, limit = 10_000 } = input;
    const found = times
      .map((timestamp, index) => ({ timestamp, message: String(index) }))
      .filter(({ timestamp }) => timestamp >= startTime && timestamp < endTime);
    return {
      events: startFromHead ? found.slice(0, limit) : found.slice(-limit),
      nextForwardToken: 'f',
      nextBackwardToken: 'b',
    };
  };
  return { logs: { getLogEvents } } as unknown as Aws;
}

it('pages of any size over any times show every event once, back and forth', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 40 }),
      fc.integer({ min: 1, max: 7 }),
      async (unordered, most) => {
        const times = unordered.toSorted((a, b) => a - b);
        const aws = streamOf(times);
        const window: Window = { group: 'g', stream: 's', most };
        const seen: string[] = [];
        let found = await readWindow(aws, window);
        for (let pages = 0; pages < 100; pages += 1) {
          seen.unshift(...found.events.map(({ message = '' }) => message));
          if (!found.older || found.from === undefined) break;
          found = await readWindow(aws, { ...window, before: found.from });
        }
        expect(seen).toEqual(times.map((_, index) => String(index)));
        const forward: string[] = [];
        found = await readWindow(aws, { ...window, after: { at: 0, skip: 0 } });
        for (let pages = 0; pages < 100; pages += 1) {
          forward.push(...found.events.map(({ message = '' }) => message));
          if (!found.newer || found.to === undefined) break;
          found = await readWindow(aws, { ...window, after: found.to });
        }
        expect(forward).toEqual(seen);
      },
    ),
  );
});

it('a page comes out of its text as it went in, and no other text is one', () => {
  const place = { task: id, revision: 'api:42', container: 'app', at: 5, skip: 2 };
  const page = {
    direction: 'newer' as const,
    places: [place, { ...place, container: 'envoy', stream: `${id}-1` }],
  };
  expect(decodePage(encodePage(page))).toEqual(page);
  for (const text of [
    undefined,
    '',
    '{}',
    '["o",[],[]]',
    '["x",[["a","b"]],[[0,"c",1,0]]]',
    '["o",[["a","b"]],[[7,"c",1,0]]]',
  ])
    expect(decodePage(text)).toBeUndefined();
});
