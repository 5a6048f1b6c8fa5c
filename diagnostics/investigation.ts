import type { Session } from '#src/aws/aws.ts';
import { type FactContext, FactFailure, type FactSource, type Scope, type Settled } from './fact.ts';
import {
  type Asking,
  afterAll,
  createRecorder,
  type Depth,
  type RecordedCall,
  type Recorder,
} from './recorder.ts';
import type { Details, Target } from './report.ts';
import { factKey, type SavedFacts, type SavedRun } from './snapshot.ts';

/** One investigation's facts: each is read once, and its promise remembered. */
export interface Investigation {
  target: Target;
  scope: Scope;
  settle<Value, Key>(source: FactSource<Value, Key>, key?: Key): Promise<Settled<Value>>;
  /** Those before it too, that found its target. */
  calls: readonly RecordedCall[];
  /** Milliseconds since the first was asked. */
  elapsed(): number;
  /** Hears what facts tell while they load. */
  hear(listener: (told: Partial<Details>) => void): void;
  /** Every fact read so far, for a saved run. */
  facts(): Promise<SavedFacts>;
}

interface Loaded {
  result: Settled<unknown>;
  wave: number;
}

interface Options {
  target: Target;
  scope: Scope;
  session: Session;
  /** What has been asked for this answer already, and how long it may take. */
  asking: Asking;
}

/** Begins an investigation against AWS. */
export function beginInvestigation({ target, scope, session, asking }: Options): Investigation {
  const recorder = createRecorder(session, asking);
  return investigationOver(
    target,
    scope,
    asking,
    async (source, key, context) => {
      try {
        return { ok: true, value: await source.load(context, key) };
      } catch (error) {
        return { ok: false, failure: recorder.failure(error) };
      }
    },
    recorder,
  );
}

/** Judges a saved run again: every fact comes from the file, and AWS is asked nothing. */
export function replayInvestigation(saved: SavedRun): Investigation {
  return investigationOver(saved.target, saved.scope, nothingAsked(), async (source, key) => {
    const fact = saved.facts.get(factKey(source.id, key));
    if (fact === undefined) {
      return { ok: false, failure: new FactFailure(`${source.what} is not in the saved run`, 'NotSaved') };
    }
    if ('value' in fact) return { ok: true, value: fact.value };
    return {
      ok: false,
      failure: new FactFailure(fact.failure.message, fact.failure.reason, fact.failure.missing),
    };
  });
}

function nothingAsked(): Asking {
  return { calls: [], signal: new AbortController().signal, began: performance.now() };
}

// biome-ignore lint/suspicious/noExplicitAny: the memo holds facts of every type; read() gives each its own back
type Loader = (source: FactSource<any, any>, key: any, context: FactContext) => Promise<Settled<unknown>>;

function investigationOver(
  target: Target,
  scope: Scope,
  { calls, signal, began }: Asking,
  load: Loader,
  recorder?: Recorder,
): Investigation {
  const { wave: before } = afterAll({ calls });
  const memo = new Map<string, Promise<Loaded>>();
  let listener: ((told: Partial<Details>) => void) | undefined;

  /** @param after the wave that whoever asks first has waited for: a fact whose key came of an answer begins behind it */
  function remember(source: FactSource<unknown, unknown>, key: unknown, after: number): Promise<Loaded> {
    const id = factKey(source.id, key);
    const known = memo.get(id);
    if (known) return known;
    const depth: Depth = { wave: after };
    const loading = load(source, key, contextAt(depth)).then((result) => ({ result, wave: depth.wave }));
    memo.set(id, loading);
    return loading;
  }

  function contextAt(depth: Depth): FactContext {
    async function settle(source: FactSource<unknown, unknown>, key?: unknown): Promise<Settled<unknown>> {
      const loaded = await remember(source, key, depth.wave);
      depth.wave = Math.max(depth.wave, loaded.wave);
      return loaded.result;
    }
    async function read(source: FactSource<unknown, unknown>, key?: unknown): Promise<unknown> {
      const result = await settle(source, key);
      if (!result.ok) throw result.failure;
      return result.value;
    }
    function connected(): Recorder {
      if (!recorder) throw new FactFailure('AWS is not asked when a saved run is judged again', 'NotSaved');
      return recorder;
    }
    return {
      target,
      scope,
      signal,
      get aws() {
        return connected().connect(depth);
      },
      awsIn: (region) => connected().connect(depth, region),
      beginning: (region) => connected().beginning(depth, region),
      ending: (region) => connected().ending(depth, region),
      tell: (told) => listener?.(told),
      settle: settle as FactContext['settle'],
      read: read as FactContext['read'],
    };
  }

  return {
    target,
    scope,
    calls,
    settle: async <Value, Key>(source: FactSource<Value, Key>, key?: Key) =>
      (await remember(source as FactSource<unknown, unknown>, key, before)).result as Settled<Value>,
    elapsed: () => performance.now() - began,
    hear(hearer) {
      listener = hearer;
    },
    async facts() {
      const entries = await Promise.all(
        [...memo].map(async ([id, loaded]) => [id, (await loaded).result] as const),
      );
      return new Map(
        entries.map(([id, result]) => [
          id,
          result.ok
            ? { value: result.value }
            : {
                failure: {
                  message: result.failure.message,
                  reason: result.failure.reason,
                  missing: result.failure.missing,
                },
              },
        ]),
      );
    },
  };
}
