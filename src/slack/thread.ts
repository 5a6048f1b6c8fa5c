import type { WebClient } from '@slack/web-api';
import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Request } from '#commands/command.ts';
import { requestOfOwn } from './own-message.ts';
import type { Identity } from './people.ts';
import type { Place, Posted } from './post.ts';
import type { ReadableMessage } from './read-message.ts';
import { slackErrorCode } from './slack-error.ts';
import { lasting } from './state.ts';

/** What a thread is about. */
export interface ThreadTarget {
  /** What its first message of ours was asked. */
  request?: Request;
  /** The message that the thread hangs under, when no message of ours says what it is about. */
  root?: ReadableMessage;
}

export interface Threads {
  /** Saves the call when somebody asks in that thread. */
  remember(posted: Posted, request: Request): void;
  /** Slack is asked what the thread is about; empty where it does not say. */
  target(client: WebClient, thread: Required<Place>): Promise<ThreadTarget>;
}

const repliesShape = z.array(
  z.object({
    text: z.string().optional(),
    blocks: z.unknown().optional(),
    attachments: z.unknown().optional(),
    metadata: z.unknown().optional(),
    bot_id: z.string().optional(),
    user: z.string().optional(),
  }),
);

/** Slack may cut conversations.replies to 15 messages a call. */
const firstReplies = 15;

export function createThreads({ log, identity }: { log: Logger; identity: () => Identity }): Threads {
  const known = new LRUCache<string, Request>({ max: 5_000 });
  // A reply may be about less than its thread, or not the first: it serves only where the thread cannot be read.
  const guesses = new LRUCache<string, Request>({ max: 5_000 });

  return {
    remember({ channel, ts, threadTs }, asked) {
      const request = lasting(asked);
      const key = `${channel}:${threadTs ?? ts}`;
      if (threadTs === undefined) known.set(key, request);
      else if (!guesses.has(key)) guesses.set(key, request);
    },

    async target(client, { channel, threadTs }) {
      const remembered = known.get(`${channel}:${threadTs}`);
      if (remembered !== undefined) return { request: remembered };
      const guess = guesses.get(`${channel}:${threadTs}`);
      try {
        const [root] = await read(client, channel, threadTs, 1);
        const own = root && requestOfOwn(root, identity());
        if (own !== undefined) {
          known.set(`${channel}:${threadTs}`, own);
          return { request: own };
        }
        const replies = await read(client, channel, threadTs, firstReplies);
        // Under somebody else's message our first answer names the target, as it does for a reader.
        const named = replies.map((reply) => requestOfOwn(reply, identity())).find((found) => found);
        const request = named ?? guess;
        if (request === undefined) return root === undefined ? {} : { root };
        known.set(`${channel}:${threadTs}`, request);
        return { request };
      } catch (error) {
        log.warn(
          { err: error, code: slackErrorCode(error) },
          'The first message of a thread could not be read',
        );
        return guess === undefined ? {} : { request: guess };
      }
    },
  };
}

async function read(client: WebClient, channel: string, ts: string, limit: number) {
  const { messages = [] } = await client.conversations.replies({
    channel,
    ts,
    limit,
    include_all_metadata: true,
  });
  return repliesShape.parse(messages);
}
