import { setTimeout as sleep } from 'node:timers/promises';
import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import { clamp } from '#blocks/escape.ts';
import { slack } from '#blocks/limits.ts';
import type { Message } from '#blocks/message.ts';
import { plainText } from '#blocks/plain-text.ts';

import { detailOf, type Form, literal, postMessage, updateMessage } from './chat-calls.ts';
import { wordsOf } from './message-words.ts';
import { createPace, type Pace } from './pace.ts';
import {
  isBadForm,
  isBadMetadata,
  isCannotPost,
  isGone,
  retryAfterSeconds,
  slackErrorCode,
} from './slack-error.ts';
import { spoken } from './spoken.ts';
import type { TargetMetadata } from './state.ts';

/** Where a message goes. */
export interface Place {
  channel: string;
  /** The first message of the thread. */
  threadTs?: string;
}

export interface Posted extends Place {
  ts: string;
}

export interface File {
  name: string;
  content: string;
  title?: string;
}

/** The bot may not write in that conversation; `code` is Slack's name of the reason. */
export class CannotPost extends Error {
  override name = 'CannotPost';
  readonly code: string;
  constructor(code: string) {
    super(`Slack does not let this app post there: ${code}`);
    this.code = code;
  }
}

export interface Poster {
  /** @throws CannotPost where the conversation is closed to the bot. */
  post(client: WebClient, place: Place, message: Message, metadata?: TargetMetadata): Promise<Posted>;
  /** Edits in place; a message that is gone is posted anew. @throws CannotPost */
  edit(client: WebClient, posted: Posted, message: Message, metadata?: TargetMetadata): Promise<Posted>;
  /** An edit that may be left out: it is, when Slack has enough to do. True when it was made. */
  editIfFree(
    client: WebClient,
    posted: Posted,
    message: Message,
    metadata?: TargetMetadata,
  ): Promise<boolean>;
  remove(client: WebClient, posted: Posted): Promise<boolean>;
  /** A text file in a thread. False, and a line in the log, when Slack does not take it. */
  file(client: WebClient, place: Place, file: File): Promise<boolean>;
  /** Only `user` sees it. Blocks that work in ephemeral messages only. @throws CannotPost */
  whisper(client: WebClient, place: Place & { user: string }, message: Message): Promise<void>;
}

export interface PosterOptions {
  log: Logger;
  now?: () => number;
  wait?: (ms: number) => Promise<unknown>;
}

/** Slack's 429 is waited for up to this long in all, milliseconds. */
const patience = 60_000;

/** chat.update allows 50 a minute (tier 3): edits that only show progress take at most this share of them. */
const freeEdits = { every: 2_500, burst: 8 };

