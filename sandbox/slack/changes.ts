/** Tells the page and waiting tests that something happened. */
export interface Changes<Event> {
  /** Passes `event` on to every listener and lets every waiting predicate look again. */
  emit(event: Event): void;
  /** Lets waiting predicates look again, without an event for the page. */
  touch(): void;
  subscribe(listener: (event: Event) => void): () => void;
  /**
   * Resolves with what `predicate` answers as soon as that is truthy: now, or after a later change.
   * Rejects after `timeoutMs` (10 s unless told), naming `what` was waited for.
   */
  until<T>(predicate: () => T, options?: WaitOptions): Promise<Truthy<T>>;
}

export interface WaitOptions {
  timeoutMs?: number;
  what?: string;
}

export type Truthy<T> = Exclude<T, false | undefined | null | 0 | ''>;

export function createChanges<Event>(): Changes<Event> {
  const listeners = new Set<(event: Event) => void>();
  const waiting = new Set<() => void>();

  function touch(): void {
    for (const look of [...waiting]) look();
  }

  function until<T>(predicate: () => T, options: WaitOptions = {}): Promise<Truthy<T>> {
    const { timeoutMs = 10_000, what = predicate.toString() } = options;
    return new Promise((resolve, reject) => {
      const timeout = setTimeout(() => {
        waiting.delete(look);
        reject(new Error(`Waited ${timeoutMs} ms in vain for: ${what}`));
      }, timeoutMs);
      function settle(action: () => void): void {
        clearTimeout(timeout);
        waiting.delete(look);
        action();
      }
      function look(): void {
        try {
          const found = predicate();
          if (isTruthy(found)) settle(() => resolve(found));
        } catch (error) {
          settle(() => reject(error));
        }
      }
      waiting.add(look);
      look();
    });
  }

  return {
    emit(event) {
      for (const listener of listeners) listener(event);
      touch();
    },
    touch,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    until,
  };
}

function isTruthy<T>(value: T): value is Truthy<T> {
  return Boolean(value);
}
