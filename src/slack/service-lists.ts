import type { Logger } from 'pino';
import type { ServiceEntry } from './deps.ts';

/** Names of services for menus, from memory: a menu must answer in three seconds whatever AWS does. */
export interface ServiceLists {
  /** What is known now. `cold`: nothing is known yet. A list that is old, or missing, is read meanwhile. */
  get(environment: string): { services: readonly ServiceEntry[]; cold: boolean };
  /** Like `get`, but waits up to `ms` milliseconds where nothing is known yet. */
  wait(environment: string, ms: number): Promise<{ services: readonly ServiceEntry[]; cold: boolean }>;
  /** Reads the list if it is old. */
  warm(environment: string): void;
}

/** Older lists are still shown while they are read anew, milliseconds. */
const freshMs = 5 * 60_000;

export function createServiceLists({
  list,
  log,
  now = Date.now,
}: {
  list(environment: string): Promise<readonly ServiceEntry[]>;
  log: Logger;
  now?: () => number;
}): ServiceLists {
  const known = new Map<string, { services: readonly ServiceEntry[]; at: number }>();
  const reading = new Map<string, Promise<void>>();

  function warm(environment: string): Promise<void> {
    const fresh = known.get(environment);
    if (fresh !== undefined && now() - fresh.at < freshMs) return Promise.resolve();
    const under = reading.get(environment);
    if (under !== undefined) return under;
    const read = Promise.resolve()
      .then(() => list(environment))
      .then((services) => {
        known.set(environment, { services, at: now() });
      })
      .catch((error: unknown) => {
        log.warn({ err: error, environment }, 'The list of services could not be read');
      })
      .finally(() => reading.delete(environment));
    reading.set(environment, read);
    return read;
  }

  function get(environment: string) {
    void warm(environment);
    const entry = known.get(environment);
    return { services: entry?.services ?? [], cold: entry === undefined };
  }

  return {
    get,
    async wait(environment, ms) {
      const first = get(environment);
      if (!first.cold) return first;
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, ms);
      });
      await Promise.race([warm(environment), late]);
      clearTimeout(timer);
      return get(environment);
    },
    warm(environment) {
      void warm(environment);
    },
  };
}
