import { codePoints, LIMITS } from '../block-kit/limits.ts';
import { validateMessage } from '../block-kit/validate.ts';
import type { Core } from '../core.ts';
import { isObject, type Json } from '../json.ts';
import { asApiMessage, edit, findMessage, post, postEphemeral, remove } from '../messages.ts';
import type { Channel, Message } from '../model.ts';
import { warnAboutContent, warnAboutPace } from '../strictness.ts';
import { conversation, postable, threadRoot } from './conversation.ts';
import { type Args, flag, type Method, refuse, required, SlackFailure, structured, text } from './method.ts';

/** Longer texts are cut by chat.postMessage and refused by chat.update. */
const POSTED_TEXT = 40_000;
const UPDATED_TEXT = 4000;
const METADATA_BYTES = 8000;

const scopes = ['chat:write'];

/** The blocks, attachments and text of a message's arguments, checked. */
export function contentOf(
  args: Args,
  surface: 'message' | 'ephemeral',
): Pick<Message, 'text' | 'blocks' | 'attachments'> {
  const markdown = text(args, 'markdown_text');
  const given = text(args, 'text') ?? '';
  const blocks = structured(args, 'blocks', 'invalid_blocks_format');
  const attachments = structured(args, 'attachments', 'invalid_attachments_format');
  if (markdown !== undefined) {
    if (given || blocks !== undefined) throw new SlackFailure('markdown_text_conflict');
    if (codePoints(markdown) > LIMITS.markdownText) throw new SlackFailure('msg_too_long');
    return { text: markdown, blocks: [{ type: 'markdown', text: markdown }] };
  }
  refuse(validateMessage({ blocks, attachments }, surface), 'invalid_blocks');
  const content: Pick<Message, 'text' | 'blocks' | 'attachments'> = { text: given };
  if (Array.isArray(blocks)) content.blocks = blocks;
  if (Array.isArray(attachments)) content.attachments = attachments;
  return content;
}

function refuseEmpty(content: Pick<Message, 'text' | 'blocks' | 'attachments'>): void {
  if (content.text || content.blocks?.length || content.attachments?.length) return;
  throw new SlackFailure('no_text');
}

/** https://docs.slack.dev/messaging/message-metadata: an event type and a flat payload. */
export function metadataOf(args: Args): Message['metadata'] | undefined {
  const metadata = structured(args, 'metadata', 'invalid_metadata_format');
  if (!isObject(metadata) || Object.keys(metadata).length === 0) return undefined;
  const { event_type, event_payload } = metadata;
  if (typeof event_type !== 'string' || !isObject(event_payload)) {
    throw new SlackFailure('invalid_metadata_format');
  }
  if (!Object.values(event_payload).every(isShallow)) throw new SlackFailure('invalid_metadata_schema');
  if (Buffer.byteLength(JSON.stringify(metadata)) > METADATA_BYTES)
    throw new SlackFailure('metadata_too_large');
  return { event_type, event_payload };
}

function isShallow(value: Json): boolean {
  if (!isObject(value) && !Array.isArray(value)) return true;
  return Object.values(value).every((inner) => typeof inner !== 'object' || inner === null);
}

/** What the bot's own messages have in common. */
export function asBot(
  core: Core,
  channel: Channel,
): Pick<Message, 'channel' | 'user' | 'bot_id' | 'username'> {
  const { app } = core.identity;
  return { channel: channel.id, user: app.botUserId, bot_id: app.botId, username: app.name };
}

const postMessage: Method = {
  token: 'bot',
  scopes,
  tier: 60,
  handle(core, args) {
    const channel = postable(core, required(args, 'channel', 'channel_not_found'));
    const content = contentOf(args, 'message');
    refuseEmpty(content);
    content.text = [...content.text].slice(0, POSTED_TEXT).join('');
    const root = threadRoot(core, channel, text(args, 'thread_ts'));
    const metadata = metadataOf(args);
    warnAboutContent(core, 'chat.postMessage', content);
    warnAboutPace(core, channel.id, core.state.messages);
    const message = post(core, {
      ...asBot(core, channel),
      ...content,
      ...(root && { thread_ts: root.ts }),
      ...(metadata && { metadata }),
      ...(flag(args, 'reply_broadcast') && { subtype: 'thread_broadcast' }),
    });
    return { channel: channel.id, ts: message.ts, message: asApiMessage(core, message) };
  },
};

