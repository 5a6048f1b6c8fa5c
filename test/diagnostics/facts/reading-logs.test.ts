import type { Task, TaskDefinition } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { FactFailure } from '#diagnostics/fact.ts';
import { capturedStops } from '#diagnostics/facts/captured-stops.ts';
import { containerLogs } from '#diagnostics/facts/container-logs.ts';
import { crashLogs } from '#diagnostics/facts/crash-logs.ts';
import { taskDefinitions } from '#diagnostics/facts/task-definitions.ts';
import { context, definition, now, revision, service, stopped, tasksOf } from '../checks/facts.ts';

interface Input {
  logStreamName?: string;
  nextToken?: string;
}

interface World {
  stops: Task[];
  definitions?: Record<string, TaskDefinition>;
  getLogEvents?(input: Input): object;
  filterLogEvents?(input: Input): object;
  filter?: string;
}

const logConfiguration = {
  logDriver: 'awslogs' as const,
  options: { 'awslogs-group': '/ecs/api', 'awslogs-stream-prefix': 'ecs' },
};
const logging = (...names: string[]) =>
  definition(
    2,
    names.map((name) => ({ name, logConfiguration })),
  );

/** What a fact source is given, every other fact already read. */
function contextOf({ stops, definitions, filter, ...logs }: World): Parameters<typeof crashLogs.load>[0] {
  const known = definitions ?? { [revision(2)]: logging('app') };
  const facts: Record<string, unknown> = {
    tasks: tasksOf(stops),
    service: service(),
    'log-tasks': { tasks: stops.slice(0, 1), definitions: known, spokenOf: {}, notes: [] },
    'task-definitions': known,
    'deployed-task-definitions': known,
  };
  const aws = { logs } as never;
  const read = async ({ id }: { id: string }) => facts[id] as never;
  return {
    target: context.target,
    scope: { now, ...(filter !== undefined && { filter }) },
    aws,
    awsIn: () => aws,
    beginning: () => aws,
    ending: () => aws,
    signal: new AbortController().signal,
    tell: () => {},
    read,
    settle: async (source: { id: string }) => ({ ok: true as const, value: await read(source) }),
  };
}

describe('the log of a crash', () => {
  it('is not called empty for one empty page', async () => {
    const getLogEvents = ({ nextToken }: Input) =>
      nextToken === undefined
        ? { events: [], nextBackwardToken: 'b/1' }
        : { events: [{ timestamp: 0, message: 'out of ideas' }], nextBackwardToken: 'b/2' };
    const [tail] = await crashLogs.load(contextOf({ stops: [stopped(1)], getLogEvents }), undefined);
    expect(tail?.lines.map(({ message }) => message)).toEqual(['out of ideas']);
  });

  it('is not called empty for empty pages before its end', async () => {
    let pages = 0;
    const getLogEvents = () => {
      pages += 1;
      return { events: [], nextBackwardToken: `b/${pages}` };
    };
    const [tail] = await crashLogs.load(contextOf({ stops: [stopped(1)], getLogEvents }), undefined);
    expect(tail?.missing).toMatch(/^no line was found: .* had not come to the end/);
    const [log] = await containerLogs.load(contextOf({ stops: [stopped(1)], getLogEvents }), undefined);
    expect(log).toMatchObject({ why: 'unclear', missing: expect.stringMatching(/^no line was found/) });
  });

  it('is empty where the token comes again', async () => {
    const asked: Input[] = [];
    const getLogEvents = (input: Input) => {
      asked.push(input);
      return { events: [], nextBackwardToken: 'b/1' };
    };
    const [tail] = await crashLogs.load(contextOf({ stops: [stopped(1)], getLogEvents }), undefined);
    expect(tail?.missing).toBe('the stream exists and holds no line');
    expect(asked).toHaveLength(2);
  });

  it('that has no stream is not said to hold nothing for one reason out of three', async () => {
    const getLogEvents = () => {
      const message = 'The specified log stream does not exist.';
      throw Object.assign(new Error(message), { name: 'ResourceNotFoundException' });
    };
    const [tail] = await crashLogs.load(contextOf({ stops: [stopped(1)], getLogEvents }), undefined);
    expect(tail?.missing).toMatch(/wrote nothing, or .* could not be created, or .* no longer kept$/);
  });

  it('is read of a container that ended before its task had started', async () => {
    const task = stopped(
      1,
      { startedAt: undefined, stopCode: 'TaskFailedToStart', stoppedReason: 'Task failed to start' },
      [
        { name: 'migrate', exitCode: 3 },
        {
          name: 'app',
          reason:
            'CannotStartContainerError: dependency graph: container ordering: dependency will never be resolved',
        },
      ],
    );
    const streams: string[] = [];
    const getLogEvents = ({ logStreamName = '' }: Input) => {
      streams.push(logStreamName);
      return { events: [{ timestamp: 0, message: 'relation users does not exist' }] };
    };
    const definitions = { [revision(2)]: logging('migrate', 'app') };
    const tails = await crashLogs.load(contextOf({ stops: [task], definitions, getLogEvents }), undefined);
    expect(tails.map(({ container }) => container)).toEqual(['migrate']);
    expect(streams).toEqual([expect.stringContaining('ecs/migrate/')]);
  });
});

