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

export function createWork({ concurrency, waiting, failed }: WorkOptions): Work {
  const queue: (() => Promise<void>)[] = [];
  let running = 0;
  let closed = false;
  let idlers: (() => void)[] = [];

  function next(): void {
    if (running === 0 && queue.length === 0) {
      for (const resolve of idlers) resolve();
      idlers = [];
    }
    if (running >= concurrency) return;
    const task = queue.shift();
    if (task === undefined) return;
    running += 1;
    // After what the event loop holds already: the acknowledgements that arrived meanwhile are written first.
    setImmediate(() => {
      task()
        .catch(failed)
        .finally(() => {
          running -= 1;
          next();
        });
    });
  }

  return {
    start(task) {
      if (closed || queue.length >= waiting) return false;
      queue.push(task);
      next();
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
