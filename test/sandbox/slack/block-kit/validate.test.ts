import { describe, expect, test } from 'vitest';
import { slackLine } from '#sandbox/slack/block-kit/problem.ts';
import { validateMessage, validateView } from '#sandbox/slack/block-kit/validate.ts';
import { fc } from '#test/property.ts';

type MessageSurface = Parameters<typeof validateMessage>[1];

const plain = (text: string) => ({ type: 'plain_text', text });
const divider = { type: 'divider' };
const section = (length: number, more: object = {}) => ({
  type: 'section',
  text: plain('x'.repeat(length)),
  ...more,
});
const table = { type: 'table', rows: [[{ type: 'raw_text', text: 'x' }]] };
const chart = {
  type: 'data_visualization',
  title: 'Stops',
  chart: { type: 'pie', segments: [{ label: 'oom', value: 1 }] },
};
const button = (action_id: string) => ({ type: 'button', action_id, text: plain('x') });
const input = {
  type: 'input',
  label: plain('x'),
  element: { type: 'plain_text_input', focus_on_load: true },
};
const image = { type: 'image', alt_text: 'x', slack_file: { id: 'F1' } };
const many = <T>(count: number, block: T): T[] => Array.from({ length: count }, () => block);

function lines(blocks: unknown, surface: MessageSurface = 'message'): string[] {
  return validateMessage({ blocks }, surface).map(({ pointer, message }) => `${pointer} ${message}`);
}

describe('the blocks of a message together', () => {
  test.each<[string, unknown, MessageSurface]>([
    ['50 blocks', many(50, divider), 'message'],
    ['one table and two charts', [table, chart, chart], 'message'],
    ['13,000 characters', many(5, section(2600)), 'message'],
    ['the same action in two blocks', many(2, { type: 'actions', elements: [button('again')] }), 'message'],
    ['more than 13,000 characters through a response URL', many(5, section(3000)), 'response_url'],
    ['an input in an ephemeral message', [input], 'ephemeral'],
    [
      'the same action in two cards',
      [{ type: 'carousel', elements: many(2, { type: 'card', actions: [button('again')] }) }],
      'message',
    ],
  ])('may be %s', (_what, blocks, surface) => {
    expect(lines(blocks, surface)).toEqual([]);
  });

  test.each<[string, unknown, string, MessageSurface]>([
    ['51 blocks', many(51, divider), '/blocks no more than 50 items allowed', 'message'],
    ['two tables', [table, divider, table], '/blocks/2 no more than 1 table blocks allowed', 'message'],
    [
      'three charts',
      [chart, chart, chart],
      '/blocks/2 no more than 2 data_visualization blocks allowed',
      'message',
    ],
    [
      'a table beside one in a container',
      [table, { type: 'container', child_blocks: [table] }],
      '/blocks/1/child_blocks/0 no more than 1 table blocks allowed',
      'message',
    ],
    [
      '13,001 characters',
      [...many(5, section(2600)), section(1)],
      '/blocks must be less than 13001 characters over all blocks',
      'message',
    ],
    [
      'two blocks of an id',
      [section(1, { block_id: 'a' }), section(1, { block_id: 'a' })],
      "/blocks/1/block_id block_id 'a' already exists for another block",
      'message',
    ],
    [
      'two elements of an id in a block',
      [{ type: 'actions', elements: [button('again'), button('again')] }],
      "/blocks/0/elements/1/action_id action_id 'again' already exists for another element",
      'message',
    ],
    [
      'a plan beside a task',
      [
        { type: 'plan', title: 'x' },
        { type: 'task_card', task_id: '1', title: 'x', status: 'pending' },
      ],
      '/blocks plan and task_card must not be mixed',
      'message',
    ],
    [
      '12,001 characters of markdown',
      [
        { type: 'markdown', text: 'x'.repeat(12_000) },
        { type: 'markdown', text: 'x' },
      ],
      '/blocks must be less than 12001 characters over all markdown blocks',
      'message',
    ],
    [
      'an alert in a message',
      [{ type: 'alert', text: plain('x') }],
      '/blocks/0/type unsupported type: alert on surface message',
      'message',
    ],
    [
      'a table for one person',
      [table],
      '/blocks/0/type unsupported type: table on surface ephemeral',
      'ephemeral',
    ],
    [
      'a chart by response URL',
      [chart],
      '/blocks/0/type unsupported type: data_visualization on surface response_url',
      'response_url',
    ],
    ['a file that is not shared there', [image], '/blocks/0/slack_file invalid slack file', 'response_url'],
    ['no array', {}, '/blocks must be a valid array', 'message'],
  ])('may not be %s', (_what, blocks, problem, surface) => {
    expect(lines(blocks, surface)).toEqual([problem]);
  });

  test('are checked inside attachments too', () => {
    const attachments = [{ color: '#ff0000', blocks: [{ type: 'header' }] }];
    expect(validateMessage({ attachments }, 'message')).toMatchObject([
      { pointer: '/attachments/0/blocks/0' },
    ]);
  });
});

