import type { Core } from '../core.ts';
import { findChannel, findMessage } from '../messages.ts';
import type { Channel, Message } from '../model.ts';
import { SlackFailure } from './method.ts';

/** A channel that the bot can see: private ones only as a member. */
export function conversation(core: Core, reference: string): Channel {
  const channel = findChannel(core, reference);
  const isHidden = channel?.is_private && !channel.members.includes(core.identity.app.botUserId);
  if (channel === undefined || isHidden) throw new SlackFailure('channel_not_found');
  return channel;
}

/** A channel that the bot can post to. */
export function postable(core: Core, reference: string): Channel {
  const channel = conversation(core, reference);
  if (channel.is_archived) throw new SlackFailure('is_archived');
  const mayPostAnywhere = core.manifest.oauth_config.scopes.bot.includes('chat:write.public');
  if (!channel.members.includes(core.identity.app.botUserId) && !mayPostAnywhere) {
    throw new SlackFailure('not_in_channel');
  }
  return channel;
}

/** The root of the thread that `ts` belongs to; Slack takes a reply's timestamp for its root's. */
export function threadRoot(core: Core, channel: Channel, ts: string | undefined): Message | undefined {
  if (ts === undefined || ts === '') return undefined;
  if (!/^\d+\.\d{6}$/.test(ts)) throw new SlackFailure('invalid_thread_ts');
  const message = findMessage(core, channel.id, ts);
  if (message === undefined) throw new SlackFailure('thread_not_found');
  if (message.thread_ts === undefined || message.thread_ts === ts) return message;
  return findMessage(core, channel.id, message.thread_ts);
}

/** A channel in the form of conversations.info. */
export function asApiChannel(core: Core, channel: Channel): Record<string, unknown> {
  return {
    id: channel.id,
    name: channel.name,
    is_channel: !channel.is_private && !channel.is_im,
    is_group: channel.is_private && !channel.is_im,
    is_im: channel.is_im ?? false,
    is_mpim: false,
    is_private: channel.is_private,
    is_archived: channel.is_archived ?? false,
    is_member: channel.members.includes(core.identity.app.botUserId),
    topic: { value: channel.topic, creator: '', last_set: 0 },
    purpose: { value: '', creator: '', last_set: 0 },
    num_members: channel.members.length,
  };
}
