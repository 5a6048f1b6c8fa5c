import type { Clock } from './clock.ts';

/** How one method, or all of them (`*`), is to misbehave. */
export interface Fault {
  method: string;
  /** How often; without it, until the faults are cleared. */
  times?: number;
  /** Answers `{ok: false, error}`. */
  error?: string;
  /** Answers this HTTP status with an empty body. */
  status?: number;
  /** Answers later. */
  delayMs?: number;
  /** Never answers. */
  hang?: boolean;
  /** Answers 429 with this many seconds in Retry-After. */
  retryAfter?: number;
}

export interface Faults {
  add(fault: Fault): void;
  clear(): void;
  /** Holds every method to its documented rate from now on. */
  enforceRates(on: boolean): void;
  /** What is to happen to a call that arrives now; undefined for nothing. Rates are counted by `key`. */
  take(method: string, tier: Tier, key: string): Fault | undefined;
}

/**
 * Calls a minute: Slack's tiers 2 to 4, 60 a channel for chat.postMessage (about one a second, bursts
 * tolerated), and 0 for the other special rates, which have no number.
 */
export type Tier = 0 | 20 | 50 | 60 | 100;

export function createFaults(clock: Clock): Faults {
  const faults: Fault[] = [];
  const recent = new Map<string, number[]>();
  let enforced = false;

  function overRate(method: string, tier: Tier, key: string): Fault | undefined {
    if (!enforced || tier === 0) return undefined;
    const since = clock.now() - 60_000;
    const times = (recent.get(key) ?? []).filter((at) => at > since);
    const oldest = times[0];
    if (oldest !== undefined && times.length >= tier) {
      return { method, retryAfter: Math.max(1, Math.ceil((oldest - since) / 1000)) };
    }
    recent.set(key, [...times, clock.now()]);
    return undefined;
  }

  return {
    add: (fault) => faults.push({ ...fault }),
    clear() {
      faults.length = 0;
      enforced = false;
      recent.clear();
    },
    enforceRates(on) {
      enforced = on;
    },
    take(method, tier, key) {
      const index = faults.findIndex((fault) => fault.method === method || fault.method === '*');
      const fault = faults[index];
      if (fault === undefined) return overRate(method, tier, key);
      if (fault.times !== undefined) {
        fault.times -= 1;
        if (fault.times <= 0) faults.splice(index, 1);
      }
      return { ...fault };
    },
  };
}
