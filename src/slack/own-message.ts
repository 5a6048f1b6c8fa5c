import type { Request } from '#commands/command.ts';
import type { Identity } from './people.ts';
import { requestOfMetadata } from './state.ts';

/** Who sent a message, as far as Slack says, and what its metadata holds. */
export interface Sent {
  bot_id?: string | undefined;
  user?: string | undefined;
  metadata?: unknown;
}

/**
 * What a message of this bot was asked. Any app of the workspace may write metadata of the same event type, so that of
 * others is not believed.
 */
export function requestOfOwn(
  message: Sent,
  { botId, botUserId }: Pick<Identity, 'botId' | 'botUserId'>,
): Request | undefined {
  const isOwn = is(message.bot_id, botId) || is(message.user, botUserId);
  return isOwn ? requestOfMetadata(message.metadata) : undefined;
}

/** Slack leaves out what it does not know, and what is not known is nobody. */
function is(id: string | undefined, own: string): boolean {
  return id !== undefined && id !== '' && id === own;
}
