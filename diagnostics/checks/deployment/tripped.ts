import { findingOf, namesFor } from '../../findings.ts';
import type { Evidence, Finding } from '../../report.ts';
import { answer } from '../../rules/explanation.ts';
import { plural } from '../../words.ts';
import { breakerOf } from './breaker.ts';
import { describeDeployment, type Rollout } from './rollout.ts';

/** The breaker gave up; whether anything is there to go back to decides how bad that is. */
export function breakerFindings(rollout: Rollout): Finding[] {
  const { target, service, details, history, revision, previous, others, status } = rollout;
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
  const everCompleted = history.some((deployment) => deployment.status === 'SUCCESSFUL');
  if (goesBack && !everCompleted) {
    const stalled = findingOf(
      answer('deployment-no-rollback-candidate', { why: 'no deployment of this service was ever completed' }),
      names,
      {
        subject: details?.serviceDeploymentArn,
        summary: `The circuit breaker gave ${revision} up ${count}, and no earlier deployment was ever completed: nothing to go back to, and ECS starts no further task until it is deployed again.`,
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
