import type { ChatPostMessageArguments, ChatUpdateArguments, WebClient } from '@slack/web-api';
import type { Message } from '#blocks/message.ts';
import type { Place, Posted } from './post.ts';
import type { TargetMetadata } from './state.ts';

/** Slack's defaults, said aloud: chat.update falls back to parsing when they are missing. */
export const literal = { parse: 'none', link_names: false } as const;
const noUnfurl = { unfurl_links: false, unfurl_media: false } as const;

/** What a message is made of, as Slack takes it. */
export interface Form {
  text: string;
  blocks: Message['blocks'];
  metadata?: TargetMetadata | undefined;
}

export async function postMessage(
  client: WebClient,
  { channel, threadTs }: Place,
  form: Form,
): Promise<Sent> {
  const thread = threadTs === undefined ? {} : { thread_ts: threadTs };
  const { metadata, ...rest } = form;
  const known =
    metadata === undefined ? {} : { metadata: { ...metadata, event_payload: { ...metadata.event_payload } } };
  const sent = await client.chat.postMessage({
    channel,
    ...thread,
    ...rest,
    ...known,
    ...literal,
    ...noUnfurl,
  } as ChatPostMessageArguments);
  return { channel: sent.channel ?? channel, ts: sent.ts ?? '' };
}

export async function updateMessage(client: WebClient, { channel, ts }: Posted, form: Form): Promise<Sent> {
  const { metadata, ...rest } = form;
  const known =
    metadata === undefined ? {} : { metadata: { ...metadata, event_payload: { ...metadata.event_payload } } };
  await client.chat.update({ channel, ts, ...rest, ...known, ...literal } as ChatUpdateArguments);
  return { channel, ts };
}

export interface Sent {
  channel: string;
  ts: string;
}

/** Slack's own words on what it did not like: JSON pointers into the blocks. */
export function detailOf(error: unknown): unknown {
  if (!(error instanceof Error) || !('data' in error)) return undefined;
  const { data } = error as { data?: { response_metadata?: { messages?: string[] } } };
  return data?.response_metadata?.messages;
}
