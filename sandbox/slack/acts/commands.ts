import { type Core, noteUnexpected, tellFailure } from '../core.ts';
import { isObject } from '../json.ts';
import { post } from '../messages.ts';
import type { Channel, User } from '../model.ts';
import { ackEntry, createResponseUrl, respond } from '../response-url.ts';
import { createTrigger } from '../triggers.ts';
import { type Outcome, outcomeOf } from './interactions.ts';
import { channelOf, Impossible, userOf } from './lookup.ts';
import { payloadChannel } from './payloads.ts';

const NOT_A_COMMAND =
  'COMMAND is not a valid command. In Slack, all messages that start with the "/" character are interpreted as commands.';

export interface CommandRequest {
  user: string;
  channel: string;
  command: string;
  text: string;
  thread_ts?: string | undefined;
}

/** Somebody sends a slash command. Resolves once the app has acknowledged it, or failed to. */
export async function sendCommand(core: Core, request: CommandRequest): Promise<Outcome> {
  const user = userOf(core, request.user);
  const channel = channelOf(core, request.channel);
  const { command, text } = request;
  const { thread_ts } = request;
  if (thread_ts) {
    return refuse(core, user, channel, `${command} is not supported in threads. Sorry!`, thread_ts);
  }
  const known = core.manifest.features.slash_commands.some((one) => one.command === command);
  if (!known) return refuse(core, user, channel, NOT_A_COMMAND.replace('COMMAND', command));
  if (!channel.members.includes(user.id)) throw new Impossible('the user is not in the channel');
  const { team, app, verificationToken } = core.identity;
  const place = payloadChannel(channel);
  const payload = {
    token: verificationToken,
    team_id: team.id,
    team_domain: team.domain,
    channel_id: place.id,
    channel_name: place.name,
    user_id: user.id,
    user_name: user.name,
    command,
    text,
    api_app_id: app.id,
    is_enterprise_install: 'false',
    response_url: createResponseUrl(core, user.id, channel.id),
    trigger_id: createTrigger(core, user.id),
  };
  const delivery = await core.transport.deliver({ type: 'slash_commands', payload, acceptsResponse: true });
  if (delivery.outcome === 'acked') showAck(core, user, channel, request, delivery.response);
  return outcomeOf(core, delivery, command, { user: user.id, channel: channel.id });
}

function refuse(core: Core, user: User, channel: Channel, text: string, thread_ts?: string): Outcome {
  const place = thread_ts === undefined ? {} : { thread_ts };
  tellFailure(core, { user: user.id, channel: channel.id, text, ...place });
  return { ok: false, error: text };
}

/** The ack may carry a message; one for the channel also shows the command that asked for it. */
function showAck(core: Core, user: User, channel: Channel, request: CommandRequest, response: unknown): void {
  if (!isObject(response) || Object.keys(response).length === 0) return;
  if (response.response_type === 'in_channel') {
    post(core, { channel: channel.id, user: user.id, text: `${request.command} ${request.text}`.trim() });
  }
  if (response.text === undefined && response.blocks === undefined) return;
  const answer = respond(core, ackEntry(core, user.id, channel), response, 'ack');
  if (answer.status !== 200) {
    noteUnexpected(core, { code: 'invalid_ack', message: request.command, detail: answer.body });
  }
}
