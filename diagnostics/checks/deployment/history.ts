import type { DeploymentConfiguration, ServiceDeploymentBrief } from '@aws-sdk/client-ecs';
import { duration, plural } from '../../words.ts';

/** How long this service's successful deployments took. Milliseconds. */
export interface Durations {
  count: number;
  medianMs: number;
  p95Ms: number;
}

/** Two deployments are no experience. */
const experience = 3;

/** Undefined where fewer than three successful deployments are known. */
export function durationsOf(history: readonly ServiceDeploymentBrief[]): Durations | undefined {
  const took = history
    .filter(({ status }) => status === 'SUCCESSFUL')
    .flatMap(({ startedAt, createdAt, finishedAt }) => {
      const began = startedAt ?? createdAt;
      return began && finishedAt ? [finishedAt.getTime() - began.getTime()] : [];
    })
    .sort((a, b) => a - b);
  if (took.length < experience) return undefined;
  return { count: took.length, medianMs: quantile(took, 0.5), p95Ms: quantile(took, 0.95) };
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
  if (usual) return Math.max(usual.p95Ms, firstMinutes);
  const { bakeTimeInMinutes = 0, canaryConfiguration, linearConfiguration } = configuration ?? {};
  const canary = canaryConfiguration?.canaryBakeTimeInMinutes ?? 0;
  const steps = Math.ceil(100 / (linearConfiguration?.stepPercent ?? 100)) - 1;
  const linear = steps * (linearConfiguration?.stepBakeTimeInMinutes ?? 0);
  return withoutHistory + (bakeTimeInMinutes + canary + linear) * 60_000;
}

/** `usually about 4 minutes, 95 % within 6 minutes (9 successful deployments)` */
export function usualWords(usual: Durations | undefined): string {
  if (!usual) return 'too few successful deployments to compare with';
  return `usually about ${duration(usual.medianMs)}, 95 % within ${duration(usual.p95Ms)} (${plural(usual.count, 'successful deployment')})`;
}
