import { listedAtMost } from '../../facts/service-deployments.ts';
import { findingOf, namesFor } from '../../findings.ts';
import type { Evidence, Finding } from '../../report.ts';
import { answer } from '../../rules/explanation.ts';
import { plural } from '../../words.ts';
import { breakerOf } from './breaker.ts';
import { describeDeployment, type Rollout } from './rollout.ts';

/** The breaker gave up; whether anything is there to go back to decides how bad that is. */
export function breakerFindings(rollout: Rollout): Finding[] {
  const { target, service, details, revision, previous, others, status } = rollout;
  const breaker = breakerOf(rollout);
  if (breaker?.status !== 'TRIGGERED') return [];
  const names = namesFor(target, { service, ...(previous === undefined ? {} : { lastGood: previous }) });
  const evidence: Evidence[] = [
    {
      api: 'ecs:DescribeServiceDeployments',
      field: 'serviceDeployments[0].deploymentCircuitBreaker',
      value: `${breaker.status}, failureCount ${breaker.failures}, threshold ${breaker.threshold}`,
      at: (details?.finishedAt ?? details?.stoppedAt ?? details?.updatedAt)?.toISOString(),
      cli: describeDeployment(rollout),
    },
  ];
  const count = `after ${breaker.failures} of ${breaker.threshold} failures`;
  const tripped = (summary: string) =>
    findingOf(answer('circuit-breaker-tripped', { why: 'the breaker is TRIGGERED' }), names, {
      subject: details?.serviceDeploymentArn,
      summary,
      evidence,
      next: ['why-stopped'],
    });
  const goesBack =
    details?.deploymentConfiguration?.deploymentCircuitBreaker?.rollback ??
    service.deploymentConfiguration?.deploymentCircuitBreaker?.rollback;
  if (status.startsWith('ROLLBACK')) return [tripped(`The circuit breaker gave ${revision} up ${count}.`)];
  if (goesBack && !mayGoBack(rollout)) {
    const stalled = findingOf(
      answer('deployment-no-rollback-candidate', {
        why: 'no earlier deployment of this service was completed',
      }),
      names,
      {
        subject: details?.serviceDeploymentArn,
        summary: `The circuit breaker gave ${revision} up ${count}, and no earlier deployment was completed: nothing to go back to, and ECS starts no further task until it is deployed again.`,
        evidence,
        next: ['why-stopped'],
      },
    );
    return [stalled, tripped(`The circuit breaker gave ${revision} up ${count}.`)];
  }
  const serving = others.reduce((sum, { runningCount = 0 }) => sum + runningCount, 0);
  const left =
    previous === undefined || serving === 0
      ? 'nothing serves'
      : `${plural(serving, 'task')} of ${previous} still ${serving === 1 ? 'serves' : 'serve'}`;
  return [
    tripped(
      `The circuit breaker gave ${revision} up ${count}${goesBack ? '' : '; going back is turned off, so it stays as it is'}: ECS starts no further task, ${left}.`,
    ),
  ];
}

/**
 * Whether a deployment was, or may have been, completed that this one could go back to. ECS lists twenty of the last
 * 90 days, and a service may have served for longer than that by one deployment. Source: ECS Developer Guide, "Viewing
 * Amazon ECS service deployments".
 */
function mayGoBack({ history, others }: Rollout): boolean {
  if (history.length >= listedAtMost - 1) return true;
  return (
    history.some(({ status }) => status === 'SUCCESSFUL') ||
    others.some(({ rolloutState }) => rolloutState === 'COMPLETED')
  );
}
