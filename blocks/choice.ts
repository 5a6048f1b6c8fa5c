import { actions, button, context, section } from './elements.ts';
import { code, mrkdwn, size } from './escape.ts';
import { own } from './limits.ts';
import type { Message } from './message.ts';
import { plural } from './words.ts';

export interface Choice {
  label: string;
  /** The subcommand that the choice runs. */
  command: string;
  /** The encoded request, completed by the choice. */
  value: string;
}

/** Slack shows about this much of a button's text. */
const shownLabel = 30;

/** More than one thing fits: one press chooses. Fit for an ephemeral answer. */
export function choiceMessage(question: string, choices: readonly Choice[]): Message {
  const shown = choices.slice(0, own.choices);
  const more = choices.length - shown.length;
  const asked = mrkdwn(question, own.evidence) || 'Which one?';
  return {
    text: asked,
    blocks: [
      section(asked),
      ...(shown.some(({ label }) => size(label) > shownLabel) ? long(shown) : short(shown)),
      ...context(more > 0 ? `${plural(more, 'more match', 'more matches')}: type more of the name` : ''),
    ],
  };
}

function short(choices: readonly Choice[]): Message['blocks'] {
  return actions(choices.map((choice, index) => button({ label: choice.label, ...press(choice, index) })));
}

/** Long names differ at their ends, which a button does not show. */
function long(choices: readonly Choice[]): Message['blocks'] {
  return choices.map((choice, index) => ({
    ...section(code(choice.label, own.evidence)),
    accessory: button({ label: 'Choose', spoken: `Choose ${choice.label}`, ...press(choice, index) }),
  }));
}

function press({ command, value }: Choice, index: number): { action: string; value: string } {
  return { action: index === 0 ? `run:${command}` : `run:${command}#${index + 1}`, value };
}
