import { describe, expect, it } from 'vitest';
import { CannotLook, type CommandContext, type Request, UsageError } from '#commands/command.ts';
import { locate } from '#commands/locate.ts';
import type { CallObserver, Session } from '#src/aws/aws.ts';
import { AwsFailure } from '#src/aws/failure.ts';

const task = '0123456789abcdef0123456789abcdef';
const about = { account: '222222222222', region: 'us-east-1' };

type Answers = Partial<
  Record<'listServices' | 'listTaskDefinitionFamilies', (input: { cluster?: string }) => Promise<object>>
>;

/** Two clusters, without services and families unless told. */
function context(ecs: Answers = {}): CommandContext {
  const answers = { listServices: async () => ({}), listTaskDefinitionFamilies: async () => ({}), ...ecs };
  const session = { ...about, connect: () => ({ ecs: answers }) } as object as Session;
  return {
    environments: [{ name: 'prod', ...about, clusters: ['blue', 'green'] }],
    session: () => session,
    now: new Date(0),
    deadline: 1_000,
  };
}

function ask(service: string, options: Request['options'] = {}): Request {
  return { command: 'why-stopped', service, environment: 'prod', options };
}

async function failure(request: Request, given: CommandContext): Promise<Error> {
  const answer = await locate(request, given).catch((error: unknown) => error);
  if (answer instanceof Error) return answer;
  throw new Error('It was located');
}

describe('a region', () => {
  it.each([
    ['mars-1', '“mars-1” is not the name of a region.'],
    ['us-east', '“us-east” is not the name of a region.'],
    ['US-EAST-1', '“US-EAST-1” is not the name of a region.'],
    ['cn-north-1', 'cn-north-1 is in another partition of AWS than prod'],
  ])('%s is a mistake, and what would be right is said', async (region, begins) => {
    const error = await failure(ask('api', { region }), context());
    expect(error).toBeInstanceOf(UsageError);
    expect(error.message.startsWith(begins)).toBe(true);
    expect((error as UsageError).suggestions[0]).toBe('why-stopped api prod');
  });

  it('of the same partition is gone to', async () => {
    const asked: (string | undefined)[] = [];
    const given = context();
    const session = (name: string, region?: string) => {
      asked.push(region);
      return given.session(name, region);
    };
    await locate(ask('api', { region: 'eu-west-1', cluster: 'blue' }), { ...given, session });
    expect(asked).toEqual(['eu-west-1']);
  });
});

describe('in an environment of several clusters', () => {
  it.each([
    ['a task id', ask(task), task],
    ['a family', ask('nightly', { family: 'nightly' }), 'nightly'],
  ])('%s needs its cluster named', async (_what, request, typed) => {
    const error = await failure(request, context());
    expect(error).toBeInstanceOf(UsageError);
    expect(error.message).toBe('In which cluster of prod: blue or green? Add --cluster NAME.');
    expect((error as UsageError).suggestions).toEqual([
      `why-stopped ${typed} prod --cluster blue`,
      `why-stopped ${typed} prod --cluster green`,
    ]);
  });

  it('a name that turns out to be a family needs it too', async () => {
    const given = context({ listTaskDefinitionFamilies: async () => ({ families: ['nightly'] }) });
    expect((await failure(ask('nightly'), given)).message).toContain('blue or green');
  });

  it('the cluster that is named is taken', async () => {
    const found = await locate(ask(task, { cluster: 'green' }), context());
    expect(found).toMatchObject({ place: { target: { cluster: 'green', task } } });
  });
});

describe('an ARN or address without an environment', () => {
  const environments = [
    { name: 'blue', ...about, clusters: ['blue'] },
    { name: 'green', ...about, clusters: ['green'] },
    { name: 'rest', ...about },
    { name: 'far', ...about, region: 'eu-west-1' },
    { name: 'other', account: '333333333333', region: 'us-east-1', clusters: ['red'] },
  ];
  const arn = (place: string, cluster: string) => `arn:aws:ecs:${place}:service/${cluster}/api`;
  it.each([
    ['the one that names the cluster', arn('us-east-1:222222222222', 'green'), 'green'],
    ['the one that is open for every cluster', arn('us-east-1:222222222222', 'violet'), 'rest'],
    ['the one of the region', arn('eu-west-1:222222222222', 'green'), 'far'],
    ['one of the account', arn('ap-south-1:222222222222', 'violet'), 'blue'],
    [
      'by its cluster alone',
      'https://us-east-1.console.aws.amazon.com/ecs/v2/clusters/red/services/api',
      'other',
    ],
  ])('means %s', async (_what, service, expected) => {
    const asked: string[] = [];
    const given = context();
    const session = (name: string) => {
      asked.push(name);
      return given.session(name);
    };
    const request = { command: 'why-stopped', service, options: {} };
    await locate(request, { ...given, environments, session }).catch(() => undefined);
    expect(asked).toEqual([expected]);
  });
});

