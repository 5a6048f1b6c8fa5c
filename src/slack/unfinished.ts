import { setTimeout as sleep } from 'node:timers/promises';
import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { Posted, Poster } from './post.ts';
import { cutOffMessage } from './text.ts';

/** Messages that say that something is looked at, until they say what was found. */
export interface Unfinished {
  add(client: WebClient, posted: Posted): void;
  /** Its answer is on the way. */
  done(posted: Posted): void;
  /** Says in each of them that nothing more comes. Resolves when that is said, or after `ms` milliseconds. */
  cutOff(ms: number): Promise<void>;
}

/** Nothing else would ever take "Looking at …" away: a new process does not know of it. */
export function createUnfinished({ poster, log }: { poster: Poster; log: Logger }): Unfinished {
  const messages = new Map<string, { client: WebClient; posted: Posted }>();
  const keyOf = ({ channel, ts }: Posted) => `${channel}:${ts}`;
  return {
    add(client, posted) {
      messages.set(keyOf(posted), { client, posted });
    },
    done(posted) {
      messages.delete(keyOf(posted));
    },
    async cutOff(ms) {
      const edits = [...messages.values()].map(({ client, posted }) =>
        poster.edit(client, posted, cutOffMessage()).catch((error: unknown) => {
          log.warn({ err: error }, 'A message that stays without an answer could not be edited');
        }),
      );
      messages.clear();
      if (edits.length === 0) return;
      const waiting = new AbortController();
      const late = sleep(ms, undefined, { signal: waiting.signal }).catch(() => undefined);
      await Promise.race([Promise.all(edits), late]);
      waiting.abort();
    },
  };
}
