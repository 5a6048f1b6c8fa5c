import { describeService } from '../../by-hand.ts';
import { findingOf, namesFor } from '../../findings.ts';
import type { Finding } from '../../report.ts';
import { answer } from '../../rules/explanation.ts';
import { duration } from '../../words.ts';
import { breakerOf, isFailure } from './breaker.ts';
import { ownPace } from './controllers.ts';
import { normalLimit, usualWords } from './history.ts';
import type { OldTasks } from './old-tasks.ts';
import { describeDeployment, type Rollout, runningOf } from './rollout.ts';
import { overdueHookWords } from './waiting.ts';

/** `api:42 is live since 4 hours, 2 of 2 running` */
export function successWords({ service, revision, previous, status, finishedAt, now }: Rollout): string {
  const desired = service.desiredCount ?? 0;
  const live = status === 'SUCCESSFUL' ? revision : previous;
  if (desired === 0)
    return `${live ?? 'nothing'} is deployed, and its desired count is 0: nothing should run`;
  const since =
    status !== 'SUCCESSFUL' || finishedAt === undefined ? '' : ` for ${duration(now - finishedAt)}`;
  return `${live ?? 'the revision before'} is live${since}, ${service.runningCount ?? 0} of ${desired} running`;
}

/** `api:42 under way for 3 minutes, 1 of 2 of its tasks running, normal so far` */
export function progressWords(rollout: Rollout): string {
  const { service, status, revision, age, usual } = rollout;
  if (status === 'PENDING') return `${revision} waits for the deployment before it to end`;
  const running = runningOf(rollout);
  const breaker = breakerOf(rollout);
  const failures =
    breaker && breaker.failures > 0 ? `, breaker ${breaker.failures} of ${breaker.threshold}` : '';
  const late = ownPace(rollout) && age > normalLimit(usual, service.deploymentConfiguration);
  const pace = late
    ? ', longer than usual'
    : usual !== undefined && age <= usual.p95Ms
      ? ', normal so far'
      : '';
  return `deployment of ${revision} under way for ${duration(age)}, ${running} of ${service.desiredCount ?? 0} of its tasks running${failures}${pace}`;
}

/** What is wrong with a deployment that is under way, before why: `api:42 does not come up`. */
export function underWayLead(rollout: Rollout, stuck: boolean, waits: boolean): string | undefined {
  const { revision, stops, service, age, usual } = rollout;
  if (waits) return undefined;
  if (stuck) return `${revision} cannot start`;
  const newest = stops.find(isFailure);
  if (newest) return `${revision} does not ${newest.startedAt ? 'stay' : 'come'} up`;
  const running = runningOf(rollout);
  const late = age > normalLimit(usual, service.deploymentConfiguration);
  if (running >= (service.desiredCount ?? 0))
    return late ? `${revision} is up and its deployment does not end` : undefined;
  return running === 0 ? `${revision} does not come up` : `${revision} is only partly up`;
}

/** Slower than the service's own deployments, with nothing found that would say why. */
export function slowFinding(rollout: Rollout, old: OldTasks | undefined): Finding {
  const { target, service, revision, age, usual } = rollout;
  const running = runningOf(rollout);
  // A little late is worth a word; twice as late as ever is worth a look, however many tasks run.
  const severity = age > 2 * normalLimit(usual, service.deploymentConfiguration) ? 'error' : 'warn';
  const stands =
    overdueHookWords(rollout) ?? old?.text ?? `${running} of ${service.desiredCount ?? 0} of its tasks run`;
  const finding = findingOf(
    answer('deployment-in-progress', { why: 'slower than the deployments before', severity }),
    namesFor(target, { service }),
    {
      subject: rollout.details?.serviceDeploymentArn ?? service.serviceArn,
      summary: `The deployment of ${revision} takes ${duration(age)} so far, ${usualWords(usual)}: ${stands}.`,
      evidence: [
        {
          api: rollout.brief ? 'ecs:ListServiceDeployments' : 'ecs:DescribeServices',
          field: rollout.brief ? 'serviceDeployments[0].startedAt' : 'services[0].deployments[].createdAt',
          value: `${rollout.status} for ${duration(age)}`,
          at: rollout.startedAt === undefined ? undefined : new Date(rollout.startedAt).toISOString(),
          cli: rollout.brief ? describeDeployment(rollout) : describeService(target),
        },
      ],
      next: ['events', 'why-pending'],
    },
  );
  return { ...finding, title: 'deployment slower than usual' };
}