const modal = (more: object = {}) => ({
  type: 'modal',
  title: plain('Diagnose'),
  blocks: [divider],
  ...more,
});

describe('a view', () => {
  test.each<[string, unknown]>([
    ['a modal of 100 blocks', modal({ blocks: many(100, divider) })],
    ['a modal with an alert', modal({ blocks: [{ type: 'alert', text: plain('x'), level: 'warning' }] })],
    ['a form', modal({ submit: plain('Run'), blocks: [input] })],
    ['a Home tab', { type: 'home', blocks: [section(1)] }],
    ['a long private state', modal({ private_metadata: 'x'.repeat(3000) })],
  ])('may be %s', (_what, view) => {
    expect(validateView(view)).toEqual([]);
  });

  test.each<[string, unknown, string]>([
    ['101 blocks', modal({ blocks: many(101, divider) }), '/blocks no more than 100 items allowed'],
    ['no blocks', modal({ blocks: [] }), '/blocks no fewer than 1 items allowed'],
    [
      'a title of 25 characters',
      modal({ title: plain('x'.repeat(25)) }),
      '/title/text must be less than 25 characters',
    ],
    ['no title', modal({ title: undefined }), ' missing required field: title'],
    ['a form without a submit button', modal({ blocks: [input] }), ' missing required field: submit'],
    ['a table', modal({ blocks: [table] }), '/blocks/0/type unsupported type: table on surface modal'],
    [
      'a private state of 3001 characters',
      modal({ private_metadata: 'x'.repeat(3001) }),
      '/private_metadata must be less than 3001 characters',
    ],
    [
      'a Home tab with a title',
      { type: 'home', title: plain('x'), blocks: [divider] },
      ' invalid additional property: title',
    ],
    [
      'two focused fields',
      modal({ submit: plain('Run'), blocks: [input, input] }),
      '/blocks/1/element/focus_on_load only one element can have focus_on_load',
    ],
    ['more than 250 KB', modal({ blocks: many(100, section(2600)) }), ' view is larger than 250 KB'],
    ['no view at all', 'x', ' must be a valid object'],
  ])('may not be %s', (_what, view, problem) => {
    expect(validateView(view).map(({ pointer, message }) => `${pointer} ${message}`)).toEqual([problem]);
  });
});

test('a problem reads as Slack writes it', () => {
  const [problem] = validateMessage(
    { blocks: [{ type: 'header', text: plain('x'.repeat(151)) }] },
    'message',
  );
  expect(problem && slackLine(problem)).toBe(
    '[ERROR] must be less than 151 characters [json-pointer:/blocks/0/text/text]',
  );
});

test('no payload, however odd, is more than the validator can judge', () => {
  fc.assert(
    fc.property(
      fc.jsonValue(),
      fc.constantFrom<MessageSurface>('message', 'ephemeral', 'response_url'),
      (json, surface) => {
        const pointers = [...validateMessage({ blocks: json }, surface), ...validateView(json)].map(
          (one) => one.pointer,
        );
        expect(pointers.every((pointer) => pointer === '' || pointer.startsWith('/'))).toBe(true);
      },
    ),
  );
});

test('a block that is taken alone is also taken twice, but for what a message holds once', () => {
  const blocks = fc.constantFrom<object>(divider, section(10), chart, input, { type: 'markdown', text: 'x' });
  fc.assert(
    fc.property(fc.array(blocks, { minLength: 1, maxLength: 50 }), (many) => {
      const charts = many.filter((block) => block === chart).length;
      expect(lines(many)).toHaveLength(Math.max(0, charts - 2));
    }),
  );
});
