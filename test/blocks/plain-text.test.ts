import { describe, expect, test } from 'vitest';
import { slack } from '#blocks/limits.ts';
import { logMessages } from '#blocks/logs.ts';
import type { ReportActions } from '#blocks/message.ts';
import { plainText } from '#blocks/plain-text.ts';
import { reportMessage } from '#blocks/report.ts';
import { outOfMemory, report } from './reports.ts';

const actions: ReportActions = { request: (command) => `1:${command}` };

describe('the text that stands in for refused blocks', () => {
  test('says the same, the table as lines and the log fenced', () => {
    const text = plainText(reportMessage(outOfMemory, actions));
    expect(text).toMatch(/^🔴 Problem · api in prod: out of memory\napp is killed at its 512 MiB limit/);
    expect(text).toContain('app · 137 · OutOfMemoryError: Container killed due to memory usage · 6 · api:42');
    expect(text).toContain(
      '```\nloading catalogue: 412000 rows\nheap used 498 MiB\n&lt;--- Last few GCs ---&gt;\n```',
    );
  });

  test('fits into a message, loses the oldest log lines first, and says so', () => {
    const lines = Array.from({ length: 100 }, (_, index) => ({
      message: `line ${index} ${'.'.repeat(100)}`,
    }));
    const given = report({ details: { logs: [{ container: 'app', task: 'abc', lines }] } });
    const text = plainText(logMessages({ ...given, command: 'logs' }, actions).message);
    expect(text.length).toBeLessThanOrEqual(slack.messageText);
    expect(text).toContain('line 99');
    expect(text).toContain('(cut for length)');
    expect(text).toContain('11 AWS calls');
  });
});
