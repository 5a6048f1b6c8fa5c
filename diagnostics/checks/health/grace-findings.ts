import { describeService, describeTargetGroup, describeTargetHealth, describeTask } from '../../by-hand.ts';
import { findingOf, namesFor } from '../../findings.ts';
import { killsCluster } from '../../health/timing.ts';
import type { Finding } from '../../report.ts';
import { answer } from '../../rules/explanation.ts';
import { plural, spanOf } from '../../words.ts';
import { type Picture, servingOf } from './picture.ts';

/**
 * Too little grace, by arithmetic: tasks that made it took longer than the others were given before a failed check
 * stopped them. That both kinds exist is what proves it; a task that would never have passed looks the same otherwise.
 */
export function graceFindings(picture: Picture): Finding[] {
  const { timing, service, groups, tasks, context } = picture;
  const group = servingOf(groups)[0];
  if (!timing || !group || !killsCluster(timing)) return [];
  const { kills, grace, detection, starts } = timing;
  const given = Math.max(...kills);
  const slow = starts.filter(({ from }) => from > given);
  const [slowest] = slow.toSorted((a, b) => b.to - a.to);
  if (!slowest) return [];
  const { target } = context;
  const names = {
    ...namesFor(target, { service }),
    targetGroupArn: group.arn,
    seconds: String(slowest.to),
  };
  const killed = tasks?.stopped.filter(({ stoppedReason = '' }) =>
    /failed ELB health checks/i.test(stoppedReason),
  );
  return [
    findingOf(
      answer('elb-grace-too-short', { names, why: 'healthy tasks took longer than the others were given' }),
      names,
      {
        subject: service.serviceArn,
        summary: `${plural(kills.length, 'task')} stopped ${spanOf(kills)} s after the start, as early as ${grace} s of grace and ${detection} s of detection allow; ${plural(slow.length, 'task')} that ${slow.length === 1 ? 'is' : 'are'} healthy took between ${slowest.from} and ${slowest.to} s.`,
        count: kills.length,
        reasonOf: ['elb-health-failed', 'elb-health-timeout', 'elb-health-connection-failed'],
        evidence: [
          {
            api: 'ecs:DescribeServices',
            field: 'services[0].healthCheckGracePeriodSeconds',
            value: String(grace),
            cli: describeService(target),
          },
          {
            api: 'elasticloadbalancing:DescribeTargetGroups',
            field: 'TargetGroups[0].UnhealthyThresholdCount',
            value: `${detection / timing.interval} checks, every ${timing.interval} s`,
            cli: describeTargetGroup(target, group.arn),
          },
          {
            api: 'ecs:DescribeTasks',
            field: 'tasks[].stoppingAt - tasks[].startedAt',
            value: `${kills.join(', ')} s`,
            cli: describeTask(target, killed?.[0]?.taskArn?.split('/').at(-1) ?? ''),
          },
          {
            api: 'elasticloadbalancing:DescribeTargetHealth',
            field: 'TargetHealthDescriptions[].TargetHealth.State',
            value: `healthy: task ${slowest.task.slice(0, 8)}`,
            cli: describeTargetHealth(target, group.arn),
          },
          {
            api: 'cloudwatch:GetMetricData',
            field: 'HealthyHostCount',
            value: `rose ${slowest.from} to ${slowest.to} s after task ${slowest.task.slice(0, 8)} had started`,
          },
        ],
      },
    ),
  ];
}
