import { expect, it } from 'vitest';
import { creditFindings } from '#diagnostics/checks/perf/credit-findings.ts';
import { pictureOf } from '#diagnostics/checks/perf/picture.ts';
import type { HostUsage } from '#diagnostics/facts/perf/host-usage.ts';
import { context, minutesAgo, now, service } from '../checks/facts.ts';
import { minutely } from './points.ts';

const every5 = (value: (ago: number) => number) => minutely(120, value).filter((_, index) => index % 5 === 0);
const spent = (id: string, ago = 60): HostUsage => ({
  id,
  type: 't3.medium',
  cpu: every5((at) => (at > ago ? 65 : 20)),
  credits: every5((at) => Math.max(0, at - ago)),
  surplus: every5(() => 0),
});
const rich = (id: string): HostUsage => ({ ...spent(id), credits: every5(() => 140) });
const none = { average: [], maximum: [], minimum: [] };

const found = (hosts: HostUsage[]) => {
  const usage = { from: minutesAgo(120), to: now, period: 60, cpu: none, memory: none, samples: [], hosts };
  return creditFindings(pictureOf({ service: service(), usage, definitions: {}, stops: [] }, context));
};

it.each<[string, HostUsage[], summary: RegExp, status: string, explains: boolean]>([
  [
    'the only instance',
    [spent('i-0a')],
    /^i-0a \(t3\.medium\) has had no CPU credits for 6\d minutes/,
    'confirmed',
    true,
  ],
  [
    'one that was without before anybody looked',
    [{ ...spent('i-0a'), cpu: every5(() => 20), credits: every5(() => 0) }],
    /for at least 2 hours and may use no more than its 20 %: its CPU stands at 20 %/,
    'likely',
    true,
  ],
  [
    'one beside another that has some, whose tasks it does not slow',
    [spent('i-0a'), rich('i-0b')],
    /^i-0a/,
    'confirmed',
    false,
  ],
  [
    'several, of which one is named with its own time',
    [spent('i-0a', 42), spent('i-0b'), rich('i-0c')],
    /^2 instances of 3 have no CPU credits left and are cut to their baseline, i-0b \(t3\.medium\) for 6\d minutes/,
    'confirmed',
    false,
  ],
])('%s', (_, hosts, summary, status, explains) => {
  const [finding] = found(hosts);
  expect(finding).toMatchObject({ cause: 'cpu-credits-exhausted', status });
  expect(finding?.summary).toMatch(summary);
  expect(finding?.reasonOf?.includes('cpu-saturated') ?? false).toBe(explains);
});

it('nothing is found where no instance is without', () => {
  expect(found([rich('i-0a')])).toEqual([]);
  expect(found([])).toEqual([]);
});
