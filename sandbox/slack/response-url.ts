import { slackLine } from './block-kit/problem.ts';
import { validateMessage } from './block-kit/validate.ts';
import type { Core } from './core.ts';
import { isObject, type JsonObject } from './json.ts';
import { edit, findMessage, post, postEphemeral, remove, removeEphemeral } from './messages.ts';
import type { Channel, Ephemeral, Message } from './model.ts';
import { warnAboutContent } from './strictness.ts';

/** Slack takes five posts within half an hour on each of these addresses. */
const MAX_USES = 5;
const LIFETIME_MS = 30 * 60 * 1000;

export interface ResponseUrl {
  user: string;
  channel: string;
  createdAt: number;
  uses: number;
  /** The message that the interaction came from, which may be replaced or deleted. */
  source?: { ts: string; ephemeral: boolean };
}

/** Makes an address that the app may answer an interaction at. */
export function createResponseUrl(
  core: Core,
  user: string,
  channel: string,
  source?: ResponseUrl['source'],
): string {
  const id = core.ids.next('R');
  const entry: ResponseUrl = { user, channel, createdAt: core.clock.now(), uses: 0 };
  if (source !== undefined) entry.source = source;
  core.state.responseUrls.set(id, entry);
  return `${core.url()}/response/${core.identity.team.id}/${id}`;
}

export interface Answer {
  status: number;
  body: Record<string, unknown>;
}

const refused = (status: number, error: string, more = {}): Answer => ({
  status,
  body: { ok: false, error, ...more },
});

/** Takes one post to a response URL. */
export function answerResponseUrl(core: Core, id: string, payload: unknown): Answer {
  const entry = core.state.responseUrls.get(id);
  if (entry === undefined) return refused(404, 'invalid_url');
  if (core.clock.now() - entry.createdAt > LIFETIME_MS) return refused(404, 'expired_url');
  if (entry.uses >= MAX_USES) return refused(404, 'used_url');
  if (!isObject(payload)) return refused(400, 'invalid_payload');
  entry.uses += 1;
  return respond(core, entry, payload, 'response_url');
}

/**
 * Shows what an app answered an interaction with, in a post to its response URL or in an ack. `via` names
 * the way for warnings.
 */
export function respond(core: Core, entry: ResponseUrl, payload: JsonObject, via: string): Answer {
  const original = findSource(core, entry);
  if (payload.delete_original === true) {
    if (original === undefined) return refused(404, 'no_original');
    takeAway(core, original);
    return { status: 200, body: { ok: true } };
  }
  const text = typeof payload.text === 'string' ? payload.text : '';
  const blocks = Array.isArray(payload.blocks) ? payload.blocks : undefined;
  if (!text && !blocks?.length && !Array.isArray(payload.attachments)) return refused(400, 'no_text');
  const problems = validateMessage(payload, 'response_url');
  if (problems.length > 0) {
    return refused(404, 'invalid_blocks', { response_metadata: { messages: problems.map(slackLine) } });
  }
  warnAboutContent(core, via, { text, ...(blocks && { blocks }) });
  show(core, entry, original, payload, { text, ...(blocks && { blocks }) });
  return { status: 200, body: { ok: true } };
}

type Original = { kind: 'message'; message: Message } | { kind: 'ephemeral'; message: Ephemeral };

function findSource(core: Core, entry: ResponseUrl): Original | undefined {
  const { source } = entry;
  if (source === undefined) return undefined;
  if (!source.ephemeral) {
    const message = findMessage(core, entry.channel, source.ts);
    return message && { kind: 'message', message };
  }
  const message = core.state.ephemerals.find((one) => one.ts === source.ts && one.to === entry.user);
  return message && { kind: 'ephemeral', message };
}

function takeAway(core: Core, original: Original): void {
  if (original.kind === 'message') remove(core, original.message);
  else removeEphemeral(core, original.message);
}

function show(
  core: Core,
  entry: ResponseUrl,
  original: Original | undefined,
  payload: JsonObject,
  content: Pick<Message, 'text' | 'blocks'>,
): void {
  const inChannel = payload.response_type === 'in_channel';
  if (payload.replace_original === true && original !== undefined) {
    if (original.kind === 'message') {
      // Without blocks, the old ones go: the message is replaced as a whole.
      edit(core, original.message, { blocks: [], ...content });
      return;
    }
    const { message } = original;
    Object.assign(message, { blocks: [], ...content });
    core.changes.emit({ type: 'ephemeral', message });
    return;
  }
  const { app } = core.identity;
  const message = {
    channel: entry.channel,
    user: app.botUserId,
    bot_id: app.botId,
    username: app.name,
    ...content,
    ...(typeof payload.thread_ts === 'string' && { thread_ts: payload.thread_ts }),
  };
  if (inChannel) post(core, message);
  else postEphemeral(core, entry.user, message);
}

/** An entry that stands for the ack of a slash command, which answers like a response URL. */
export function ackEntry(core: Core, user: string, channel: Channel): ResponseUrl {
  return { user, channel: channel.id, createdAt: core.clock.now(), uses: 0 };
}