/** Everything the bot says goes through here, and always arrives in some form. */
export function createPoster({ log, now = Date.now, wait = sleep }: PosterOptions): Poster {
  const channels = createPace({ every: 1_000, burst: 5, now, wait });
  const methods = createPace({ every: 0, burst: 1, now, wait });
  let freeAgainAt = 0;

  async function send<T>(pace: Pace, key: string, call: () => Promise<T>): Promise<T> {
    const start = now();
    for (;;) {
      await pace.turn(key);
      try {
        return await call();
      } catch (error) {
        const seconds = retryAfterSeconds(error);
        if (seconds === undefined || now() - start + seconds * 1_000 > patience) throw error;
        log.warn({ key, seconds }, 'Slack asks to slow down');
        pace.pause(key, seconds * 1_000);
      }
    }
  }

  /** Sends what was asked, and what remains of it where Slack refuses the form. */
  async function inSomeForm<T extends { ts: string; channel: string }>(
    client: WebClient,
    place: Place,
    message: Message,
    metadata: TargetMetadata | undefined,
    call: (form: Form) => Promise<T>,
  ): Promise<T> {
    const whole: Form = { text: clamp(message.text, slack.messageText), blocks: message.blocks };
    try {
      return await call(metadata === undefined ? whole : { ...whole, metadata });
    } catch (error) {
      if (isBadMetadata(error)) {
        log.error({ code: slackErrorCode(error) }, 'Slack refused the metadata of a message');
        return inSomeForm(client, place, message, undefined, call);
      }
      if (!isBadForm(error)) throw error;
      log.error(
        { code: slackErrorCode(error), detail: detailOf(error) },
        'Slack refused the form of a message',
      );
      const sent = await call({
        text: plainText(message),
        blocks: [],
        ...(metadata === undefined ? {} : { metadata }),
      });
      const thread = { channel: sent.channel, threadTs: place.threadTs ?? sent.ts };
      const content = spoken(wordsOf(message.blocks)) || spoken(message.text);
      await poster.file(client, thread, { name: 'answer.txt', content });
      return sent;
    }
  }

  const poster: Poster = {
    async post(client, place, message, metadata) {
      try {
        const sent = await inSomeForm(client, place, message, metadata, (form) =>
          send(channels, place.channel, () => postMessage(client, place, form)),
        );
        return { ...place, channel: sent.channel, ts: sent.ts };
      } catch (error) {
        throw isCannotPost(error) ? new CannotPost(slackErrorCode(error) ?? 'unknown') : error;
      }
    },

    async edit(client, posted, message, metadata) {
      try {
        await inSomeForm(client, posted, message, metadata, (form) =>
          send(methods, 'chat.update', () => updateMessage(client, posted, form)),
        );
        return posted;
      } catch (error) {
        if (isCannotPost(error)) throw new CannotPost(slackErrorCode(error) ?? 'unknown');
        if (!isGone(error)) throw error;
        log.info({ code: slackErrorCode(error) }, 'A message to edit is gone and is posted anew');
        const { channel, threadTs } = posted;
        return poster.post(
          client,
          threadTs === undefined ? { channel } : { channel, threadTs },
          message,
          metadata,
        );
      }
    },

    async editIfFree(client, posted, message, metadata) {
      const time = now();
      const earliest = Math.max(freeAgainAt - freeEdits.every * freeEdits.burst, 0);
      if (earliest > time) return false;
      freeAgainAt = Math.max(freeAgainAt, time) + freeEdits.every;
      try {
        const form: Form = { text: clamp(message.text, slack.messageText), blocks: message.blocks };
        await updateMessage(client, posted, metadata === undefined ? form : { ...form, metadata });
        return true;
      } catch (error) {
        const seconds = retryAfterSeconds(error);
        if (seconds !== undefined) methods.pause('chat.update', seconds * 1_000);
        freeAgainAt = Math.max(freeAgainAt, now() + freeEdits.every * (freeEdits.burst + 1));
        log.debug({ code: slackErrorCode(error) }, 'An edit that shows progress was left out');
        return false;
      }
    },

    async remove(client, { channel, ts }) {
      try {
        await send(methods, 'chat.delete', () => client.chat.delete({ channel, ts }));
        return true;
      } catch (error) {
        log.warn({ code: slackErrorCode(error) }, 'A message could not be deleted');
        return false;
      }
    },

    async file(client, { channel, threadTs }, { name, content, title }) {
      const upload = { filename: name, content, title: title ?? name };
      const place =
        threadTs === undefined ? { channel_id: channel } : { channel_id: channel, thread_ts: threadTs };
      try {
        await send(methods, 'files', () => client.filesUploadV2({ ...upload, ...place }));
        return true;
      } catch (error) {
        log.error({ err: error, code: slackErrorCode(error) }, 'A file could not be uploaded');
        return false;
      }
    },

    async whisper(client, { channel, threadTs, user }, { text, blocks }) {
      const thread = threadTs === undefined ? {} : { thread_ts: threadTs };
      const say = (form: Form) =>
        send(methods, 'chat.postEphemeral', () =>
          client.chat.postEphemeral({ channel, user, ...thread, ...literal, ...form }),
        );
      try {
        await say({ text: clamp(text, slack.messageText), blocks });
      } catch (error) {
        if (isBadForm(error)) {
          log.error({ code: slackErrorCode(error) }, 'Slack refused the form of a private message');
          await say({ text: plainText({ text, blocks }), blocks: [] });
        } else throw isCannotPost(error) ? new CannotPost(slackErrorCode(error) ?? 'unknown') : error;
      }
    },
  };
  return poster;
}