describe('what may not be listed is not said to be absent', () => {
  const denied = async () => {
    throw new AwsFailure({
      reason: 'AccessDenied',
      name: 'AccessDeniedException',
      action: 'ecs:ListX',
      message: 'no',
    });
  };
  it.each([
    ['services', { listServices: denied }],
    ['task families', { listTaskDefinitionFamilies: denied }],
  ])('%s', async (what, ecs) => {
    const error = await failure(ask('api'), context(ecs));
    expect(error).toBeInstanceOf(CannotLook);
    expect(error.message).toContain(
      `the ${what} of prod (222222222222, us-east-1) could not be listed: not allowed to call ecs:ListX`,
    );
  });
});

it.each(['a" || $.x = "', 'a b', 'nightly:3', 'a'.repeat(256)])(
  'what cannot be a family is not asked about: %s',
  async (family) => {
    const error = await failure(ask('nightly', { family, cluster: 'blue' }), context());
    expect(error).toBeInstanceOf(UsageError);
    expect(error.message).toContain('cannot be the name of a task definition family');
  },
);

describe('where one of several clusters cannot be listed', () => {
  const arn = (cluster: string, service: string) =>
    `arn:aws:ecs:us-east-1:222222222222:service/${cluster}/${service}`;
  const partly = (error: unknown) =>
    context({
      listServices: async ({ cluster }) => {
        if (cluster === 'green') throw error;
        return { serviceArns: [arn('blue', 'api'), arn('blue', 'api-internal'), arn('blue', 'web')] };
      },
      listTaskDefinitionFamilies: async () => ({ families: ['billing'] }),
    });
  const denied = new AwsFailure({
    reason: 'AccessDenied',
    name: 'AccessDeniedException',
    action: 'ecs:ListServices',
    message: 'no',
  });
  const note = 'Not all services of cluster green are known: not allowed to call ecs:ListServices.';

  it.each(['billing', 'nowhere'])('%s is not said to be absent', async (typed) => {
    const error = await failure(ask(typed), partly(denied));
    expect(error).toBeInstanceOf(CannotLook);
    expect(error.message).toBe(
      `No service “${typed}” was found in what could be listed of prod (222222222222, us-east-1). ${note}`,
    );
  });

  it.each([
    ['web', 'web', note],
    ['wep', 'web', `Read “wep” as web. ${note}`],
  ])('%s of another counts, and what was not seen is said', async (typed, service, expected) => {
    const found = await locate(ask(typed), partly(denied));
    expect(found).toMatchObject({ place: { target: { cluster: 'blue', service } }, note: expected });
  });

  it('so is it where several fit', async () => {
    expect(await locate(ask('ap'), partly(denied))).toMatchObject({ kind: 'several', note });
  });

  it('one that does not exist hides nothing', async () => {
    const absent = new AwsFailure({ reason: 'NotFound', name: 'ClusterNotFoundException', message: 'no' });
    expect(await failure(ask('nowhere'), partly(absent))).toBeInstanceOf(UsageError);
  });

  it('one of more services than are listed may hold the name', async () => {
    const endless = context({
      listServices: async () => ({ serviceArns: [arn('blue', 'web')], nextToken: 'more' }),
    });
    const error = await failure(ask('billing'), endless);
    expect(error).toBeInstanceOf(CannotLook);
    expect(error.message).toContain('cluster blue are known: it has more than 2000 services.');
  });
});

it('a look-up ends with the time for the answer, and its calls are counted', async () => {
  const asking = { calls: [], signal: AbortSignal.abort(), began: 0 };
  const observers: CallObserver[] = [];
  const given = context();
  const session = given.session('prod');
  const connect = (observer: CallObserver) => {
    observers.push(observer);
    observer.started({ service: 'ecs', operation: 'ListX', input: {} })({});
    return session.connect(observer);
  };
  await locate(ask('api'), { ...given, session: () => ({ ...session, connect }) }, asking).catch(() => {});
  expect(observers.map(({ signal }) => signal)).toEqual([asking.signal, asking.signal]);
  expect(asking.calls).toMatchObject([{ wave: 1 }, { wave: 2 }]);
});
