import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { redactRows } from '#diagnostics/insights/redact-rows.ts';

const row = (second: number, message: string) => [
  { field: '@timestamp', value: `2026-11-24 14:00:${second}.000` },
  { field: '@message', value: message },
  { field: '@ptr', value: 'abc' },
];
const key = ['-----BEGIN PRIVATE KEY-----', ...['a', 'b', 'c'].map(line64), '-----END PRIVATE KEY-----'];

/** As random bytes look in base64. */
function line64(seed: string): string {
  return createHash('sha384').update(seed).digest('base64');
}

it.each([
  ['oldest first', key],
  ['newest first', key.toReversed()],
])(
  'a key of several lines is hidden in every row, %s, and the times between them stay',
  async (_order, lines) => {
    const rows = await redactRows([...lines, 'listening'].map((line, index) => row(10 + index, line)));
    expect(rows.map(({ '@timestamp': at }) => at)).toEqual(
      [10, 11, 12, 13, 14, 15].map((second) => `2026-11-24 14:00:${second}.000`),
    );
    const bare = rows
      .map(({ '@message': message }) => message)
      .filter((message) => /^[\w+/]{64}$/.test(message ?? ''));
    expect(bare).toEqual([]);
    expect(rows.at(-1)).toEqual({ '@timestamp': '2026-11-24 14:00:15.000', '@message': 'listening' });
  },
);
