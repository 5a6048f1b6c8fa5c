import { describe, expect, it } from 'vitest';
import { explainReport } from '#diagnostics/explain-report.ts';

const now = new Date('2026-01-01T12:00:00Z');

describe('a text is explained as a report', () => {
  it('with the cause as its verdict', async () => {
    const text = 'OutOfMemoryError: Container killed due to memory usage';
    const { verdict, aws } = await explainReport({ text }, now);
    expect(verdict).toMatchObject({ state: 'problem', cause: 'oom-container', chain: ['oom-container'] });
    expect(aws.calls).toBe(0);
  });

  it('or as unknown, with the text kept', async () => {
    const report = await explainReport({ text: 'a sentence about nothing' }, now);
    expect(report.verdict).toMatchObject({ state: 'unknown', cause: null });
    expect(report.details.notes?.[0]).toContain('a sentence about nothing');
  });

  it.each([
    'CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref https://ada:hunter2hunter2@registry.example.com/api:1: not found',
    'Error: connect ECONNREFUSED postgres://ada:hunter2hunter2@db.example.com:5432/app',
    'CannotStartContainerError: exec: "DB_PASSWORD=hunter2hunter2": executable file not found in $PATH: unknown',
  ])('and no secret of it comes back, in the names of a fix neither: %#', async (text) => {
    expect(JSON.stringify(await explainReport({ text }, now))).not.toContain('hunter2hunter2');
  });
});
