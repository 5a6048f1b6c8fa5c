import { describe, expect, test } from 'vitest';
import { chart, dataTable, long, many, mrkdwn, pie, points, problemsOf, raw, rich } from './builders.ts';

describe('a table, chart or group that Slack refuses', () => {
  test.each<[string, object, string]>([
    [
      'an empty table cell',
      { type: 'table', rows: [[raw('')]] },
      '/blocks/0/rows/0/0/text must be more than 0 characters',
    ],
    [
      '101 rows',
      { type: 'table', rows: many(101, () => [raw('x')]) },
      '/blocks/0/rows no more than 100 items allowed',
    ],
    [
      '21 columns',
      { type: 'table', rows: [many(21, () => raw('x'))] },
      '/blocks/0/rows/0 no more than 20 items allowed',
    ],
    [
      'a table of 10,001 characters',
      { type: 'table', rows: many(3, () => [raw(long(3334))]) },
      '/blocks/0/rows must be less than 10001 characters over all cells',
    ],
    [
      'a data table without rows below its header',
      dataTable([[raw('a')]]),
      '/blocks/0/rows no fewer than 2 items allowed',
    ],
    [
      'a ragged data table',
      dataTable([[raw('a')], [raw('a'), raw('b')]]),
      '/blocks/0/rows all rows must have the same number of cells',
    ],
    [
      'a rich header cell',
      dataTable([[rich({ type: 'rich_text_section', elements: [] })], [raw('a')]]),
      '/blocks/0/rows/0 header cells must not be rich_text',
    ],
    [
      'a chart title of 51 characters',
      chart({}, long(51)),
      '/blocks/0/title must be less than 51 characters',
    ],
    [
      'a category without a point',
      chart({ axis_config: { categories: ['14:00', '14:01', '14:02'] } }),
      '/blocks/0/chart/series/0/data must have exactly one point for every category',
    ],
    [
      'two points for a category',
      chart({ series: [{ name: 'a', data: points('14:00', '14:00') }] }),
      '/blocks/0/chart/series/0/data must have exactly one point for every category',
    ],
    [
      'a point of no value',
      chart({
        series: [
          {
            name: 'a',
            data: [
              { label: '14:00', value: null },
              { label: '14:01', value: 1 },
            ],
          },
        ],
      }),
      '/blocks/0/chart/series/0/data/0/value must be a valid number',
    ],
    [
      'two series of a name',
      chart({ series: many(2, () => ({ name: 'a', data: points('14:00', '14:01') })) }),
      '/blocks/0/chart/series series names must be unique',
    ],
    [
      'seven segments',
      pie(...many(7, (index) => ({ label: `${index}`, value: 1 }))),
      '/blocks/0/chart/segments no more than 6 items allowed',
    ],
    [
      'a segment of nothing',
      pie({ label: 'a', value: 0 }),
      '/blocks/0/chart/segments/0/value must be more than 0',
    ],
    [
      'a task that is completed',
      { type: 'task_card', task_id: '1', title: 'x', status: 'completed' },
      '/blocks/0/status must be one of: pending, in_progress, complete, error',
    ],
    [
      'eleven blocks in a container',
      { type: 'container', child_blocks: many(11, () => ({ type: 'divider' })) },
      '/blocks/0/child_blocks no more than 10 items allowed',
    ],
    [
      'a container in a container',
      { type: 'container', child_blocks: [{ type: 'container', child_blocks: [] }] },
      '/blocks/0/child_blocks/0/type unsupported type: container',
    ],
    [
      'a fold that cannot open',
      { type: 'container', child_blocks: [{ type: 'divider' }], default_collapsed: true },
      '/blocks/0 default_collapsed needs is_collapsible',
    ],
    [
      'a card of nothing',
      { type: 'card', subtitle: mrkdwn('x') },
      '/blocks/0 must provide hero_image, title, actions or body',
    ],
  ])('is %s', (_what, block, problem) => {
    expect(problemsOf(block)).toEqual([problem]);
  });
});
