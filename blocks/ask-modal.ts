import type { ExternalSelect, InputBlock, ModalView } from '@slack/types';
import { context, option, plainText, section, select } from './elements.ts';
import { mrkdwn, size } from './escape.ts';
import { own, slack } from './limits.ts';
import { commandLabel } from './words.ts';

/** The modal "Diagnose an ECS service". Block ids and action ids are both the field's name. */

export interface Ask {
  /** What can be checked, in the order of the menu. */
  commands: readonly string[];
  environment?: string;
  service?: string;
  command?: string;
  /** Why it asks, or what was wrong with the last try. */
  notice?: string;
  /** Comes back with the submission; at most 3,000 characters. */
  privateMetadata?: string;
}

const heading = 'Diagnose a service';

export function askModal(ask: Ask): ModalView {
  const initial =
    ask.command !== undefined && ask.commands.includes(ask.command) ? ask.command : ask.commands[0];
  const menu = select('command', 'What to check', ask.commands.map(commandOption));
  return {
    type: 'modal',
    callback_id: 'ask',
    title: plainText(heading, slack.viewTitle),
    submit: plainText('Diagnose', slack.viewButton),
    close: plainText('Cancel', slack.viewButton),
    ...(ask.privateMetadata === undefined ? {} : { private_metadata: ask.privateMetadata }),
    blocks: [
      ...(ask.notice === undefined ? [] : [section(mrkdwn(ask.notice, own.evidence))]),
      field('environment', 'Environment', external('environment', 'Choose an environment', ask.environment)),
      field('service', 'Service', external('service', 'Type a part of its name', ask.service)),
      field('command', 'What to check', {
        ...menu,
        ...(initial === undefined ? {} : { initial_option: commandOption(initial) }),
      }),
    ],
  };
}

/** Opened at once, since a trigger lives three seconds; replaced when what it asks for is known. */
export function askLoadingModal(): ModalView {
  return {
    type: 'modal',
    callback_id: 'ask',
    title: plainText(heading, slack.viewTitle),
    close: plainText('Cancel', slack.viewButton),
    blocks: [...context('Reading the message …')],
  };
}

/** In place of the form, where it cannot be filled in. */
export function askRefusalModal(message: string): ModalView {
  return {
    type: 'modal',
    callback_id: 'ask',
    title: plainText(heading, slack.viewTitle),
    close: plainText('Close', slack.viewButton),
    blocks: [section(mrkdwn(message, own.evidence) || 'Nothing can be asked here.')],
  };
}

function commandOption(command: string) {
  return option(commandLabel(command), command);
}

function field(name: string, label: string, element: InputBlock['element']): InputBlock {
  return { type: 'input', block_id: name, label: plainText(label, slack.inputLabel), element };
}

/** A name longer than an option's value can hold is left for the asker to find. */
function external(name: string, placeholder: string, value: string | undefined): ExternalSelect {
  return {
    type: 'external_select',
    action_id: name,
    placeholder: plainText(placeholder, slack.placeholder),
    min_query_length: 0,
    ...(value === undefined || value === '' || size(value) > slack.optionValue
      ? {}
      : { initial_option: option(value, value) }),
  };
}
