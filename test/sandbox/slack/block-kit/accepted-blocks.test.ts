import { describe, expect, test } from 'vitest';
import {
  actions,
  astral,
  button,
  chart,
  dataTable,
  leaf,
  long,
  many,
  mrkdwn,
  option,
  pie,
  plain,
  problemsOf,
  raw,
  rich,
  section,
} from './builders.ts';

describe('a block that Slack takes', () => {
  test.each<[string, object]>([
    ['a section of 3000 code points', section({ text: mrkdwn(astral(3000)) })],
    ['a section of ten fields', section({ fields: many(10, () => mrkdwn(long(1000))) })],
    ['a section with an accessory', section({ text: plain('x'), accessory: button(), expand: true })],
    ['a header of 150 characters', { type: 'header', text: plain(long(150)), block_id: long(255) }],
    ['a context of ten elements', { type: 'context', elements: many(10, () => mrkdwn('x')) }],
    ['25 buttons', actions(...many(25, (index) => button({ action_id: `b${index}`, value: long(2000) })))],
    [
      'a button with everything',
      actions(button({ url: 'https://x', style: 'danger', confirm: { text: mrkdwn('Sure?') } })),
    ],
    [
      'a select with groups',
      actions({ type: 'static_select', option_groups: [{ label: plain('A'), options: [option('a')] }] }),
    ],
    [
      'an initial option',
      actions({ type: 'static_select', options: [option('a')], initial_option: option('a') }),
    ],
    ['an overflow of links', actions({ type: 'overflow', options: [{ ...option('a'), url: 'https://x' }] })],
    ['an image by address', { type: 'image', image_url: 'https://x/y.png', alt_text: 'x' }],
    ['an image by file', { type: 'image', slack_file: { id: 'F1' }, alt_text: 'x' }],
    [
      'a preformatted log',
      rich({ type: 'rich_text_preformatted', elements: [leaf('<!channel> *x*')], border: 0 }),
    ],
    [
      'a list',
      rich({
        type: 'rich_text_list',
        style: 'bullet',
        elements: [{ type: 'rich_text_section', elements: [leaf('x')] }],
      }),
    ],
    [
      'a date',
      rich({
        type: 'rich_text_section',
        elements: [{ type: 'date', timestamp: 1, format: '{time}', fallback: 'x' }],
      }),
    ],
    [
      'a table of 100 rows',
      { type: 'table', rows: many(100, () => [raw('a'), { type: 'raw_number', value: 1, text: '1' }]) },
    ],
    [
      'a table that skips a column',
      { type: 'table', rows: [[raw('a'), raw('b')]], column_settings: [null, { align: 'right' }] },
    ],
    [
      'a data table',
      dataTable([[raw('task')], [rich({ type: 'rich_text_section', elements: [leaf('x')] })]], {
        page_size: 10,
      }),
    ],
    ['a line chart', chart()],
    ['a pie chart', pie({ label: 'oom', value: 6 }, { label: 'exit 1', value: 1 })],
    ['a markdown block', { type: 'markdown', text: long(12_000) }],
    [
      'a plan',
      {
        type: 'plan',
        title: 'x',
        tasks: [{ type: 'task_card', task_id: '1', title: 'x', status: 'complete' }],
      },
    ],
    [
      'a container',
      {
        type: 'container',
        title: plain('x'),
        child_blocks: [{ type: 'divider' }],
        is_collapsible: true,
        default_collapsed: true,
      },
    ],
    ['a card', { type: 'card', title: mrkdwn('x'), actions: [button()] }],
    [
      'an input',
      { type: 'input', label: plain('x'), element: { type: 'plain_text_input', max_length: 3000 } },
    ],
  ])('is %s', (_what, block) => {
    expect(problemsOf(block)).toEqual([]);
  });
});
