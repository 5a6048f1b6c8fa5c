/** What is done after the acknowledgement: bounded, so that acknowledgements never wait for it. */
export interface Work {
  /** Starts the task soon. False when too much waits already: then nothing is kept of it. */
  start(task: () => Promise<void>): boolean;
  /** Tasks in work and waiting. */
  size(): number;
  /** No task is started any more; those that wait are dropped. */
  close(): void;
  /** Resolves when nothing is in work, or after `ms` milliseconds; true when nothing is left. */
  idle(ms: number): Promise<boolean>;
}

export interface WorkOptions {
  /** Tasks in work at the same time. */
  concurrency: number;
  /** Tasks that may wait beyond that. */
  waiting: number;
  /** Told of an error that a task let through; tasks are expected to handle their own. */
  failed(error: unknown): void;
}

/** A turn of the event loop that took longer than this has enough to do already, milliseconds. */
const busyTurnMs = 10;

export function createWork({ concurrency, waiting, failed }: WorkOptions): Work {
  const queue: (() => Promise<void>)[] = [];
  let running = 0;
  let closed = false;
  let starting = false;
  let idlers: (() => void)[] = [];

  /**
   * Begins what waits, one task a turn, and none while turns are long: commands that arrive meanwhile are
   * acknowledged in between, and a burst of them costs patience instead of acknowledgements.
   */
  async function begin(): Promise<void> {
    if (starting) return;
    starting = true;
    while (queue.length > 0 && running < concurrency) {
      const took = await turn();
      if (took > busyTurnMs && running > 0) continue;
      const task = queue.shift();
      if (task !== undefined) void carryOut(task);
    }
    starting = false;
  }

  async function carryOut(task: () => Promise<void>): Promise<void> {
    running += 1;
    try {
      await task();
    } catch (error) {
      failed(error);
    }
    running -= 1;
    void begin();
    if (running > 0 || queue.length > 0) return;
    for (const resolve of idlers) resolve();
    idlers = [];
  }

  return {
    start(task) {
      if (closed || queue.length >= waiting) return false;
      queue.push(task);
      void begin();
      return true;
    },
    size: () => running + queue.length,
    close() {
      closed = true;
      queue.length = 0;
    },
    idle(ms) {
      if (running === 0 && queue.length === 0) return Promise.resolve(true);
      return new Promise((resolve) => {
        const timer = setTimeout(() => resolve(false), ms);
        idlers.push(() => {
          clearTimeout(timer);
          resolve(true);
        });
      });
    },
  };
}

/** Lets the event loop go round once, and says how long that took, in milliseconds. */
function turn(): Promise<number> {
  const began = performance.now();
  return new Promise((resolve) => {
    setImmediate(() => resolve(performance.now() - began));
  });
}
