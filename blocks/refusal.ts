import { context, section } from './elements.ts';
import { code, mrkdwn } from './escape.ts';
import { own } from './limits.ts';
import type { Message } from './message.ts';

/**
 * Private answers for what cannot be done: to an ephemeral message or a response URL, so classic blocks only.
 * Each says what was wrong and what would be right.
 */

export interface Refusal {
  /** What was wrong, as a sentence. */
  message: string;
  /** Commands that could be typed instead, best first. */
  suggestions?: readonly string[];
  /** One muted line more. */
  hint?: string;
}

export function refusalMessage({ message, suggestions = [], hint = '' }: Refusal): Message {
  const said = mrkdwn(message, own.evidence);
  const commands = suggestions.slice(0, own.suggestions).map((suggestion) => code(suggestion, own.evidence));
  const lines = commands.length === 0 ? '' : `\nYou could type:\n${commands.join('\n')}`;
  return {
    text: said || 'That cannot be done.',
    blocks: [section(`${said || 'That cannot be done.'}${lines}`), ...context(mrkdwn(hint, own.note))],
  };
}

/** The answer itself, private, under a line that says why and how to change it. */
export function withInvitation(message: Message, bot: string): Message {
  const invite = `Type /invite @${bot} and run the command again to answer in the channel.`;
  return {
    text: message.text,
    blocks: [...context(`Only you see this. ${mrkdwn(invite, own.note)}`), ...message.blocks],
  };
}

/** A button of an older version, or a value that cannot be read. */
export function staleButtonMessage(): Message {
  return refusalMessage({
    message: 'This button was made by another version and can no longer be read.',
    hint: 'Type the command again; its new buttons work.',
  });
}

/** Something failed that is nobody's fault in the channel. `reference` finds it in the log. */
export function failureMessage(message: string, reference?: string): Message {
  return refusalMessage({
    message,
    hint: reference === undefined ? '' : `Reference for the log: ${reference}`,
  });
}
