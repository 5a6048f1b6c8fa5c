/** The workspace's time. Tests move it on instead of waiting. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Runs `action` once, `ms` from now; the answer takes it back. */
  after(ms: number, action: () => void): () => void;
  /** Moves the time on by `ms` and runs what falls due meanwhile. */
  advance(ms: number): void;
  /** Drops everything that is still to come. */
  stop(): void;
}

interface Timer {
  due: number;
  action: () => void;
  handle: NodeJS.Timeout;
}

export function createClock(): Clock {
  const timers = new Set<Timer>();
  let ahead = 0;
  const now = () => Date.now() + ahead;

  function fire(timer: Timer): void {
    clearTimeout(timer.handle);
    if (timers.delete(timer)) timer.action();
  }

  function after(ms: number, action: () => void): () => void {
    const timer: Timer = { due: now() + ms, action, handle: setTimeout(() => fire(timer), ms) };
    timer.handle.unref();
    timers.add(timer);
    return () => {
      clearTimeout(timer.handle);
      timers.delete(timer);
    };
  }

  function advance(ms: number): void {
    ahead += ms;
    const due = [...timers].filter((timer) => timer.due <= now()).sort((a, b) => a.due - b.due);
    for (const timer of due) fire(timer);
    for (const timer of timers) {
      clearTimeout(timer.handle);
      timer.handle = setTimeout(() => fire(timer), timer.due - now());
      timer.handle.unref();
    }
  }

  function stop(): void {
    for (const timer of timers) clearTimeout(timer.handle);
    timers.clear();
  }

  return { now, after, advance, stop };
}

/** Ids and message timestamps, in order of their making and never twice. */
export interface Ids {
  /** An id with Slack's prefix letter, such as V0000000A. */
  next(prefix: string): string;
  /** A message timestamp, `seconds.micros`, unique in the workspace. */
  ts(): string;
}

export function createIds(clock: Clock): Ids {
  let count = 0;
  let lastMicros = 0;
  return {
    next(prefix) {
      count += 1;
      return prefix + count.toString(36).toUpperCase().padStart(8, '0');
    },
    ts() {
      lastMicros = Math.max(clock.now() * 1000, lastMicros + 1);
      const micros = String(lastMicros % 1_000_000).padStart(6, '0');
      return `${Math.floor(lastMicros / 1_000_000)}.${micros}`;
    },
  };
}
