import { randomBytes } from 'node:crypto';
import { context, section } from '#blocks/elements.ts';
import { mrkdwn } from '#blocks/escape.ts';
import type { Message } from '#blocks/message.ts';
import { refusalMessage, withInvitation } from '#blocks/refusal.ts';
import type { Request } from '#commands/command.ts';

/** Sentences that the bot says about itself. What it says about services is in the blocks. */

export function busyMessage(): Message {
  return refusalMessage({
    message: 'The bot has too much in work to take this on.',
    hint: 'In a few seconds it can.',
  });
}

export function unknownActionMessage(): Message {
  return refusalMessage({
    message: 'This version of the bot does not know what that would do.',
    hint: 'What it knows is listed by /ecs help.',
  });
}

export function strangerMessage(): Message {
  return refusalMessage({
    message: 'This bot answers only people of the workspace that it is installed in.',
  });
}

export function nothingOpenMessage(): Message {
  return refusalMessage({
    message: 'No environment is open to you here.',
    hint: 'Whoever runs this bot lists channels and user groups per environment in its accounts file.',
  });
}

/** `why` is mrkdwn of our own making: it links the channels and groups that may look. */
export function closedMessage(why: string): Message {
  return { text: why, blocks: [section(why)] };
}

export function accessUnknownMessage(): Message {
  return refusalMessage({
    message: 'It could not be checked whether you may look: Slack did not answer.',
    hint: 'Until it does, nothing is shown.',
  });
}

/** The answer under a line that says why it is private. `code` is Slack's name of the reason. */
export function onlyForYou(message: Message, code: string, bot: string): Message {
  const why = closedFor(code);
  if (why === undefined) return withInvitation(message, bot);
  return { text: message.text, blocks: [...context(`Only you see this. ${mrkdwn(why)}`), ...message.blocks] };
}

/** Reasons that an invitation would not change. */
function closedFor(code: string): string | undefined {
  if (code === 'is_archived') return 'This channel is archived.';
  if (code.startsWith('restricted_action') || code === 'no_permission')
    return 'Posting is restricted in this channel.';
  return undefined;
}

/** The message itself did not come through, whatever Slack's reason. */
export function undelivered(message: Message): Message {
  const why = 'Only you see this. Slack did not take the answer for the channel.';
  return { text: message.text, blocks: [...context(why), ...message.blocks] };
}

/** What a message says whose answer a restart has cut off. */
export function cutOffMessage(): Message {
  return refusalMessage({
    message: 'The bot was restarted before it had found this out.',
    hint: 'Ask again.',
  });
}

/** A reference that the log has too. */
export function newReference(): string {
  return randomBytes(4).toString('hex');
}

/** "api in prod", as far as it is known. */
export function targetName(request: Request): string {
  const what = request.service ?? request.options.task ?? request.options.family ?? request.options.cluster;
  return [what, request.environment].filter((part) => part !== undefined && part !== '').join(' in ');
}

/** What the message says that appears at once. */
export function lookingTitle(request: Request): string {
  const target = targetName(request);
  if (request.command === 'explain') return 'Reading the text';
  return target === '' ? 'Looking' : `Looking at ${target}`;
}
