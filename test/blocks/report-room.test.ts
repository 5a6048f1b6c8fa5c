import { describe, expect, test } from 'vitest';
import { own } from '#blocks/limits.ts';
import type { ReportActions } from '#blocks/message.ts';
import { reportMessage } from '#blocks/report.ts';
import { weigh } from '#blocks/weigh.ts';
import { outOfMemory, report, stop } from './reports.ts';
import { shownText } from './shapes.ts';

describe('too long an answer', () => {
  const long = 'x'.repeat(400);
  const lines = Array.from({ length: 40 }, (_, index) => ({ message: `line ${index} ${long}` }));
  const stops = Array.from({ length: 8 }, () =>
    stop({ reason: long, container: long, revisions: [long, long] }),
  );
  const heavy = report({
    findings: outOfMemory.findings,
    details: {
      stops,
      logs: [{ container: 'app', task: 'abc', lines }],
      notes: Array.from({ length: 5 }, () => long),
    },
  });

  test('loses log lines first, the oldest first, and says so', () => {
    const wordy: ReportActions = { request: () => 'v'.repeat(500) };
    const message = reportMessage(heavy, wordy);
    const shown = shownText(message);
    expect(weigh(message.blocks)).toBeLessThanOrEqual(own.messageTotal);
    expect(shown).toContain('line 39');
    expect(shown).not.toContain('line 25 ');
    expect(shown).toContain('earlier lines in the full log');
    expect(message.blocks.flatMap((block) => (block.type === 'table' ? block.rows : []))).toHaveLength(9);
  });

  test('loses rows and notes next, says so, and keeps the verdict', () => {
    const greedy: ReportActions = { request: () => 'v'.repeat(1_900) };
    const message = reportMessage(heavy, greedy);
    const shown = shownText(message);
    expect(weigh(message.blocks)).toBeLessThanOrEqual(own.messageTotal);
    expect(shown).toContain('left out for length, in the full log');
    expect(shown).toContain('not shown');
    expect(shown).toContain('app is killed at its 512 MiB limit');
  });
});
