import type { Core } from './core.ts';
import { isObject, type Json } from './json.ts';
import type { Channel, Ephemeral, Message } from './model.ts';

/** Finds a channel by id, name or #name; a user's id stands for the bot's conversation with them. */
export function findChannel(core: Core, reference: string): Channel | undefined {
  const { channels, users } = core.state;
  if (users.has(reference)) return openConversation(core, reference);
  const name = reference.replace(/^#/, '');
  return channels.get(reference) ?? [...channels.values()].find((channel) => channel.name === name);
}

/** The bot's direct conversation with a user, opened when it is first needed. */
export function openConversation(core: Core, user: string): Channel {
  const members = [user, core.identity.app.botUserId];
  const open = [...core.state.channels.values()].find(
    (channel) => channel.is_im && channel.members.includes(user),
  );
  if (open !== undefined) return open;
  const channel: Channel = {
    id: core.ids.next('D'),
    name: core.state.users.get(user)?.name ?? user,
    topic: '',
    members,
    is_private: true,
    is_im: true,
  };
  core.state.channels.set(channel.id, channel);
  core.changes.emit({ type: 'channel', channel });
  return channel;
}

export function findMessage(core: Core, channel: string, ts: string): Message | undefined {
  return core.state.messages.find(
    (message) => message.channel === channel && message.ts === ts && !message.deleted,
  );
}

/** The messages of a thread, its root first. */
export function threadOf(core: Core, channel: string, root: string): Message[] {
  return core.state.messages.filter(
    (message) => message.channel === channel && (message.ts === root || message.thread_ts === root),
  );
}

export type Content = Omit<Message, 'ts'>;

/** Stores a message and shows it. A reply counts at its root and ends the thread's status. */
export function post(core: Core, content: Content): Message {
  const message: Message = { ...content, ts: core.ids.ts() };
  if (message.blocks !== undefined) message.blocks = withBlockIds(core, message.blocks);
  core.state.messages.push(message);
  const root =
    message.thread_ts === undefined ? undefined : findMessage(core, message.channel, message.thread_ts);
  if (root !== undefined) {
    root.thread_ts = root.ts;
    root.reply_count = threadOf(core, root.channel, root.ts).filter((reply) => !reply.deleted).length - 1;
  }
  core.changes.emit({ type: 'message', message });
  if (root !== undefined) {
    if (message.bot_id !== undefined) setStatus(core, root, '');
    core.changes.emit({ type: 'message', message: root });
  }
  return message;
}

export function edit(core: Core, message: Message, changes: Partial<Message>): void {
  Object.assign(message, changes, { edited: { ts: core.ids.ts() } });
  if (message.blocks !== undefined) message.blocks = withBlockIds(core, message.blocks);
  core.changes.emit({ type: 'message', message });
}

export function remove(core: Core, message: Message): void {
  message.deleted = true;
  core.changes.emit({ type: 'message_deleted', channel: message.channel, ts: message.ts });
  const root =
    message.thread_ts === undefined ? undefined : findMessage(core, message.channel, message.thread_ts);
  if (root === undefined || root === message) return;
  root.reply_count = Math.max(0, (root.reply_count ?? 1) - 1);
  core.changes.emit({ type: 'message', message: root });
}

/** Shows a message to one user; Slack keeps none of these. */
export function postEphemeral(core: Core, to: string, content: Content): Ephemeral {
  const message: Ephemeral = { ...content, to, ts: core.ids.ts() };
  if (message.blocks !== undefined) message.blocks = withBlockIds(core, message.blocks);
  core.state.ephemerals.push(message);
  core.changes.emit({ type: 'ephemeral', message });
  return message;
}

export function removeEphemeral(core: Core, message: Ephemeral): void {
  message.deleted = true;
  core.state.ephemerals = core.state.ephemerals.filter((other) => other !== message);
  const { channel, ts, to } = message;
  core.changes.emit({ type: 'ephemeral_deleted', channel, ts, to });
}

export function setStatus(core: Core, root: Message, text: string): void {
  if ((root.status ?? '') === text) return;
  if (text === '') delete root.status;
  else root.status = text;
  core.changes.emit({ type: 'status', channel: root.channel, thread_ts: root.ts, text });
}

/** Slack gives every block an id, and every interactive element that has none. */
export function withBlockIds(core: Core, blocks: readonly Json[]): Json[] {
  return blocks.map((block) => {
    if (!isObject(block)) return block;
    const named =
      typeof block.block_id === 'string' ? { ...block } : { ...block, block_id: core.ids.next('b') };
    return withActionIds(core, named);
  });
}

const INTERACTIVE =
  /_select$|^(button|overflow|checkboxes|radio_buttons|datepicker|timepicker|datetimepicker)$|_input$|_button(s)?$/;

function withActionIds(core: Core, value: Json): Json {
  if (Array.isArray(value)) return value.map((item) => withActionIds(core, item));
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([key, child]) => [key, withActionIds(core, child)]);
  const copy = Object.fromEntries(entries);
  if (typeof value.type === 'string' && INTERACTIVE.test(value.type) && value.action_id === undefined) {
    return { ...copy, action_id: core.ids.next('a') };
  }
  return copy;
}

/** A message in the form in which the Web API and the payloads of interactions show it. */
export function asApiMessage(core: Core, message: Message): Record<string, unknown> {
  const { channel: _channel, deleted: _deleted, status: _status, streaming: _streaming, ...rest } = message;
  const { team, app } = core.identity;
  if (message.bot_id === undefined) return { type: 'message', team: team.id, ...rest };
  return { type: 'message', team: team.id, app_id: app.id, ...rest };
}
