import type { RespondFn } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { Message } from '#blocks/message.ts';
import { plainText } from '#blocks/plain-text.ts';
import type { Person } from './people.ts';
import type { Place, Poster } from './post.ts';
import { slackErrorCode } from './slack-error.ts';

/** Says something to one person only, by whichever way is open. Never rejects. */
export type Tell = (message: Message) => Promise<void>;

export interface TellOptions {
  client: WebClient;
  poster: Poster;
  log: Logger;
  person: Person;
  /** The conversation; absent where there is none, as for a global shortcut. */
  place?: Place;
  respond?: RespondFn | undefined;
}

/** Bolt's respond has no limit of its own, milliseconds. */
const respondLimit = 10_000;

/**
 * The response URL first (works where the bot is no member; five uses in half an hour), then an ephemeral message,
 * then a direct message.
 */
export function createTell({ client, poster, log, person, place, respond }: TellOptions): Tell {
  return async (message) => {
    const ways: (() => Promise<unknown>)[] = [];
    if (respond !== undefined) {
      ways.push(() => answer(respond, message, place));
      ways.push(() => answer(respond, { text: plainText(message), blocks: [] }, place));
    }
    if (place !== undefined) ways.push(() => poster.whisper(client, { ...place, user: person.id }, message));
    ways.push(() => poster.post(client, { channel: person.id }, message));
    for (const way of ways) {
      try {
        await way();
        return;
      } catch (error) {
        log.warn({ err: error, code: slackErrorCode(error) }, 'A private answer did not go through this way');
      }
    }
    log.error({ user: person.id, channel: place?.channel }, 'A private answer did not go through at all');
  };
}

async function answer(
  respond: RespondFn,
  { text, blocks }: Message,
  place: Place | undefined,
): Promise<void> {
  const thread = place?.threadTs === undefined ? {} : { thread_ts: place.threadTs };
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('The response URL did not answer in time')), respondLimit);
  });
  const sent = respond({
    response_type: 'ephemeral',
    replace_original: false,
    parse: 'none',
    link_names: false,
    text,
    ...(blocks.length === 0 ? {} : { blocks }),
    ...thread,
  });
  try {
    await Promise.race([sent, late]);
  } finally {
    clearTimeout(timer);
  }
}
