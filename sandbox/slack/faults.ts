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
  /** What is to happen to a call that arrives now; undefined for nothing. */
  take(method: string, tier: Tier): Fault | undefined;
}

/** Slack's tiers as calls a minute; 0 stands for special rates, which are not enforced. */
export type Tier = 0 | 20 | 50 | 100;

export function createFaults(clock: Clock): Faults {
  const faults: Fault[] = [];
  const recent = new Map<string, number[]>();
  let enforced = false;

  function overRate(method: string, tier: Tier): Fault | undefined {
    if (!enforced || tier === 0) return undefined;
    const since = clock.now() - 60_000;
    const times = (recent.get(method) ?? []).filter((at) => at > since);
    const oldest = times[0];
    if (oldest !== undefined && times.length >= tier) {
      return { method, retryAfter: Math.max(1, Math.ceil((oldest - since) / 1000)) };
    }
    recent.set(method, [...times, clock.now()]);
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
    take(method, tier) {
      const index = faults.findIndex((fault) => fault.method === method || fault.method === '*');
      const fault = faults[index];
      if (fault === undefined) return overRate(method, tier);
      if (fault.times !== undefined) {
        fault.times -= 1;
        if (fault.times <= 0) faults.splice(index, 1);
      }
      return { ...fault };
    },
  };
}
