import { expect, it } from 'vitest';
import { errors } from '#diagnostics/insights/queries/errors.ts';
import type { ResultRow } from '#diagnostics/insights/query.ts';
import type { LogShape } from '#diagnostics/insights/shape.ts';

const shape: LogShape = {
  kind: 'json',
  fields: { level: 'level', message: 'msg' },
  unit: 'ms',
  numericLevel: false,
};
const now = new Date('2026-11-24T12:00:00Z');
const beside = { shape, window: { from: now, to: now }, stopped: [], plainClass: 'INFREQUENT_ACCESS' };

it('of a class that cannot cluster, a record without a message stands for itself and is not left empty', () => {
  const bare = '{"level":"error","code":17}';
  const rows: ResultRow[] = [
    { said: 'pool is exhausted after 31 s', '@message': '…' },
    { said: 'pool is exhausted after 44 s', '@message': '…' },
    { '@message': bare },
    { said: '', '@message': '{"level":"error","code":18}' },
  ];
  const commands = errors.commands(beside);
  expect(Array.isArray(commands) && commands.join('\n')).toContain('fields @timestamp, said, @message');
  const { headline, rows: shown } = errors.read(rows, { ...beside, matched: 4 });
  expect(shown.map(([count, , pattern]) => [count, pattern])).toEqual([
    ['2', 'pool is exhausted after … s'],
    ['2', '{"level":"error","code":…}'],
  ]);
  expect(headline).toMatch(/^2 patterns make 4 errors; the first: pool/);
});

it('of more than are clustered here the newest are told of as such', () => {
  const rows = Array.from({ length: 3 }, () => ({ said: 'disk full' }));
  const { headline } = errors.read(rows, { ...beside, matched: 5_000 });
  expect(headline).toBe('1 pattern makes the newest 3 errors: disk full');
});
