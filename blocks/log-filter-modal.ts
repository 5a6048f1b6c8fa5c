import type { InputBlock, ModalView } from '@slack/types';
import { option, plainText, select } from './elements.ts';
import { slack } from './limits.ts';

/** What the form begins with. */
export interface LogFilter {
  filter?: string | undefined;
  container?: string | undefined;
  /** As it is typed: `2h`. */
  since?: string | undefined;
  errors?: boolean | undefined;
  containers: readonly string[];
  privateMetadata: string;
}

/** The value of "All containers": no name of a container has a star. */
export const allContainers = '*';
/** A filter pattern may have 1,024 characters; nobody searches for so much. */
export const filterAtMost = 200;

/** The form behind "Filter…": what to look for in the logs, complete at once, since a trigger lives three seconds. */
export function logFilterModal({
  filter,
  container,
  since,
  errors,
  containers,
  privateMetadata,
}: LogFilter): ModalView {
  const all = option('All containers', allContainers);
  const choices = containers
    .filter((name) => name.length <= slack.optionValue)
    .slice(0, slack.options - 1)
    .map((name) => option(name, name));
  const chosen = choices.find(({ value }) => value === container) ?? all;
  const onlyErrors = option('Errors only', 'errors', 'With their stack traces, folded by kind');
  return {
    type: 'modal',
    callback_id: 'log-filter',
    private_metadata: privateMetadata,
    title: plainText('Filter the log', slack.viewTitle),
    submit: plainText('Show', slack.viewButton),
    close: plainText('Cancel', slack.viewButton),
    blocks: [
      {
        ...field('filter', 'Lines that hold'),
        optional: true,
        hint: plainText('As it stands in the line, capitals too. Empty: every line.', slack.inputLabel),
        element: {
          type: 'plain_text_input',
          action_id: 'filter',
          max_length: filterAtMost,
          placeholder: plainText('timed out', slack.placeholder),
          ...(filter === undefined ? {} : { initial_value: filter.slice(0, filterAtMost) }),
        },
      },
      {
        ...field('container', 'Container'),
        element: { ...select('container', 'All containers', [all, ...choices]), initial_option: chosen },
      },
      {
        ...field('since', 'Looking back'),
        optional: true,
        hint: plainText(
          'A number with s, m, h or d, at most 30d. Empty: as far as there are lines.',
          slack.inputLabel,
        ),
        element: {
          type: 'plain_text_input',
          action_id: 'since',
          max_length: 10,
          placeholder: plainText('2h', slack.placeholder),
          ...(since === undefined ? {} : { initial_value: since }),
        },
      },
      {
        ...field('errors', 'Kind'),
        optional: true,
        element: {
          type: 'checkboxes',
          action_id: 'errors',
          options: [onlyErrors],
          ...(errors === true ? { initial_options: [onlyErrors] } : {}),
        },
      },
    ],
  };
}

function field(name: string, label: string): Omit<InputBlock, 'element'> {
  return { type: 'input', block_id: name, label: plainText(label, slack.inputLabel) };
}
