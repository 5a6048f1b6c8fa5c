import type { Core } from '../core.ts';
import { findMessage } from '../messages.ts';
import type { Message } from '../model.ts';
import { conversation } from './conversation.ts';
import { type Args, type Method, required, SlackFailure } from './method.ts';

function reactedTo(core: Core, args: Args): { message: Message; name: string } {
  const name = required(args, 'name', 'invalid_name');
  if (!/^[a-z0-9_+'-]+(::skin-tone-[2-6])?$/.test(name)) throw new SlackFailure('invalid_name');
  const channel = conversation(core, required(args, 'channel', 'channel_not_found'));
  const message = findMessage(core, channel.id, required(args, 'timestamp'));
  if (message === undefined) throw new SlackFailure('message_not_found');
  return { message, name };
}

export const reactionMethods: Record<string, Method> = {
  'reactions.add': {
    token: 'bot',
    scopes: ['reactions:write'],
    tier: 50,
    handle(core, args) {
      const { message, name } = reactedTo(core, args);
      const { botUserId } = core.identity.app;
      message.reactions ??= [];
      const reaction = message.reactions.find((one) => one.name === name);
      if (reaction?.users.includes(botUserId)) throw new SlackFailure('already_reacted');
      if (reaction === undefined) message.reactions.push({ name, users: [botUserId], count: 1 });
      else {
        reaction.users.push(botUserId);
        reaction.count += 1;
      }
      core.changes.emit({ type: 'message', message });
      return {};
    },
  },
  'reactions.remove': {
    token: 'bot',
    scopes: ['reactions:write'],
    tier: 20,
    handle(core, args) {
      const { message, name } = reactedTo(core, args);
      const { botUserId } = core.identity.app;
      const reaction = message.reactions?.find((one) => one.name === name);
      if (!reaction?.users.includes(botUserId)) throw new SlackFailure('no_reaction');
      reaction.users = reaction.users.filter((user) => user !== botUserId);
      reaction.count -= 1;
      message.reactions = message.reactions?.filter((one) => one.count > 0) ?? [];
      core.changes.emit({ type: 'message', message });
      return {};
    },
  },
};
