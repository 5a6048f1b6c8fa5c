import { codePoints, LIMITS } from '../block-kit/limits.ts';
import { validateMessage } from '../block-kit/validate.ts';
import type { Core } from '../core.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import { findMessage, post, setStatus, withBlockIds } from '../messages.ts';
import type { Message } from '../model.ts';
import { asBot, metadataOf } from './chat.ts';
import { conversation, postable, threadRoot } from './conversation.ts';
import { type Args, type Method, refuse, required, SlackFailure, structured, text } from './method.ts';

const scopes = ['chat:write'];
const STATUS_LIFETIME_MS = 120_000;
const LOADING_MESSAGES = 10;

/** The chunks of the arguments; markdown_text stands for one chunk of that kind. */
function chunksOf(args: Args): JsonObject[] {
  const markdown = text(args, 'markdown_text');
  const chunks = structured(args, 'chunks', 'invalid_chunks') ?? [];
  if (!Array.isArray(chunks) || !chunks.every(isObject)) throw new SlackFailure('invalid_chunks');
  if (markdown === undefined) return chunks;
  if (codePoints(markdown) > LIMITS.markdownText) throw new SlackFailure('msg_too_long');
  return [{ type: 'markdown_text', text: markdown }, ...chunks];
}

function append(core: Core, message: Message, chunks: readonly JsonObject[], isPlan: boolean): void {
  const blocks = [...(message.blocks ?? [])];
  for (const chunk of chunks) applyChunk(blocks, chunk, isPlan);
  refuse(validateMessage({ blocks }, 'message'), 'invalid_blocks');
  message.blocks = withBlockIds(core, blocks);
  message.text = blocks.map((block) => (isMarkdown(block) ? block.text : '')).join('');
}

function applyChunk(blocks: Json[], chunk: JsonObject, isPlan: boolean): void {
  switch (chunk.type) {
    case 'markdown_text': {
      const last = blocks.at(-1);
      if (isMarkdown(last)) blocks[blocks.length - 1] = { ...last, text: last.text + String(chunk.text) };
      else blocks.push({ type: 'markdown', text: String(chunk.text) });
      return;
    }
    case 'blocks':
      if (!Array.isArray(chunk.blocks)) throw new SlackFailure('invalid_chunks');
      blocks.push(...chunk.blocks);
      return;
    case 'plan_update':
      upsert(blocks, (block) => block.type === 'plan', { type: 'plan', title: String(chunk.title) });
      return;
    case 'task_update':
      applyTask(blocks, chunk, isPlan);
      return;
    default:
      throw new SlackFailure('invalid_chunks');
  }
}

function applyTask(blocks: Json[], chunk: JsonObject, isPlan: boolean): void {
  const { id, title, status, details, output, sources } = chunk;
  if (typeof id !== 'string' || typeof title !== 'string') throw new SlackFailure('invalid_chunks');
  const task: JsonObject = {
    type: 'task_card',
    task_id: id,
    title,
    status: status ?? 'pending',
    ...(typeof details === 'string' && { details: richText(details) }),
    ...(typeof output === 'string' && { output: richText(output) }),
    ...(sources !== undefined && { sources }),
  };
  const isTask = (block: JsonObject) => block.task_id === id;
  if (!isPlan) {
    upsert(blocks, isTask, task);
    return;
  }
  const plan = blocks.filter(isObject).find((block) => block.type === 'plan');
  const tasks: Json[] = Array.isArray(plan?.tasks) ? [...plan.tasks] : [];
  upsert(tasks, isTask, task);
  upsert(blocks, (block) => block.type === 'plan', { type: 'plan', title: plan?.title ?? title, tasks });
}

function upsert(blocks: Json[], matches: (block: JsonObject) => boolean, block: JsonObject): void {
  const index = blocks.findIndex((other) => isObject(other) && matches(other));
  const existing = blocks[index];
  if (isObject(existing)) blocks[index] = { ...existing, ...block };
  else blocks.push(block);
}

function richText(value: string): Json {
  const section = { type: 'rich_text_section', elements: [{ type: 'text', text: value }] };
  return { type: 'rich_text', elements: [section] };
}

function isMarkdown(block: Json | undefined): block is JsonObject & { text: string } {
  return isObject(block) && block.type === 'markdown' && typeof block.text === 'string';
}

const planned = new WeakSet<Message>();

function streamed(core: Core, args: Args): Message {
  const channel = conversation(core, required(args, 'channel', 'channel_not_found'));
  const message = findMessage(core, channel.id, required(args, 'ts'));
  if (message === undefined) throw new SlackFailure('message_not_found');
  if (message.bot_id !== core.identity.app.botId) throw new SlackFailure('message_not_owned_by_app');
  if (!message.streaming) throw new SlackFailure('message_not_in_streaming_state');
  return message;
}

const startStream: Method = {
  token: 'bot',
  scopes,
  tier: 20,
  handle(core, args) {
    const channel = postable(core, required(args, 'channel', 'channel_not_found'));
    const root = threadRoot(core, channel, text(args, 'thread_ts'));
    if (!channel.is_im) {
      required(args, 'recipient_user_id', 'missing_recipient_user_id');
      required(args, 'recipient_team_id', 'missing_recipient_team_id');
    }
    const isPlan = text(args, 'task_display_mode') === 'plan';
    const draft: Message = { ...asBot(core, channel), ts: '', text: '', streaming: true };
    append(core, draft, chunksOf(args), isPlan);
    const { ts: _ts, ...content } = draft;
    const message = post(core, { ...content, ...(root && { thread_ts: root.ts }) });
    if (isPlan) planned.add(message);
    return { channel: channel.id, ts: message.ts };
  },
};

const appendStream: Method = {
  token: 'bot',
  scopes,
  tier: 100,
  handle(core, args) {
    const message = streamed(core, args);
    append(core, message, chunksOf(args), planned.has(message));
    core.changes.emit({ type: 'message', message });
    return { channel: message.channel, ts: message.ts };
  },
};

const stopStream: Method = {
  token: 'bot',
  scopes,
  tier: 20,
  handle(core, args) {
    const message = streamed(core, args);
    const blocks = structured(args, 'blocks', 'invalid_blocks_format') ?? [];
    append(core, message, [...chunksOf(args), { type: 'blocks', blocks }], planned.has(message));
    const metadata = metadataOf(args);
    if (metadata !== undefined) message.metadata = metadata;
    delete message.streaming;
    core.changes.emit({ type: 'message', message });
    return { channel: message.channel, ts: message.ts, message };
  },
};

const setThreadStatus: Method = {
  token: 'bot',
  scopes,
  tier: 0,
  handle(core, args) {
    const channel = postable(core, required(args, 'channel_id', 'channel_not_found'));
    const root = threadRoot(core, channel, required(args, 'thread_ts'));
    const loading = structured(args, 'loading_messages');
    if (Array.isArray(loading) && loading.length > LOADING_MESSAGES)
      throw new SlackFailure('invalid_arguments');
    if (root === undefined) throw new SlackFailure('thread_not_found');
    const status = text(args, 'status') ?? '';
    setStatus(core, root, status);
    if (status !== '') {
      core.clock.after(STATUS_LIFETIME_MS, () => {
        if (root.status === status) setStatus(core, root, '');
      });
    }
    return {};
  },
};

export const streamMethods: Record<string, Method> = {
  'chat.startStream': startStream,
  'chat.appendStream': appendStream,
  'chat.stopStream': stopStream,
  'assistant.threads.setStatus': setThreadStatus,
};
