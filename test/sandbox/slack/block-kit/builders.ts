import { validateMessage } from '#sandbox/slack/block-kit/validate.ts';

export const plain = (text: string) => ({ type: 'plain_text', text });
export const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
export const button = (more: object = {}) => ({ type: 'button', text: plain('Go'), ...more });
export const actions = (...elements: object[]) => ({ type: 'actions', elements });
export const section = (more: object) => ({ type: 'section', ...more });
export const rich = (...elements: object[]) => ({ type: 'rich_text', elements });
export const leaf = (text: string) => ({ type: 'text', text });
export const raw = (text: string) => ({ type: 'raw_text', text });
export const option = (value: string, text = value) => ({ text: plain(text), value });
export const many = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => make(index));
export const long = (length: number) => 'x'.repeat(length);
export const astral = (length: number) => '🔴'.repeat(length);

export const points = (...labels: string[]) => labels.map((label, value) => ({ label, value }));
export const chart = (more: object = {}, title = 'Memory') => ({
  type: 'data_visualization',
  title,
  chart: {
    type: 'line',
    series: [{ name: 'app', data: points('14:00', '14:01') }],
    axis_config: { categories: ['14:00', '14:01'], y_label: 'MiB' },
    ...more,
  },
});
export const pie = (...segments: object[]) => ({
  type: 'data_visualization',
  title: 'Stops',
  chart: { type: 'pie', segments },
});
export const dataTable = (rows: object[][], more: object = {}) => ({
  type: 'data_table',
  caption: 'Tasks',
  rows,
  ...more,
});

/** What a message of this one block would be refused for, as `pointer message`. */
export function problemsOf(block: object): string[] {
  return validateMessage({ blocks: [block] }, 'message').map(
    ({ pointer, message }) => `${pointer} ${message}`,
  );
}
