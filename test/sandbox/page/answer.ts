/** A full diagnosis answer as the bot posts it, and what follows in its thread. */

type Block = Record<string, unknown>;

const text = (content: string, style?: Record<string, boolean>) => ({
  type: 'text',
  text: content,
  ...(style ? { style } : {}),
});
const section = (...elements: unknown[]) => ({ type: 'rich_text_section', elements });
const raw = (content: string) => ({ type: 'raw_text', text: content });
const bold = { bold: true };

export const LOG = [
  '2026-01-01T14:38:09.114Z INFO  GET /orders/8812 200 41ms',
  '2026-01-01T14:38:10.302Z WARN  heap 498 MiB of 512 MiB after full collection, cache holds 41210 entries',
  '2026-01-01T14:38:11.870Z INFO  POST /orders <script>alert("x")</script> 422 3ms',
  '2026-01-01T14:38:12.015Z ERROR java.lang.OutOfMemoryError: Java heap space at com.example.orders.Cache.put(Cache.java:118)',
  'Notify <!channel> and <@U0DANA> when *this* happens &amp; again',
].join('\n');

const TABLE: Block = {
  type: 'table',
  block_id: 'stops',
  column_settings: [
    null,
    null,
    { align: 'right' },
    { is_wrapped: true },
    { align: 'right' },
    { align: 'center' },
  ],
  rows: [
    ['last stop', 'container', 'exit', 'reason', 'times', 'revision'].map(raw),
    [
      {
        type: 'rich_text',
        elements: [
          section({ type: 'date', timestamp: 1767278292, format: '{time_secs}', fallback: '14:38:12' }),
        ],
      },
      raw('app'),
      raw('137'),
      raw('OutOfMemoryError: Container killed due to memory usage'),
      raw('6'),
      raw('api:42'),
    ],
    [
      raw('14:02:40'),
      { type: 'rich_text', elements: [section(text('envoy', { code: true }))] },
      raw('143'),
      raw('Essential container in task exited'),
      raw('1'),
      raw('api:41'),
    ],
  ],
};

const ACTIONS: Block = {
  type: 'actions',
  block_id: 'report-actions',
  elements: [
    {
      type: 'button',
      action_id: 'run:logs',
      text: { type: 'plain_text', text: 'Show logs' },
      value: 'v1',
      style: 'primary',
    },
    { type: 'button', action_id: 'fix', text: { type: 'plain_text', text: 'How to fix' }, value: 'v2' },
    {
      type: 'static_select',
      action_id: 'deeper',
      placeholder: { type: 'plain_text', text: 'Deeper checks' },
      options: [
        { text: { type: 'plain_text', text: 'Network' }, value: 'network' },
        { text: { type: 'plain_text', text: 'Image' }, value: 'image' },
        {
          text: { type: 'plain_text', text: 'Roles' },
          value: 'iam',
          description: { type: 'plain_text', text: 'Task and execution role' },
        },
      ],
    },
    {
      type: 'button',
      action_id: 'run:why-stopped',
      text: { type: 'plain_text', text: 'Run again' },
      value: 'v3',
    },
  ],
};

export const ANSWER_BLOCKS: Block[] = [
  {
    type: 'section',
    block_id: 'verdict',
    text: {
      type: 'mrkdwn',
      text: ':red_circle: *api in prod: out of memory*\n`app` is killed at its 512 MiB limit, 6 times in the last 40 minutes, since api:42 cut it from 1024 MiB.',
    },
  },
  {
    type: 'context',
    block_id: 'where',
    elements: [
      {
        type: 'mrkdwn',
        text: 'prod · 222222222222 · us-east-1 · cluster prod · as of <!date^1767278460^{time}|14:41 UTC>',
      },
    ],
  },
  {
    type: 'rich_text',
    block_id: 'why',
    elements: [
      section(
        text('Why', bold),
        text(
          '  tasks stop ← app out of memory · confirmed ← api:42 lowered memory 1024 → 512 MiB, 14:02 · confirmed',
        ),
      ),
      section(
        text('Now', bold),
        text('  1 of 2 running · deployment of api:42 since 14:02, 4 failed · last good revision api:41'),
      ),
    ],
  },
  TABLE,
  {
    type: 'rich_text',
    block_id: 'tail',
    elements: [
      section(
        text('Last lines of app', bold),
        text(', task '),
        text('3f2a9c1b', { code: true }),
        text(', before it stopped at 14:38:12'),
      ),
      { type: 'rich_text_preformatted', elements: [text(LOG)] },
    ],
  },
  {
    type: 'rich_text',
    block_id: 'checked',
    elements: [
      section(text('Ruled out', bold), text('  image, roles, network, health checks')),
      section(
        text('Not checked', bold),
        text('  who deployed (needs '),
        text('cloudtrail:LookupEvents', { code: true }),
        text(')'),
      ),
    ],
  },
  ACTIONS,
  { type: 'context', block_id: 'cost', elements: [{ type: 'mrkdwn', text: '11 AWS calls · 0.4 s' }] },
];

export const CHART: Block = {
  type: 'data_visualization',
  block_id: 'memory',
  title: 'Memory of api, MiB',
  chart: {
    type: 'line',
    axis_config: {
      categories: ['14:00', '14:05', '14:10', '14:15', '14:20', '14:25', '14:30', '14:35', '14:40'],
      x_label: 'Time (UTC)',
      y_label: 'MiB',
    },
    series: [
      { name: 'used', data: points([310, 402, 490, 512, 205, 431, 509, 512, 188]) },
      { name: 'limit', data: points(Array.from({ length: 9 }, () => 512)) },
    ],
  },
};

function points(values: number[]) {
  return values.map((value, index) => ({ label: `14:${String(index * 5).padStart(2, '0')}`, value }));
}