describe('a secret that JSON writes with escapes', () => {
  it.each([
    String.raw`{"message":"no answer of postgres:\/\/svc:Hunter2secretPw@db:5432\/x"}`,
    String.raw`{"log":"{\"msg\":\"no answer of postgres:\\/\\/svc:Hunter2secretPw@db:5432\"}"}`,
    String.raw`app: {"url":"postgres:\/\/svc:Hunter2secretPw@db:5432"}`,
    String.raw`{"message":"key ghp\u005f16C7e42F292c6912E7710c838347Ae178B4a"}`,
  ])('is hidden in %s', async (message) => {
    const getLogEvents = () => ({ events: [{ timestamp: 0, message }] });
    const tails = await containerLogs.load(contextOf({ stops: [stopped(1)], getLogEvents }), undefined);
    expect(tails[0]?.entries?.[0]?.text).toContain('[redacted: ');
    expect(JSON.stringify(tails)).not.toMatch(/Hunter2secretPw|16C7e42F292c6912/);
  });
});

it('a container whose log may not be read is told of beside those that were', async () => {
  const definitions = { [revision(2)]: logging('app', 'proxy') };
  const getLogEvents = ({ logStreamName = '' }: Input) => {
    if (logStreamName.includes('/proxy/')) return { events: [{ timestamp: 0, message: 'ready' }] };
    const message = 'User: x is not authorized to perform: logs:GetLogEvents on resource: y';
    throw Object.assign(new Error(message), { name: 'AccessDeniedException' });
  };
  const stops = [stopped(1)];
  const tails = await containerLogs.load(contextOf({ stops, definitions, getLogEvents }), undefined);
  expect(tails).toMatchObject([
    {
      container: 'app',
      why: 'denied',
      unread: [{ check: 'the log of app', missing: 'logs:GetLogEvents', reason: 'AccessDenied' }],
    },
    { container: 'proxy', lines: [{ message: 'ready' }] },
  ]);
});

describe('a search in a log', () => {
  it('goes on over empty pages and keeps the newest lines', async () => {
    const filterLogEvents = ({ nextToken }: Input) => {
      const page = Number(nextToken ?? 0);
      const events = page === 0 ? [] : [{ timestamp: page, message: `line ${page}` }];
      return { events, nextToken: page < 3 ? String(page + 1) : undefined };
    };
    const facts = contextOf({ stops: [stopped(1)], filter: 'line', filterLogEvents });
    const [tail] = await containerLogs.load(facts, undefined);
    expect(tail?.lines.map(({ message }) => message)).toEqual(['line 1', 'line 2', 'line 3']);
    expect(tail?.truncated).toBeUndefined();
  });

  it('that was given up says so and does not say that there is nothing', async () => {
    const filterLogEvents = ({ nextToken = '' }: Input) => ({ events: [], nextToken: `${nextToken}+` });
    const facts = contextOf({ stops: [stopped(1)], filter: 'line', filterLogEvents });
    const [tail] = await containerLogs.load(facts, undefined);
    expect(tail).toMatchObject({
      truncated: true,
      missing: expect.stringContaining('as far as was searched'),
    });
  });
});

describe('one revision that cannot be read', () => {
  const load = (failure: FactFailure) => {
    const facts = contextOf({
      stops: [stopped(1), stopped(2, { taskDefinitionArn: revision(1) })],
      definitions: {},
    });
    const read = async (source: { id: string }, key?: string) => {
      if (source.id !== 'task-definition') return facts.read(source as never);
      if (key === revision(1)) throw failure;
      return definition(2);
    };
    return taskDefinitions.load({ ...facts, read: read as never }, undefined);
  };

  it('because it was deleted costs the others nothing', async () => {
    expect(Object.keys(await load(new FactFailure('gone', 'NotFound')))).toEqual([revision(2)]);
  });

  it('for any other reason is not passed over', async () => {
    await expect(load(new FactFailure('slow', 'Throttled'))).rejects.toThrow('slow');
  });
});

it('captured stops are looked for over empty pages: a cluster writes many events of other services', async () => {
  const detail = { taskArn: 'arn:aws:ecs:us-east-1:222222222222:task/prod/1', group: 'service:api' };
  const event = {
    'detail-type': 'ECS Task State Change',
    detail: { ...detail, stopCode: 'SpotInterruption' },
  };
  const filterLogEvents = ({ nextToken }: Input) =>
    nextToken === undefined
      ? { events: [], nextToken: '1' }
      : { events: [{ message: JSON.stringify(event) }], nextToken: undefined };
  const { stopped: found, missing } = await capturedStops.load(
    contextOf({ stops: [], filterLogEvents }),
    undefined,
  );
  expect(found.map(({ stopCode }) => stopCode)).toEqual(['SpotInterruption']);
  expect(missing).toBeUndefined();
});

it.each([
  [{ family: 'a" || $.x = "' }, String.raw`$.detail.group = "family:a\" || $.x = \""`],
  [{ family: String.raw`a\b` }, String.raw`$.detail.group = "family:a\\b"`],
  [{ task: 'f"0' }, String.raw`$.detail.taskArn = "*/f\"0"`],
])('what is asked of the captured stops stays a string of the pattern: %o', async (named, expected) => {
  const patterns: unknown[] = [];
  const filterLogEvents = (input: object) => {
    patterns.push('filterPattern' in input && input.filterPattern);
    return { events: [] };
  };
  const given = contextOf({ stops: [], filterLogEvents });
  const { service: _, ...target } = given.target;
  await capturedStops.load({ ...given, target: { ...target, ...named } }, undefined);
  expect(patterns).toEqual([`{ $.detail.lastStatus = "STOPPED" && ${expected} }`]);
});
