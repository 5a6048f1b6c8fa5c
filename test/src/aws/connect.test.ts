import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createAnswers } from '#src/aws/answers.ts';
import type { Call, CallObserver } from '#src/aws/aws.ts';
import { createBudget } from '#src/aws/budget.ts';
import { connect } from '#src/aws/connect.ts';
import { failureOf } from '#src/aws/failure.ts';
import { createFlights } from '#src/aws/flights.ts';

beforeEach(() => {
  vi.useFakeTimers();
  // At zero on its clock the cache takes an answer for one that does not age.
  vi.advanceTimersByTime(1);
});
afterEach(() => vi.useRealTimers());

type Answer = (input: unknown, options: { abortSignal: AbortSignal }) => Promise<unknown>;

/** A process with made-up clients: `sent` is what reached AWS. */
function fakeProcess(answer: Answer = async () => ({})) {
  const sent: string[] = [];
  const shared = { answers: createAnswers(), flights: createFlights(), budget: createBudget() };
  const open = (
    observer: Partial<CallObserver> = {},
    over: {
      environment?: string;
      region?: string;
      credentials?: () => Promise<never>;
    } = {},
  ) =>
    connect(
      {
        environment: 'prod',
        account: '222222222222',
        region: 'us-east-1',
        credentials: async () => ({ accessKeyId: 'a', secretAccessKey: 's' }),
        forget: () => undefined,
        clients: {
          method: async (_service, _region, name) => async (input, options) => {
            sent.push(name);
            return answer(input, options);
          },
        },
        ...over,
      },
      shared,
      { started: () => () => undefined, ...observer },
    );
  return { sent, open };
}

/** Never answers; throws what the SDK throws when it is told to stop. */
const hang: Answer = (_input, { abortSignal }) =>
  new Promise((_resolve, reject) => {
    abortSignal.addEventListener('abort', () =>
      reject(Object.assign(new Error('Request aborted'), { name: 'AbortError' })),
    );
  });

