import type { Core } from '../core.ts';
import type { Channel, User } from '../model.ts';

/** The fields that payloads of every kind of interaction carry. */
export function interactionBase(core: Core, user: User): Record<string, unknown> {
  const { team, app, verificationToken } = core.identity;
  return {
    team: { id: team.id, domain: team.domain },
    user: { id: user.id, username: user.name, name: user.name, team_id: user.team_id ?? team.id },
    api_app_id: app.id,
    token: verificationToken,
    enterprise: null,
    is_enterprise_install: false,
  };
}

/** Slack names private conversations by their kind. */
export function payloadChannel(channel: Channel): { id: string; name: string } {
  if (channel.is_im) return { id: channel.id, name: 'directmessage' };
  return { id: channel.id, name: channel.is_private ? 'privategroup' : channel.name };
}
