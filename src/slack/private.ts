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

/**
 * Bolt's respond has no limit of its own, milliseconds. What Slack is slow to confirm it mostly has taken, and another
 * way would say it twice: it is only gone when nothing but silence is left.
 */
const respondLimit = 30_000;

/** The response URL did not answer; whether it took the message is not known. */
class Silent extends Error {
  override name = 'Silent';
}

/**
 * The response URL first (works where the bot is no member; five uses in half an hour), then an ephemeral message,
 * then a direct message. A URL that is silent is not asked again.
 */
export function createTell({ client, poster, log, person, place, respond }: TellOptions): Tell {
  return async (message) => {
    let silent = false;
    const byUrl = async (shown: Message) => {
      if (respond === undefined || silent) return false;
      await answer(respond, shown, place);
      return true;
    };
    const ways: (() => Promise<boolean>)[] = [
      () => byUrl(message),
      () => byUrl({ text: plainText(message), blocks: [] }),
      async () => {
        if (place === undefined) return false;
        await poster.whisper(client, { ...place, user: person.id }, message);
        return true;
      },
      async () => {
        await poster.post(client, { channel: person.id }, message);
        return true;
      },
    ];
    for (const way of ways) {
      try {
        if (await way()) return;
      } catch (error) {
        silent ||= error instanceof Silent;
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
    timer = setTimeout(() => reject(new Silent('The response URL did not answer in time')), respondLimit);
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
