import type { Core } from '../core.ts';
import { asApiMessage, openConversation, threadOf } from '../messages.ts';
import type { Channel, Message } from '../model.ts';
import { asApiChannel, conversation } from './conversation.ts';
import { type Args, flag, type Method, required, SlackFailure, text } from './method.ts';
import { page } from './paging.ts';

const readScopes = ['channels:read', 'groups:read', 'im:read', 'mpim:read'];
const historyScopes = ['channels:history', 'groups:history', 'im:history', 'mpim:history'];

/** Reading wants the scope of the channel's own kind. */
function visible(core: Core, args: Args, verb: 'read' | 'history'): Channel {
  const channel = conversation(core, required(args, 'channel', 'channel_not_found'));
  const kind = channel.is_im ? 'im' : channel.is_private ? 'groups' : 'channels';
  const needed = `${kind}:${verb}`;
  const provided = core.manifest.oauth_config.scopes.bot;
  if (!provided.includes(needed)) {
    throw new SlackFailure('missing_scope', { needed, provided: provided.join(',') });
  }
  return channel;
}

function readable(core: Core, args: Args): Channel {
  const channel = visible(core, args, 'history');
  if (!channel.members.includes(core.identity.app.botUserId)) throw new SlackFailure('not_in_channel');
  return channel;
}

function inRange(args: Args, message: Message): boolean {
  const oldest = Number(text(args, 'oldest') ?? 0);
  const latest = Number(text(args, 'latest') ?? Number.POSITIVE_INFINITY);
  const ts = Number(message.ts);
  if (flag(args, 'inclusive')) return ts >= oldest && ts <= latest;
  return ts > oldest && ts < latest;
}

/** Metadata is left out unless it is asked for. */
function shown(core: Core, args: Args, message: Message): Record<string, unknown> {
  const { metadata, ...rest } = asApiMessage(core, message);
  return metadata !== undefined && flag(args, 'include_all_metadata') ? { ...rest, metadata } : rest;
}

function listMessages(core: Core, args: Args, messages: Message[]): Record<string, unknown> {
  const { items, response_metadata, has_more } = page(
    messages.filter((message) => inRange(args, message)),
    args,
  );
  return { messages: items.map((message) => shown(core, args, message)), has_more, response_metadata };
}

export const conversationMethods: Record<string, Method> = {
  'conversations.info': {
    token: 'bot',
    scopes: readScopes,
    tier: 50,
    handle: (core, args) => ({ channel: asApiChannel(core, visible(core, args, 'read')) }),
  },
  'conversations.history': {
    token: 'bot',
    scopes: historyScopes,
    tier: 50,
    handle(core, args) {
      const channel = readable(core, args);
      const messages = core.state.messages.filter((message) => {
        const isReply = message.thread_ts !== undefined && message.thread_ts !== message.ts;
        const isShown = !isReply || message.subtype === 'thread_broadcast';
        return message.channel === channel.id && !message.deleted && isShown;
      });
      return listMessages(core, args, messages.reverse());
    },
  },
  'conversations.replies': {
    token: 'bot',
    scopes: historyScopes,
    tier: 50,
    handle(core, args) {
      const channel = readable(core, args);
      const thread = threadOf(core, channel.id, required(args, 'ts'));
      if (thread.length === 0) throw new SlackFailure('thread_not_found');
      return listMessages(
        core,
        args,
        thread.filter((message) => !message.deleted),
      );
    },
  },
  'conversations.members': {
    token: 'bot',
    scopes: readScopes,
    tier: 100,
    handle(core, args) {
      const { items, response_metadata } = page(visible(core, args, 'read').members, args);
      return { members: items, response_metadata };
    },
  },
  'conversations.list': {
    token: 'bot',
    scopes: readScopes,
    tier: 20,
    handle(core, args) {
      const types = (text(args, 'types') ?? 'public_channel').split(',');
      const channels = [...core.state.channels.values()].filter((channel) => {
        const type = channel.is_im ? 'im' : channel.is_private ? 'private_channel' : 'public_channel';
        const isVisible = !channel.is_private || channel.members.includes(core.identity.app.botUserId);
        const isExcluded = flag(args, 'exclude_archived') && channel.is_archived;
        return types.includes(type) && isVisible && !isExcluded;
      });
      const { items, response_metadata } = page(channels, args);
      return { channels: items.map((channel) => asApiChannel(core, channel)), response_metadata };
    },
  },
  'conversations.open': {
    token: 'bot',
    scopes: ['im:write', 'mpim:write'],
    tier: 50,
    handle(core, args) {
      const user = required(args, 'users', 'users_list_not_supplied').split(',')[0] ?? '';
      if (!core.state.users.has(user)) throw new SlackFailure('user_not_found');
      const channel = openConversation(core, user);
      return { channel: { id: channel.id, is_im: true, user } };
    },
  },
  'conversations.join': {
    token: 'bot',
    scopes: ['channels:join'],
    tier: 50,
    handle(core, args) {
      const channel = conversation(core, required(args, 'channel', 'channel_not_found'));
      if (channel.is_archived) throw new SlackFailure('is_archived');
      if (channel.is_private) throw new SlackFailure('method_not_supported_for_channel_type');
      const { botUserId } = core.identity.app;
      if (!channel.members.includes(botUserId)) channel.members.push(botUserId);
      core.changes.emit({ type: 'channel', channel });
      return { channel: asApiChannel(core, channel) };
    },
  },
};
