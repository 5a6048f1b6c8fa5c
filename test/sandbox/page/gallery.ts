/** One example of every block family, as Slack documents their fields. */

type Block = Record<string, unknown>;

const plain = (text: string) => ({ type: 'plain_text', text });
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
const raw = (text: string) => ({ type: 'raw_text', text });
const rich = (...elements: unknown[]) => ({ type: 'rich_text', elements });
const line = (...elements: unknown[]) => ({ type: 'rich_text_section', elements });
const leaf = (text: string, style?: Block) => ({ type: 'text', text, ...(style ? { style } : {}) });
const option = (text: string, value: string) => ({ text: plain(text), value });

const series = (name: string, ...values: number[]) => ({
  name,
  data: values.map((value, index) => ({ label: `p${index + 1}`, value })),
});

export const GALLERY = {
  section: {
    type: 'section',
    block_id: 'section',
    text: mrkdwn('*Service* `api` :warning:\n> quoted line\nplain'),
    fields: [mrkdwn('*Running*\n1 of 2'), mrkdwn('*Revision*\napi:42')],
    accessory: {
      type: 'overflow',
      action_id: 'more',
      options: [option('Silence', 'silence'), option('Hand over', 'hand')],
    },
  },
  header: { type: 'header', block_id: 'header', text: plain('Deployment of api:42 :rocket:') },
  divider: { type: 'divider', block_id: 'divider' },
  context: {
    type: 'context',
    block_id: 'context',
    elements: [{ type: 'image', image_url: '/icon.svg', alt_text: 'sign' }, mrkdwn('prod · *us-east-1*')],
  },
  actions: {
    type: 'actions',
    block_id: 'actions',
    elements: [
      { type: 'button', action_id: 'plain', text: plain('Plain'), value: 'p' },
      { type: 'button', action_id: 'go', style: 'primary', text: plain('Primary'), value: 'g' },
      {
        type: 'button',
        action_id: 'stop',
        style: 'danger',
        text: plain('Danger'),
        value: 's',
        confirm: {
          title: plain('Stop looking?'),
          text: mrkdwn('The thread *stays*.'),
          confirm: plain('Stop it'),
          deny: plain('Keep on'),
          style: 'danger',
        },
      },
      {
        type: 'button',
        action_id: 'open',
        text: plain('Console'),
        url: 'https://console.aws.amazon.com/ecs',
      },
      {
        type: 'static_select',
        action_id: 'pick',
        placeholder: plain('Pick a check'),
        option_groups: [
          { label: plain('Now'), options: [option('Network', 'network'), option('Image', 'image')] },
          { label: plain('Later'), options: [option('Roles', 'iam')] },
        ],
      },
      { type: 'users_select', action_id: 'who', placeholder: plain('Hand to') },
      { type: 'datepicker', action_id: 'day', initial_date: '2026-01-01' },
    ],
  },
  image: {
    type: 'image',
    block_id: 'image',
    image_url: '/icon.svg',
    alt_text: 'a sign',
    title: plain('The sign'),
  },
  richText: {
    block_id: 'rich',
    ...rich(
      line(
        leaf('bold', { bold: true }),
        leaf(' '),
        leaf('italic', { italic: true }),
        leaf(' '),
        leaf('gone', { strike: true }),
        leaf(' '),
        leaf('code', { code: true }),
        leaf(' '),
        { type: 'link', url: 'https://example.com/runbook', text: 'runbook' },
        leaf(' '),
        { type: 'user', user_id: 'U0DANA' },
        leaf(' '),
        { type: 'broadcast', range: 'here' },
        leaf(' '),
        { type: 'emoji', name: 'mag' },
      ),
      { type: 'rich_text_list', style: 'bullet', elements: [line(leaf('first')), line(leaf('second'))] },
      { type: 'rich_text_list', style: 'ordered', indent: 1, elements: [line(leaf('inner'))] },
      { type: 'rich_text_quote', elements: [leaf('said so')] },
      {
        type: 'rich_text_preformatted',
        elements: [leaf(`${'wide '.repeat(80)}\n<!channel> <script>alert(1)</script> &lt;b&gt;`)],
      },
    ),
  },
  table: {
    type: 'table',
    block_id: 'table',
    column_settings: [null, { align: 'right' }, { is_wrapped: true }],
    rows: [
      [raw('Task'), raw('Exit'), raw('Reason')],
      [
        raw('3f2a'),
        { type: 'raw_number', value: 137, text: '137' },
        rich(line(leaf('OutOfMemoryError', { code: true }), leaf(' Container killed due to memory usage'))),
      ],
    ],
  },
  dataTable: {
    type: 'data_table',
    block_id: 'data-table',
    caption: 'Services in trouble',
    page_size: 3,
    rows: [
      [raw('Service'), raw('Stopped')],
      ...[
        ['api', 6],
        ['worker', 12],
        ['mail', 2],
        ['search', 31],
      ].map(([name, count]) => [
        raw(String(name)),
        { type: 'raw_number', value: count, text: String(count) },
      ]),
    ],
  },
  markdown: {
    type: 'markdown',
    block_id: 'markdown',
    text: '## Steps\n1. Raise **memory**\n2. Run `terraform apply`\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```\nplan <b>\n```\nAsk <@U0DANA>',
  },
  container: {
    type: 'container',
    block_id: 'container',
    title: plain('Ruled out'),
    subtitle: plain('4 checks'),
    is_collapsible: true,
    default_collapsed: true,
    child_blocks: [{ type: 'section', block_id: 'inner', text: mrkdwn('image, roles') }],
  },
  line: {
    type: 'data_visualization',
    block_id: 'line',
    title: 'CPU, percent',
    chart: {
      type: 'line',
      axis_config: { categories: ['p1', 'p2', 'p3'], x_label: 'Time', y_label: '%' },
      series: [series('web', 20, 90, 40), series('db', 10, 15, 12)],
    },
  },
  bar: {
    type: 'data_visualization',
    block_id: 'bar',
    title: 'Stops an hour',
    chart: {
      type: 'bar',
      axis_config: { categories: ['p1', 'p2', 'p3'] },
      series: [series('api', 3, 0, 6), series('worker', 1, 2, 1)],
    },
  },
  area: {
    type: 'data_visualization',
    block_id: 'area',
    title: 'Memory',
    chart: {
      type: 'area',
      axis_config: { categories: ['p1', 'p2', 'p3'] },
      series: [series('used', 300, 512, 180)],
    },
  },
  pie: {
    type: 'data_visualization',
    block_id: 'pie',
    title: 'Exit codes',
    chart: {
      type: 'pie',
      segments: [
        { label: '137', value: 6 },
        { label: '1', value: 2 },
      ],
    },
  },
  card: {
    type: 'card',
    block_id: 'card',
    title: mrkdwn('*api*'),
    subtitle: mrkdwn('prod'),
    body: mrkdwn('1 of 2 running'),
    actions: [{ type: 'button', action_id: 'card-go', text: plain('Look'), value: 'c' }],
  },
  carousel: {
    type: 'carousel',
    block_id: 'carousel',
    elements: ['api', 'worker', 'mail'].map((name) => ({
      type: 'card',
      title: mrkdwn(`*${name}*`),
      body: mrkdwn('stopped'),
    })),
  },
  plan: {
    type: 'plan',
    block_id: 'plan',
    title: 'Looking at api',
    tasks: [
      { type: 'task_card', task_id: '1', title: 'Read the service', status: 'complete' },
      {
        type: 'task_card',
        task_id: '2',
        title: 'Read the logs',
        status: 'in_progress',
        details: rich(line(leaf('40 lines so far'))),
      },
      { type: 'task_card', task_id: '3', title: 'Read the trail', status: 'error' },
    ],
  },
  contextActions: {
    type: 'context_actions',
    block_id: 'context-actions',
    elements: [
      {
        type: 'feedback_buttons',
        action_id: 'rate',
        positive_button: { text: plain('Right'), value: 'yes' },
        negative_button: { text: plain('Wrong'), value: 'no' },
      },
      { type: 'icon_button', action_id: 'bin', icon: 'trash', text: plain('Delete') },
    ],
  },
  video: {
    type: 'video',
    block_id: 'video',
    video_url: 'https://example.com/v',
    thumbnail_url: '/icon.svg',
    alt_text: 'walkthrough',
    title: plain('Walkthrough'),
  },
  input: {
    type: 'input',
    block_id: 'input',
    label: plain('Service'),
    hint: plain('A part of its name is enough'),
    optional: true,
    element: { type: 'plain_text_input', action_id: 'service' },
  },
  unknown: { type: 'hologram', block_id: 'hologram' },
} satisfies Record<string, Block>;
