import type { DeploymentConfiguration, ServiceDeploymentBrief } from '@aws-sdk/client-ecs';
import { duration, plural } from '../../words.ts';

/** How long this service's successful deployments took. Milliseconds. */
export interface Durations {
  count: number;
  medianMs: number;
  /** Of the few that ECS lists this is the slowest, but for `oddMs`. */
  p95Ms: number;
  /** The one that took many times as long as any other, and says nothing of the next. */
  oddMs?: number;
}

/** Two deployments are no experience. */
const experience = 3;
/** Of fewer than these the slowest may well be as usual as the others. */
const manyEnough = 5;
/** How many times as long as the next slowest a single deployment takes that somebody forgot, or that hung. */
const oddly = 3;

/**
 * Undefined where fewer than three successful deployments are known. ECS lists twenty, of the last 90 days, so there are
 * never enough to speak of a percentile other than the slowest.
 */
export function durationsOf(history: readonly ServiceDeploymentBrief[]): Durations | undefined {
  const took = history
    .filter(({ status }) => status === 'SUCCESSFUL')
    .flatMap(({ startedAt, createdAt, finishedAt }) => {
      const began = startedAt ?? createdAt;
      return began && finishedAt ? [finishedAt.getTime() - began.getTime()] : [];
    })
    .filter((ms) => ms >= 0)
    .sort((a, b) => a - b);
  if (took.length < experience) return undefined;
  const [slowest = 0, next = 0] = took.slice(-2).reverse();
  const isOdd = took.length >= manyEnough && slowest > Math.max(oddly * next, firstMinutes);
  return {
    count: took.length,
    medianMs: quantile(took, 0.5),
    p95Ms: isOdd ? next : quantile(took, 0.95),
    ...(isOdd && { oddMs: slowest }),
  };
}

/** By nearest rank, so that the value is one that was measured. */
function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

/** The first minutes of a deployment say nothing yet. Milliseconds. */
const firstMinutes = 5 * 60_000;
/** What a deployment may take where the service has no history: image pull, start and health checks. Milliseconds. */
const withoutHistory = 15 * 60_000;

/** Milliseconds within which a deployment is as fast as it should be. */
export function normalLimit(
  usual: Durations | undefined,
  configuration: DeploymentConfiguration | undefined,
): number {
  const planned = plannedMinutes(configuration) * 60_000;
  // The configuration may be newer than the history.
  return usual ? Math.max(usual.p95Ms, firstMinutes + planned) : withoutHistory + planned;
}

/** Minutes that a deployment waits by its own configuration. */
function plannedMinutes(configuration: DeploymentConfiguration | undefined): number {
  const { strategy, bakeTimeInMinutes = 0 } = configuration ?? {};
  if (strategy === 'CANARY') return bakeTimeInMinutes + canaryMinutes(configuration);
  if (strategy !== 'LINEAR') return bakeTimeInMinutes;
  // Nothing is waited for after the step to 100 %.
  const steps = Math.ceil(100 / stepPercent(configuration)) - 1;
  return bakeTimeInMinutes + steps * stepMinutes(configuration);
}

/** Source of these defaults: ECS API, CanaryConfiguration and LinearConfiguration. */
export function canaryMinutes(configuration: DeploymentConfiguration | undefined): number {
  return configuration?.canaryConfiguration?.canaryBakeTimeInMinutes ?? 10;
}

export function stepMinutes(configuration: DeploymentConfiguration | undefined): number {
  return configuration?.linearConfiguration?.stepBakeTimeInMinutes ?? 6;
}

export function stepPercent(configuration: DeploymentConfiguration | undefined): number {
  return configuration?.linearConfiguration?.stepPercent ?? 10;
}

/** `usually about 4 minutes, 6 minutes at most (9 successful deployments)` */
export function usualWords(usual: Durations | undefined): string {
  if (!usual) return 'too few successful deployments to compare with';
  const { count, medianMs, p95Ms, oddMs } = usual;
  const odd = oddMs === undefined ? '' : ` but for one of ${duration(oddMs)}`;
  return `usually about ${duration(medianMs)}, ${duration(p95Ms)} at most${odd} (${plural(count, 'successful deployment')})`;
}
