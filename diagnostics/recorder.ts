import type { Aws, Call, CallObserver, Session } from '#src/aws/aws.ts';
import { failureOf } from '#src/aws/failure.ts';
import { FactFailure } from './fact.ts';

/** A call as it was made, for the audit and for `--save-facts`. */
export interface RecordedCall extends Call {
  startedAt: Date;
  ms?: number;
  /** 1 for a call that waited for no other, else one more than the deepest call it waited for. */
  wave: number;
  error?: string;
}

/** Where in the sequence of calls a fact stands; mutable, since it deepens as the fact loads. */
export interface Depth {
  wave: number;
}

/** All that is asked of AWS for one answer: finding the target, and every investigation on the way to it. */
export interface Asking {
  calls: RecordedCall[];
  /** Aborts what is under way when the time for the answer is up. */
  signal: AbortSignal;
  /** As of `performance.now()`. */
  began: number;
}

/**
 * @param deadline milliseconds for the whole answer
 * @param cancelled aborts where whoever asked wants no more of it
 */
export function beginAsking(deadline: number, cancelled?: AbortSignal): Asking {
  const late = AbortSignal.timeout(deadline);
  const signal = cancelled ? AbortSignal.any([late, cancelled]) : late;
  return { calls: [], signal, began: performance.now() };
}

/** For ending what was begun at AWS, when the time for everything else is up. Milliseconds. */
const endingDeadline = 3_000;

/** Aborts a little after the signal; where that has aborted already, nothing is begun any more. */
function soonAfter(signal: AbortSignal): AbortSignal {
  if (signal.aborted) return signal;
  const ended = new AbortController();
  const end = () => setTimeout(() => ended.abort(signal.reason), endingDeadline).unref();
  signal.addEventListener('abort', end, { once: true });
  return ended.signal;
}

/** Where a call stands that waits for all that has been asked so far. */
export function afterAll({ calls }: Pick<Asking, 'calls'>): Depth {
  return { wave: Math.max(0, ...calls.map(({ wave }) => wave)) };
}

export interface Recorder {
  /** Handles to AWS whose calls count from this depth on. */
  connect(depth: Depth, region?: string): Aws;
  /** As `connect`; a call under way when the time is up has a few seconds more. */
  beginning(depth: Depth, region?: string): Aws;
  /** As `connect`, for calls that come after the time for the answer is up. */
  ending(depth: Depth, region?: string): Aws;
  /** Turns whatever a load threw into a failure that names the refused action. */
  failure(error: unknown): FactFailure;
}

/**
 * Records every call made for an answer. Waves are counted by cause, not by clock: a call's wave is one more
 * than that of the deepest call whose answer its fact had already waited for.
 */
export function createRecorder(session: Session, { calls, signal }: Asking): Recorder {
  function observe(depth: Depth, until: AbortSignal): CallObserver {
    return {
      signal: until,
      started(call) {
        const record: RecordedCall = { ...call, startedAt: new Date(), wave: depth.wave + 1 };
        const began = performance.now();
        calls.push(record);
        return ({ error }) => {
          record.ms = performance.now() - began;
          depth.wave = Math.max(depth.wave, record.wave);
          if (error !== undefined) record.error = error instanceof Error ? error.name : String(error);
        };
      },
    };
  }

  function connect(depth: Depth, region: string | undefined, until: AbortSignal): Aws {
    const place = region === undefined || region === session.region ? session : session.inRegion(region);
    return place.connect(observe(depth, until));
  }

  return {
    connect: (depth, region) => connect(depth, region, signal),
    beginning: (depth, region) => connect(depth, region, soonAfter(signal)),
    ending: (depth, region) => connect(depth, region, AbortSignal.timeout(endingDeadline)),
    failure(error) {
      if (error instanceof FactFailure) return error;
      const { message, reason, action, fix } = failureOf(error);
      // Without a session nothing else is worth saying: why there is none, and what to change.
      if (action?.startsWith('sts:'))
        return new FactFailure([message, fix].filter(Boolean).join(' '), 'Credentials');
      return new FactFailure(message, reason, action);
    },
  };
}