describe('an answer', () => {
  it('that is kept is not given to somebody whom AWS does not let in', async () => {
    const { sent, open } = fakeProcess(async () => ({ tasks: [] }));
    await open().ecs.listTasks({});
    const refused = async (): Promise<never> => {
      throw new Error('sts:AssumeRole was refused');
    };
    const stranger = open({}, { credentials: refused });
    await expect(stranger.ecs.listTasks({})).rejects.toThrow('sts:AssumeRole was refused');
    expect(sent).toEqual(['listTasks']);
  });

  it('serves a second asker for three seconds, who is not told of a call', async () => {
    const calls: Call[] = [];
    const { sent, open } = fakeProcess(async () => ({ tasks: [] }));
    const observer = {
      started(call: Call) {
        calls.push(call);
        return () => undefined;
      },
    };
    await open(observer).ecs.describeTasks({ cluster: 'c', tasks: ['t'] });
    await vi.advanceTimersByTimeAsync(2_900);
    await open(observer).ecs.describeTasks({ cluster: 'c', tasks: ['t'] });
    expect(calls).toEqual([
      { service: 'ecs', operation: 'DescribeTasks', input: { cluster: 'c', tasks: ['t'] } },
    ]);
    await vi.advanceTimersByTimeAsync(200);
    await open(observer).ecs.describeTasks({ cluster: 'c', tasks: ['t'] });
    expect(sent).toEqual(['describeTasks', 'describeTasks']);
  });

  it.each([
    ['another input', {}, { cluster: 'other' }],
    ['another environment', { environment: 'dev' }, { cluster: 'c' }],
    ['another region', { region: 'eu-west-1' }, { cluster: 'c' }],
  ])('does not serve %s', async (_name, over, input) => {
    const { sent, open } = fakeProcess();
    await open().ecs.listTasks({ cluster: 'c' });
    await open({}, over).ecs.listTasks(input);
    expect(sent).toHaveLength(2);
  });

  it('that says who asked is for whoever asked alone, and fresh', async () => {
    const { sent, open } = fakeProcess(async () => ({ Arn: 'a' }));
    await Promise.all([open().sts.getCallerIdentity({}), open().sts.getCallerIdentity({})]);
    await open().sts.getCallerIdentity({});
    expect(sent).toHaveLength(3);
  });

  it('of a query in progress is never kept', async () => {
    const { sent, open } = fakeProcess(async () => ({ status: 'Running' }));
    await open().logs.getQueryResults({ queryId: 'q' });
    await open().logs.getQueryResults({ queryId: 'q' });
    expect(sent).toHaveLength(2);
  });

  it.each<[string, boolean, object]>([
    ['a revision', true, { taskDefinition: 'api:42' }],
    ['the newest revision', false, { taskDefinition: 'api' }],
  ])('to the description of %s is kept: %s', async (_name, kept, input) => {
    const { sent, open } = fakeProcess();
    await open().ecs.describeTaskDefinition(input as { taskDefinition: string });
    await vi.advanceTimersByTimeAsync(60_000);
    await open().ecs.describeTaskDefinition(input as { taskDefinition: string });
    expect(sent).toHaveLength(kept ? 1 : 2);
  });

  it.each<[string, boolean, object]>([
    [
      'whose digests are known',
      true,
      { serviceRevisions: [{ containerImages: [{ imageDigest: 'sha256:a' }] }] },
    ],
    ['whose digests are still open', false, { serviceRevisions: [{ containerImages: [{}] }] }],
    ['that was not found', false, { failures: [{ reason: 'MISSING' }] }],
  ])('about a service revision %s is kept: %s', async (_name, kept, answer) => {
    const { sent, open } = fakeProcess(async () => answer);
    await open().ecs.describeServiceRevisions({ serviceRevisionArns: ['a'] });
    await vi.advanceTimersByTimeAsync(60_000);
    await open().ecs.describeServiceRevisions({ serviceRevisionArns: ['a'] });
    expect(sent).toHaveLength(kept ? 1 : 2);
  });

  it('about a network is kept for two minutes, but not who may pass or how many addresses are free', async () => {
    const { sent, open } = fakeProcess(async () => ({}));
    const askAll = () =>
      Promise.all([
        open().ec2.describeRouteTables({}),
        open().ec2.describeSecurityGroups({}),
        open().ec2.describeSubnets({}),
      ]);
    await askAll();
    await vi.advanceTimersByTimeAsync(60_000);
    await askAll();
    expect(sent.filter((operation) => operation === 'describeRouteTables')).toHaveLength(1);
    expect(sent.filter((operation) => operation === 'describeSecurityGroups')).toHaveLength(2);
    expect(sent.filter((operation) => operation === 'describeSubnets')).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(61_000);
    await askAll();
    expect(sent.filter((operation) => operation === 'describeRouteTables')).toHaveLength(2);
  });

  it('is not kept when it is a failure', async () => {
    const { sent, open } = fakeProcess(async () => Promise.reject(new Error('no')));
    await expect(open().ecs.listTasks({})).rejects.toThrow('no');
    await expect(open().ecs.listTasks({})).rejects.toThrow('no');
    expect(sent).toHaveLength(2);
  });
});

