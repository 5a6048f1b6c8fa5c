import { describe, expect, it } from 'vitest';
import type { HostUsage } from '#diagnostics/facts/perf/host-usage.ts';
import { baselineOf, creditsOf, isBurstable } from '#diagnostics/perf/burstable.ts';
import { minutely } from './points.ts';

/** A point every five minutes for two hours; `spent` minutes ago the credits came to an end. */
const every5 = (value: (ago: number) => number) => minutely(120, value).filter((_, index) => index % 5 === 0);

const host = (more: Partial<HostUsage> = {}): HostUsage => ({
  id: 'i-0a',
  type: 't3.medium',
  cpu: every5((ago) => (ago > 60 ? 65 : 20)),
  credits: every5((ago) => Math.max(0, ago - 60)),
  surplus: every5(() => 0),
  ...more,
});

describe('CPU credits', () => {
  it.each<[string, HostUsage, string, boolean?]>([
    ['that came to an end as the CPU was cut', host(), 'exhausted', true],
    ['that are left', host({ credits: every5(() => 140) }), 'fine'],
    [
      'that are spent and go on at a price, in unlimited mode',
      host({ cpu: every5(() => 65), surplus: every5((ago) => Math.max(0, 60 - ago)) }),
      'surplus',
    ],
    [
      'that are spent in unlimited mode, whose surplus has been earned back since',
      host({ surplus: every5((ago) => (ago > 25 && ago < 60 ? 3 : 0)) }),
      'fine',
    ],
    [
      'that are spent, after a surplus of a mode that was changed long before',
      host({ surplus: every5((ago) => (ago > 100 ? 3 : 0)) }),
      'exhausted',
      true,
    ],
    [
      'that were spent before anybody looked: the mode is not seen',
      host({ cpu: every5(() => 20), credits: every5(() => 0) }),
      'exhausted',
      false,
    ],
    ['that are spent, where surplus says nothing of the mode', host({ surplus: [] }), 'exhausted', false],
    [
      'of an instance that wants no more than it earns',
      host({ cpu: every5(() => 4), credits: every5(() => 0) }),
      'fine',
    ],
    ['of an instance that does more than its baseline', host({ cpu: every5(() => 65) }), 'fine'],
    ['that are gone since a moment', host({ credits: every5((ago) => Math.max(0, ago - 9)) }), 'fine'],
    ['of a type without credits', host({ type: 'm7i.large', credits: [], surplus: [] }), 'fine'],
    [
      'of a type that is not known here',
      host({ type: 't5.large', cpu: every5(() => 33) }),
      'exhausted',
      false,
    ],
  ])('%s', (_, given, state, sure) => {
    expect(creditsOf(given)).toMatchObject({ state, ...(sure !== undefined && { sure }) });
  });

  it.each([
    ['t3.medium', true, 20],
    ['t2.2xlarge', true, 17],
    ['t4g.xlarge', true, 40],
    ['t5.large', true, undefined],
    ['m7i.large', false, undefined],
    ['trn1.2xlarge', false, undefined],
    [undefined, false, undefined],
  ])('%s', (type, burstable, baseline) => {
    expect([isBurstable(type), baselineOf(type)]).toEqual([burstable, baseline]);
  });
});
