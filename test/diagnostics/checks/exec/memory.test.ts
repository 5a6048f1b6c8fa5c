import { describe, expect, it } from 'vitest';
import { execMemoryCheck } from '#diagnostics/checks/exec-memory.ts';
import type { FactContext } from '#diagnostics/fact.ts';
import { execMemory } from '#diagnostics/facts/exec-memory.ts';
import { context } from '../facts.ts';

describe('the memory that a session may want for', () => {
  const notesOf = (memory: { peak: number | undefined; minutes: number } | undefined) =>
    execMemoryCheck.judge({ execMemory: memory }, context);

  it.each<[string, number | undefined, boolean]>([
    ['is nearly used up', 97.4, true],
    ['is there', 62, false],
    ['is not known', undefined, false],
  ])('%s', (_, peak, told) => {
    const { findings, details } = notesOf({ peak, minutes: 15 });
    expect(findings).toEqual([]);
    expect(details?.notes?.length ?? 0).toBe(told ? 1 : 0);
    if (told) expect(details?.notes?.[0]).toContain('97 % of what it has in the last 15 minutes');
  });

  it('is that of the hottest task of the service, in one call', async () => {
    const asked: { MetricDataQueries: { MetricStat: { Stat: string } }[] }[] = [];
    const cloudwatch = {
      getMetricData: async (input: (typeof asked)[number]) => {
        asked.push(input);
        return { MetricDataResults: [{ Values: [81, 96.5, 40] }] };
      },
    };
    const given = { ...context, aws: { cloudwatch } } as object as FactContext;
    expect(await execMemory.load(given, undefined)).toEqual({ peak: 96.5, minutes: 15 });
    expect(asked.map(({ MetricDataQueries: [query] }) => query?.MetricStat.Stat)).toEqual(['Maximum']);
  });
});