describe('a call under way', () => {
  it('is shared, and its failure knows the call for everybody', async () => {
    const { sent, open } = fakeProcess(async () =>
      Promise.reject(Object.assign(new Error(''), { name: 'AccessDenied' })),
    );
    const started = vi.fn(() => () => undefined);
    const failures = await Promise.all(
      [1, 2, 3].map(() =>
        open({ started })
          .ecs.listTasks({})
          .catch((error: unknown) => failureOf(error)),
      ),
    );
    expect(sent).toEqual(['listTasks']);
    expect(started).toHaveBeenCalledTimes(1);
    expect(failures).toMatchObject(
      [1, 2, 3].map(() => ({ reason: 'AccessDenied', action: 'ecs:ListTasks' })),
    );
  });

  it('goes on for those who still wait when one leaves', async () => {
    const { promise, resolve } = Promise.withResolvers<object>();
    let aborted = false;
    const { open } = fakeProcess((_input, { abortSignal }) => {
      abortSignal.addEventListener('abort', () => {
        aborted = true;
      });
      return promise;
    });
    const leaving = new AbortController();
    const first = open({ signal: leaving.signal })
      .ecs.listTasks({})
      .catch((error: unknown) => failureOf(error));
    const second = open().ecs.listTasks({});
    await vi.advanceTimersByTimeAsync(0);
    leaving.abort();
    expect(await first).toMatchObject({ reason: 'Timeout' });
    resolve({ taskArns: ['a'] });
    expect(await second).toEqual({ taskArns: ['a'] });
    expect(aborted).toBe(false);
  });

  it('is aborted when nobody waits any more, and begun anew for who comes then', async () => {
    let aborted = 0;
    const { sent, open } = fakeProcess((input, options) => {
      options.abortSignal.addEventListener('abort', () => {
        aborted += 1;
      });
      return hang(input, options);
    });
    const leaving = new AbortController();
    const ended = vi.fn();
    const first = open({ signal: leaving.signal, started: () => ended })
      .ecs.listTasks({})
      .catch((error: unknown) => failureOf(error));
    await vi.advanceTimersByTimeAsync(0);
    leaving.abort();
    expect(await first).toMatchObject({
      reason: 'Timeout',
      message: expect.stringContaining('ecs:ListTasks'),
    });
    expect(ended).toHaveBeenCalledWith({ error: expect.any(Error) });
    expect(aborted).toBe(1);
    open()
      .ecs.listTasks({})
      .catch(() => undefined);
    await vi.advanceTimersByTimeAsync(0);
    expect(sent).toHaveLength(2);
  });

  it('that sets something off is made once for everybody who asks, though the same person asks the same', async () => {
    const { sent, open } = fakeProcess(async () => ({ queryId: `q${sent.length}` }));
    const started = vi.fn(() => () => undefined);
    const query = { logGroupNames: ['g'], queryString: 'fields @message', startTime: 0, endTime: 1 };
    const begun = [1, 2].map(() => open({ started }).logs.startQuery(query));
    expect(await Promise.all(begun)).toEqual([{ queryId: 'q1' }, { queryId: 'q2' }]);
    expect(sent).toEqual(['startQuery', 'startQuery']);
    expect(started).toHaveBeenCalledTimes(2);
  });

  it('that hangs is given up after its own time', async () => {
    const { open } = fakeProcess(hang);
    const failure = open()
      .ecs.listTasks({})
      .catch((error: unknown) => failureOf(error));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(await failure).toEqual({
      reason: 'Timeout',
      name: 'TimeoutError',
      message: 'ecs:ListTasks was not answered within 5 seconds',
    });
  });

  it('that searches logs is given more time', async () => {
    const { open } = fakeProcess(hang);
    let over = false;
    const failure = open()
      .logs.filterLogEvents({ logGroupName: 'g' })
      .catch(() => {
        over = true;
      });
    await vi.advanceTimersByTimeAsync(14_900);
    expect(over).toBe(false);
    await vi.advanceTimersByTimeAsync(100);
    await failure;
    expect(over).toBe(true);
  });

  it('is not begun for a question whose time is up already', async () => {
    const { sent, open } = fakeProcess();
    const aborted = open({ signal: AbortSignal.abort() });
    await expect(aborted.ecs.listTasks({})).rejects.toMatchObject({ reason: 'Timeout' });
    expect(sent).toEqual([]);
  });
});

it('a call that gets no turn in time says that the limit is our own', async () => {
  const { sent, open } = fakeProcess();
  await Promise.all(Array.from({ length: 25 }, (_, n) => open().ecs.listTasks({ cluster: `c${n}` })));
  const leaving = new AbortController();
  const failure = open({ signal: leaving.signal })
    .ecs.listTasks({ cluster: 'last' })
    .catch((error: unknown) => failureOf(error));
  await vi.advanceTimersByTimeAsync(100);
  leaving.abort();
  expect(await failure).toMatchObject({
    reason: 'Throttled',
    name: 'BudgetExceeded',
    message: expect.stringContaining(
      'keeps to a quarter of the rate that AWS allows account 222222222222 in us-east-1',
    ),
  });
  expect(sent).toHaveLength(25);
});

it('a call that gets no session in time does not blame the budget', async () => {
  const { open, sent } = fakeProcess();
  const question = new AbortController();
  const never = { credentials: () => new Promise<never>(() => undefined) };
  const answer = open({ signal: question.signal }, never).ecs.listTasks({});
  const failure = answer.catch((error: unknown) => failureOf(error));
  await vi.advanceTimersByTimeAsync(1);
  question.abort();
  expect(await failure).toMatchObject({
    reason: 'Timeout',
    message: expect.stringMatching(
      /^ecs:ListTasks was not asked: the session for environment prod was not there/,
    ),
  });
  expect(sent).toEqual([]);
});

it('handles can be awaited and printed like any value', async () => {
  const { open } = fakeProcess();
  const { ecs } = await open();
  expect(await ecs).toBe(ecs);
});