const sendEphemeral: Method = {
  token: 'bot',
  scopes,
  tier: 100,
  handle(core, args) {
    const channel = postable(core, required(args, 'channel', 'channel_not_found'));
    const user = required(args, 'user');
    if (!channel.members.includes(user)) throw new SlackFailure('user_not_in_channel');
    const content = contentOf(args, 'ephemeral');
    refuseEmpty(content);
    const root = threadRoot(core, channel, text(args, 'thread_ts'));
    warnAboutContent(core, 'chat.postEphemeral', content);
    const message = postEphemeral(core, user, {
      ...asBot(core, channel),
      ...content,
      ...(root && { thread_ts: root.ts }),
    });
    return { message_ts: message.ts };
  },
};

const update: Method = {
  token: 'bot',
  scopes,
  tier: 50,
  handle(core, args) {
    const channel = conversation(core, required(args, 'channel', 'channel_not_found'));
    const message = findMessage(core, channel.id, required(args, 'ts'));
    if (message === undefined) throw new SlackFailure('message_not_found');
    if (message.bot_id !== core.identity.app.botId) throw new SlackFailure('cant_update_message');
    if (message.streaming) throw new SlackFailure('streaming_state_conflict');
    const given = text(args, 'text');
    if (given !== undefined && codePoints(given) > UPDATED_TEXT) throw new SlackFailure('msg_too_long');
    const content = contentOf(args, 'message');
    const hasText = given !== undefined || text(args, 'markdown_text') !== undefined;
    if (!hasText && content.blocks === undefined && content.attachments === undefined) {
      throw new SlackFailure('no_text');
    }
    warnAboutContent(core, 'chat.update', content);
    const changes: Partial<Message> = { text: hasText ? content.text : message.text };
    // What is not given stays; an empty array takes it away.
    if (content.blocks !== undefined) changes.blocks = content.blocks;
    if (content.attachments !== undefined) changes.attachments = content.attachments;
    const metadata = metadataOf(args);
    if (metadata !== undefined) changes.metadata = metadata;
    edit(core, message, changes);
    return { channel: channel.id, ts: message.ts, text: message.text, message: asApiMessage(core, message) };
  },
};

const deleteMessage: Method = {
  token: 'bot',
  scopes,
  tier: 50,
  handle(core, args) {
    const channel = conversation(core, required(args, 'channel', 'channel_not_found'));
    const message = findMessage(core, channel.id, required(args, 'ts'));
    if (message === undefined) throw new SlackFailure('message_not_found');
    if (message.bot_id !== core.identity.app.botId) throw new SlackFailure('cant_delete_message');
    remove(core, message);
    return { channel: channel.id, ts: message.ts };
  },
};

const getPermalink: Method = {
  token: 'bot',
  tier: 0,
  handle(core, args) {
    const channel = conversation(core, required(args, 'channel', 'channel_not_found'));
    const ts = required(args, 'message_ts');
    const message = findMessage(core, channel.id, ts);
    if (message === undefined) throw new SlackFailure('message_not_found');
    const inThread = message.thread_ts !== undefined && message.thread_ts !== ts;
    const query = inThread ? `?thread_ts=${message.thread_ts}&cid=${channel.id}` : '';
    const permalink = `${core.url()}/archives/${channel.id}/p${ts.replace('.', '')}${query}`;
    return { channel: channel.id, permalink };
  },
};

export const chatMethods: Record<string, Method> = {
  'chat.postMessage': postMessage,
  'chat.postEphemeral': sendEphemeral,
  'chat.update': update,
  'chat.delete': deleteMessage,
  'chat.getPermalink': getPermalink,
};
