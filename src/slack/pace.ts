import { setTimeout as sleep } from 'node:timers/promises';

/** Takes turns per key: a burst at once, then an even pace. Order of arrival is kept per key. */
export interface Pace {
  /** Resolves when it is the caller's turn. */
  turn(key: string): Promise<void>;
  /** Nobody has a turn with this key for `ms` milliseconds. */
  pause(key: string, ms: number): void;
}

export interface PaceOptions {
  /** Milliseconds between turns once the burst is used up. */
  every: number;
  burst: number;
  now?: () => number;
  wait?: (ms: number) => Promise<unknown>;
}

/** Slack allows about one message a second and channel, and tolerates bursts (rate limits, "special tier"). */
export function createPace({ every, burst, now = Date.now, wait = sleep }: PaceOptions): Pace {
  // The time at which the bucket of a key is full again, as in the generic cell rate algorithm.
  const full = new Map<string, number>();
  const paused = new Map<string, number>();
  const last = new Map<string, Promise<void>>();

  async function admit(key: string): Promise<void> {
    for (let time = now(); ; time = now()) {
      const until = paused.get(key) ?? 0;
      const earliest = Math.max(until, (full.get(key) ?? 0) - every * (burst - 1));
      if (earliest <= time) break;
      await wait(earliest - time);
    }
    paused.delete(key);
    full.set(key, Math.max(full.get(key) ?? 0, now()) + every);
  }

  function forgetFull(): void {
    const time = now();
    for (const [key, at] of full) if (at <= time) full.delete(key);
  }

  return {
    async turn(key) {
      const mine = (last.get(key) ?? Promise.resolve()).then(() => admit(key));
      last.set(key, mine);
      await mine;
      if (last.get(key) === mine) last.delete(key);
      if (full.size > 1_000) forgetFull();
    },
    pause(key, ms) {
      paused.set(key, Math.max(paused.get(key) ?? 0, now() + ms));
    },
  };
}
