import type { Point } from '../facts/health-metrics.ts';
import type { HostUsage } from '../facts/perf/host-usage.ts';
import { meanOf } from './series.ts';

/**
 * What an instance may use of all its CPUs for ever, percent; more costs credits.
 * Source: Amazon EC2 User Guide, "Key concepts for burstable performance instances".
 */
const smaller = { nano: 5, micro: 10, small: 20, medium: 20 };
const baselines: Record<string, Record<string, number>> = {
  t2: { ...smaller, large: 30, xlarge: 22.5, '2xlarge': 17 },
  t3: { ...smaller, large: 30, xlarge: 40, '2xlarge': 40 },
  t3a: { ...smaller, large: 30, xlarge: 40, '2xlarge': 40 },
  t4g: { ...smaller, large: 30, xlarge: 40, '2xlarge': 40 },
};
/** Whether a type spends credits; of families that come later the letter is what is known. */
export function isBurstable(type: string | undefined): boolean {
  return /^t\d/.test(type ?? '');
}

/** Undefined for a type that is not known here. */
export function baselineOf(type: string | undefined): number | undefined {
  const [family = '', size = ''] = (type ?? '').split('.');
  return baselines[family]?.[size];
}

/** How an instance stands with its credits. */
export type Credits =
  /** It has some, or says nothing. */
  | { state: 'fine' }
  /** It has none and goes on at full pace, which is billed. */
  | { state: 'surplus' }
  /** It has none. `sure`: it is seen to be cut to its baseline as they came to an end. */
  | { state: 'exhausted'; since: Date; cpu: number; baseline: number | undefined; sure: boolean };

/** Points of five minutes that have to be without credit: one is a moment. */
const pointsAtLeast = 3;
const none = 1;
/** Of the baseline: what an instance without credits comes to. */
const atBaseline = 1.25;
const aboveBaseline = 1.4;

/**
 * Standard mode cuts an instance without credits to its baseline; unlimited mode lets it go on and counts a surplus.
 * Source: Amazon EC2 User Guide, "Standard mode for burstable performance instances".
 */
export function creditsOf({ type, cpu, credits, surplus }: HostUsage): Credits {
  const last = credits.findLastIndex(({ value }) => value > none);
  const empty = credits.slice(last + 1);
  const [first] = empty;
  if (!first || empty.length < pointsAtLeast) return { state: 'fine' };
  if (surplus.slice(-pointsAtLeast).some(({ value }) => value > 0)) return { state: 'surplus' };
  // A surplus that has been earned back since is unlimited mode, too.
  if (surplus.some(({ at, value }) => at >= first.at && value > 0)) return { state: 'fine' };
  const baseline = baselineOf(type);
  const during = cpu.filter(({ at }) => at >= first.at);
  if (during.length < pointsAtLeast) return { state: 'fine' };
  const mean = meanOf(during);
  // It does more than it could without credits, or does not want what it could have.
  if (baseline !== undefined && (mean > atBaseline * baseline || mean < 0.8 * baseline))
    return { state: 'fine' };
  const isCut = (before: readonly Point[]) =>
    baseline !== undefined &&
    before.slice(-pointsAtLeast).some(({ value }) => value > aboveBaseline * baseline);
  return {
    state: 'exhausted',
    since: first.at,
    cpu: mean,
    baseline,
    // Unlimited mode would have gone on above the baseline.
    sure: isCut(cpu.filter(({ at }) => at < first.at)) && surplus.length > 0,
  };
}
