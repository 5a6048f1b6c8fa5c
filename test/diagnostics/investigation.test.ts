import { describe, expect, it } from 'vitest';
import { defineFact, type FactContext } from '#diagnostics/fact.ts';
import { investigate } from '#diagnostics/investigate.ts';
import { beginInvestigation, replayInvestigation } from '#diagnostics/investigation.ts';
import { beginAsking } from '#diagnostics/recorder.ts';
import { loadRun, saveRun } from '#diagnostics/snapshot.ts';
import type { Call, CallObserver, Session } from '#src/aws/aws.ts';

const target = {
  environment: 'prod',
  account: '222222222222',
  region: 'us-east-1',
  cluster: 'prod',
  service: 'api',
};
const scope = { now: new Date('2026-01-01T00:00:00Z') };

/** A session whose every call is answered by `answer`; it counts them. */
function sessionOf(answer: (call: Call) => unknown): { session: Session; calls: string[] } {
  const calls: string[] = [];
  const connect = (observer: CallObserver) => {
    const method = async (operation: string, input: unknown) => {
      const call = { service: 'ecs', operation, input };
      calls.push(operation);
      const ended = observer.started(call);
      await null;
      try {
        const result = answer(call);
        ended({});
        return result;
      } catch (error) {
        ended({ error });
        throw error;
      }
    };
    const ecs = new Proxy({}, { get: (_, name: string) => (input: unknown) => method(name, input) });
    return { ecs } as ReturnType<Session['connect']>;
  };
  const session: Session = { ...target, partition: 'aws', connect, inRegion: () => session };
  return { session, calls };
}

const call = (operation: 'listClusters' | 'listServices') => (context: FactContext) =>
  context.aws.ecs[operation]({});

const first = defineFact({ id: 'first', what: 'the first', actions: [], load: call('listClusters') });
const second = defineFact({
  id: 'second',
  what: 'the second',
  actions: [],
  load: async (context) => {
    await context.read(first);
    return call('listServices')(context);
  },
});
const beside = defineFact({
  id: 'beside',
  what: 'what needs both',
  actions: [],
  load: async (context) => {
    await Promise.all([context.read(first), context.read(second)]);
    return 'read';
  },
});

function begin(answer: (call: Call) => unknown = () => ({})) {
  const { session, calls } = sessionOf(answer);
  return { investigation: beginInvestigation({ target, scope, session, asking: beginAsking(1000) }), calls };
}

describe('an investigation', () => {
  it('reads a fact once, however many ask for it', async () => {
    const { investigation, calls } = begin();
    await Promise.all([
      investigation.settle(beside),
      investigation.settle(first),
      investigation.settle(second),
    ]);
    expect(calls).toEqual(['listClusters', 'listServices']);
  });

  it('counts waves by what waited for what', async () => {
    const { investigation } = begin();
    await Promise.all([investigation.settle(second), investigation.settle(beside)]);
    expect(investigation.calls.map(({ operation, wave }) => [operation, wave])).toEqual([
      ['listClusters', 1],
      ['listServices', 2],
    ]);
  });

  it('lets a refused call cost only what depends on it', async () => {
    const { investigation } = begin(({ operation }) => {
      if (operation !== 'listServices') return {};
      throw Object.assign(new Error('not authorized to perform: ecs:ListServices'), {
        name: 'AccessDeniedException',
      });
    });
    expect(await investigation.settle(first)).toMatchObject({ ok: true });
    expect(await investigation.settle(second)).toMatchObject({
      ok: false,
      failure: { reason: 'AccessDenied' },
    });
    expect(await investigation.settle(beside)).toMatchObject({
      ok: false,
      failure: { reason: 'AccessDenied' },
    });
  });

  it('turns an error that nobody foresaw into a failure of the fact', async () => {
    const broken = defineFact<never>({
      id: 'broken',
      what: 'a bug',
      actions: [],
      load: async () => {
        throw new TypeError('undefined is not a function');
      },
    });
    expect(await begin().investigation.settle(broken)).toMatchObject({
      ok: false,
      failure: { reason: 'Failed' },
    });
  });
});

describe('a saved run', () => {
  const dated = defineFact({
    id: 'dated',
    what: 'a date',
    actions: [],
    load: async () => ({
      at: new Date('2026-01-01T10:00:00Z'),
      text: '2026-01-01T10:00:00Z',
      none: undefined,
    }),
  });

  async function saved(): Promise<string> {
    const { investigation } = begin();
    await investigation.settle(dated);
    return saveRun({ target, scope, facts: await investigation.facts() });
  }

  it('gives back what was read, dates as dates and texts as texts', async () => {
    const replayed = replayInvestigation(loadRun(await saved()));
    const settled = await replayed.settle(dated);
    expect(settled).toEqual({
      ok: true,
      value: { at: new Date('2026-01-01T10:00:00Z'), text: '2026-01-01T10:00:00Z' },
    });
    expect(replayed.scope.now).toEqual(scope.now);
    expect(replayed.target).toEqual(target);
  });

  it('says of a fact that it does not hold that it is not saved', async () => {
    const replayed = replayInvestigation(loadRun(await saved()));
    expect(await replayed.settle(first)).toMatchObject({ ok: false, failure: { reason: 'NotSaved' } });
  });

  it('of a target that does not exist says what there is not', async () => {
    const message = 'There is no service api in cluster prod.';
    const facts = new Map([
      ['tasks', { failure: { message: 'refused', reason: 'AccessDenied' as const } }],
      ['service', { failure: { message, reason: 'NotFound' as const } }],
    ]);
    const inquiry = { command: 'why-stopped', checks: ['stopped-tasks', 'service-state'] };
    const asked = investigate(replayInvestigation({ target, scope, facts }), inquiry);
    await expect(asked).rejects.toMatchObject({ reason: 'NotFound', message });
  });

  it('holds no secret that a text carried', async () => {
    const leaky = defineFact({
      id: 'leaky',
      what: 'a text',
      actions: [],
      load: async () => ({ message: 'postgres://app:hunter2hunter2@db.internal/app' }),
    });
    const { investigation } = begin();
    await investigation.settle(leaky);
    expect(await saveRun({ target, scope, facts: await investigation.facts() })).not.toContain(
      'hunter2hunter2',
    );
  });

  it.each([
    ['not JSON', '{', /not JSON/],
    ['another file', '{"a":1}', /no saved facts/],
  ])('that is %s is refused in a sentence', (_, text, message) => {
    expect(() => loadRun(text)).toThrow(message);
  });
});
