import { type Core, tellFailure } from '../core.ts';
import { sendEvent } from '../delivery/events.ts';
import { findMessage, post } from '../messages.ts';
import type { Outcome } from './interactions.ts';
import { channelOf, Impossible, userOf } from './lookup.ts';

export interface MessageRequest {
  user: string;
  channel: string;
  text: string;
  thread_ts?: string | undefined;
}

/**
 * Somebody posts a message. The app hears of it where it subscribed: as a mention, if it is in the channel and
 * `<@BOT>` occurs in the text, and as a message. Resolves when the message stands; events follow by themselves.
 */
export function say(core: Core, request: MessageRequest): Outcome & { ts?: string } {
  const user = userOf(core, request.user);
  const channel = channelOf(core, request.channel);
  if (!channel.members.includes(user.id)) throw new Impossible('the user is not in the channel');
  if (channel.is_archived) throw new Impossible('is_archived');
  const given = request.thread_ts ? findMessage(core, channel.id, request.thread_ts) : undefined;
  if (request.thread_ts && given === undefined) throw new Impossible('thread_not_found');
  const root = given?.thread_ts ?? given?.ts;
  const message = post(core, {
    channel: channel.id,
    user: user.id,
    text: request.text,
    ...(root !== undefined && { thread_ts: root }),
  });
  const { app, team } = core.identity;
  const isMention = message.text.includes(`<@${app.botUserId}>`);
  if (!channel.members.includes(app.botUserId)) {
    const text = `You mentioned @${app.name}, but they're not in this channel.`;
    if (isMention) tellFailure(core, { user: user.id, channel: channel.id, text });
    return { ok: true, ts: message.ts };
  }
  const event = {
    user: user.id,
    text: message.text,
    ts: message.ts,
    channel: channel.id,
    team: team.id,
    client_msg_id: core.ids.next('m'),
    ...(root !== undefined && { thread_ts: root }),
  };
  if (isMention) void sendEvent(core, { type: 'app_mention', ...event });
  const kind = channel.is_im ? 'im' : channel.is_private ? 'group' : 'channel';
  const subscription = kind === 'im' ? 'message.im' : `message.${kind}s`;
  void sendEvent(core, { type: 'message', channel_type: kind, ...event }, subscription);
  return { ok: true, ts: message.ts };
}

/** Somebody invites the bot to a channel. */
export function invite(core: Core, request: { user: string; channel: string }): Outcome {
  const user = userOf(core, request.user);
  const channel = channelOf(core, request.channel);
  const { botUserId } = core.identity.app;
  if (channel.members.includes(botUserId)) return { ok: false, error: 'already_in_channel' };
  channel.members.push(botUserId);
  core.changes.emit({ type: 'channel', channel });
  const event = { type: 'member_joined_channel', user: botUserId, channel: channel.id, inviter: user.id };
  void sendEvent(core, event);
  return { ok: true };
}

/** Somebody opens the app's Home tab. */
export function openHome(core: Core, request: { user: string }): Outcome {
  const user = userOf(core, request.user);
  const view = core.state.homes.get(user.id);
  const event = { type: 'app_home_opened', user: user.id, channel: '', tab: 'home', ...(view && { view }) };
  void sendEvent(core, event);
  return { ok: true };
}
