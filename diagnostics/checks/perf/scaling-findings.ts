import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { describeService } from '../../by-hand.ts';
import { findingOf, namesFor } from '../../findings.ts';
import {
  alarmWords,
  countSet,
  isAct,
  type Need,
  needOf,
  type PolicyAlarm,
  policyAlarms,
  type Scaling,
} from '../../perf/scaling.ts';
import { percent } from '../../perf-words.ts';
import type { Evidence, Finding } from '../../report.ts';
import { answer } from '../../rules/explanation.ts';
import { duration, plural } from '../../words.ts';
import type { Picture } from './picture.ts';
import {
  activityEvidence,
  alarmEvidence,
  registerTarget,
  resumeTarget,
  targetEvidence,
} from './scaling-evidence.ts';

/** Symptoms that a service has which should have more tasks and does not get them. */
const tooFew = ['cpu-saturated'];

/** Why the service does not scale, where it should; and what will keep it from scaling, where that is certain. */
export function scalingFindings(picture: Picture, scaling: Scaling): Finding[] {
  const { cpuNow, memoryNow, desired } = picture;
  const need = needOf(scaling, { cpu: cpuNow, memory: memoryNow, desired });
  return [
    ...suspended(picture, scaling, need),
    ...atMaximum(picture, scaling, need),
    ...alarmsWithoutData(picture, scaling),
    ...alarmsMissing(picture, scaling),
    ...failed(picture, scaling),
    ...overridden(picture, scaling, need),
  ];
}

function suspended(picture: Picture, { target: limits }: Scaling, need: Need | undefined): Finding[] {
  const { target, service, desired } = picture;
  if (limits.SuspendedState?.DynamicScalingOutSuspended !== true || !need) return [];
  return [
    findingOf(
      answer('autoscaling-suspended', { why: 'scaling out is suspended' }),
      namesFor(target, { service }),
      {
        subject: service.serviceArn,
        summary: `Scaling out is suspended while ${need.why}; ${plural(desired, 'task')} ${desired === 1 ? 'carries' : 'carry'} it.`,
        reasonOf: tooFew,
        evidence: [
          targetEvidence(picture, limits, 'SuspendedState.DynamicScalingOutSuspended', 'true'),
          ...needEvidence(picture, need),
        ],
        fix: resumeTarget(picture),
      },
    ),
  ];
}

function atMaximum(picture: Picture, scaling: Scaling, need: Need | undefined): Finding[] {
  const { target, service, desired, cpuNow } = picture;
  const { MaxCapacity: max = 0, MinCapacity: min = 0, SuspendedState } = scaling.target;
  if (!need || desired < max || SuspendedState?.DynamicScalingOutSuspended === true) return [];
  const held = (scaling.activities ?? []).find(({ NotScaledReasons = [] }) =>
    NotScaledReasons.some(({ Code }) => Code === 'AlreadyAtMaxCapacity'),
  );
  const load = cpuNow === undefined ? '' : ` at ${percent(cpuNow)} CPU`;
  const both = min === max ? `, which is its minimum too: it cannot scale at all` : '';
  return [
    findingOf(
      answer('autoscaling-at-maximum', { why: 'desired count equals MaxCapacity' }),
      namesFor(target, { service }),
      {
        subject: service.serviceArn,
        summary: `It has ${plural(desired, 'task')}${load} and its maximum is ${max}${both}, while ${need.why}.`,
        reasonOf: tooFew,
        evidence: [
          targetEvidence(picture, scaling.target, 'MaxCapacity', String(max)),
          ...needEvidence(picture, need),
          ...(held ? [activityEvidence(picture, held)] : []),
        ],
        fix: registerTarget(picture, Math.max(need.tasks ?? 0, max + 1), need),
      },
    ),
  ];
}

/** An alarm just made, or whose metric just began, has no data for a while. Milliseconds. */
const youngAlarm = 15 * 60_000;

function alarmsWithoutData(picture: Picture, scaling: Scaling): Finding[] {
  const { scope, running, target, service } = picture;
  // Without a task there is no metric: that is the service's trouble, and not the alarm's.
  if (running === 0) return [];
  const blind = policyAlarms(scaling).filter(
    ({ alarm, direction }) =>
      direction !== 'in' &&
      alarm?.StateValue === 'INSUFFICIENT_DATA' &&
      scope.now.getTime() - sinceOf(alarm) > youngAlarm,
  );
  const [first] = blind;
  if (!first?.alarm) return [];
  const since = new Date(sinceOf(first.alarm));
  const wrong = wrongGroup(picture, first);
  // A load balancer sends no count of requests while there are none.
  const mayBeQuiet = wrong === undefined && first.alarm.Namespace === 'AWS/ApplicationELB';
  return [
    findingOf(
      answer('autoscaling-alarm-no-data', {
        why: 'the alarm that scales out is in INSUFFICIENT_DATA',
        ...(mayBeQuiet && {
          status: 'open',
          severity: 'info',
          decide:
            'whether the target group gets requests: without any there is no metric, and nothing to scale for',
        }),
      }),
      { ...namesFor(target, { service }), name: first.name },
      {
        subject: first.alarm.AlarmArn ?? service.serviceArn,
        summary: `${capital(alarmWords(first.alarm))} has had no data for ${duration(scope.now.getTime() - since.getTime())}, so ${first.policy.PolicyName} cannot scale out${wrong ?? `; it watches ${watched(first.alarm)}`}.`,
        firstAt: since.toISOString(),
        reasonOf: tooFew,
        evidence: [alarmEvidence(picture, first.alarm)],
      },
    ),
  ];
}

/** A policy by requests names one target group; the service may have got another since. */
function wrongGroup({ service }: Picture, { policy }: PolicyAlarm): string | undefined {
  const label =
    policy.TargetTrackingScalingPolicyConfiguration?.PredefinedMetricSpecification?.ResourceLabel ?? '';
  const [, group] = /(targetgroup\/[^/]+\/[0-9a-f]+)$/.exec(label) ?? [];
  const own = (service.loadBalancers ?? []).flatMap(({ targetGroupArn, advancedConfiguration }) => [
    targetGroupArn,
    advancedConfiguration?.alternateTargetGroupArn,
  ]);
  if (group === undefined || own.some((arn) => arn?.endsWith(`:${group}`))) return undefined;
  return `; it watches ${group}, which is not a target group of the service`;
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

function watched({ Namespace, MetricName, Metrics = [] }: MetricAlarm): string {
  if (MetricName !== undefined) return `${Namespace ?? ''} ${MetricName}`.trim();
  const names = Metrics.flatMap(({ MetricStat }) => MetricStat?.Metric?.MetricName ?? []);
  return names.length === 0 ? 'an expression' : `an expression over ${names.join(' and ')}`;
}

function sinceOf({ StateTransitionedTimestamp, StateUpdatedTimestamp }: MetricAlarm): number {
  return (StateTransitionedTimestamp ?? StateUpdatedTimestamp)?.getTime() ?? 0;
}

function alarmsMissing(picture: Picture, scaling: Scaling): Finding[] {
  const { target, service } = picture;
  const gone = policyAlarms(scaling).filter(({ alarm, direction }) => !alarm && direction !== 'in');
  const [first] = gone;
  if (!first) return [];
  return [
    findingOf(
      answer('autoscaling-alarm-missing', { why: 'the policy names an alarm that does not exist' }),
      { ...namesFor(target, { service }), name: first.name },
      {
        subject: service.serviceArn,
        summary: `${first.policy.PolicyName} acts on alarm ${first.name}, which does not exist any more, so it cannot scale out.`,
        reasonOf: tooFew,
        evidence: [
          {
            api: 'application-autoscaling:DescribeScalingPolicies',
            field: 'ScalingPolicies[].Alarms[].AlarmName',
            value: `${first.name}, not among the alarms of cloudwatch:DescribeAlarms`,
          },
        ],
      },
    ),
  ];
}

/** The newest act did not get its way, and none since has. */
function failed(picture: Picture, { activities = [] }: Scaling): Finding[] {
  const { target, service, usage } = picture;
  const newest = activities.find((activity) => isAct(activity) && activity.StatusCode !== 'InProgress');
  if (!newest || !['Failed', 'Unfulfilled'].includes(newest.StatusCode ?? '')) return [];
  const at = newest.EndTime ?? newest.StartTime;
  if (!at || at < usage.from) return [];
  const unfulfilled = newest.StatusCode === 'Unfulfilled';
  return [
    findingOf(
      answer('autoscaling-failed', { why: `the newest scaling activity is ${newest.StatusCode}` }),
      namesFor(target, { service }),
      {
        subject: service.serviceArn,
        summary: `${newest.Description ?? 'Scaling'} ${unfulfilled ? 'The count was set, and the tasks did not come' : 'ECS refused'}: ${newest.StatusMessage ?? 'no reason is given'}`,
        lastAt: at.toISOString(),
        reasonOf: tooFew,
        evidence: [activityEvidence(picture, newest)],
        next: unfulfilled ? ['why-pending'] : ['iam'],
      },
    ),
  ];
}

/** Milliseconds in which ECS may still show the count from before. */
const settles = 2 * 60_000;

/** The count is not what scaling set last, and scaling has not set it since: a stack or a person did. */
function overridden(
  picture: Picture,
  { activities = [], target: limits }: Scaling,
  need: Need | undefined,
): Finding[] {
  const { target, service, desired, scope } = picture;
  const newest = activities.find((activity) => isAct(activity) && activity.StatusCode === 'Successful');
  const set = newest && countSet(newest);
  const at = newest?.EndTime ?? newest?.StartTime;
  if (!newest || set === undefined || !at || desired >= set || !need) return [];
  if (scope.now.getTime() - at.getTime() < settles || desired < (limits.MinCapacity ?? 0)) return [];
  const later = (service.deployments ?? []).find(({ createdAt }) => createdAt && createdAt > at);
  const alongside = later?.createdAt ? ` A deployment began at ${later.createdAt.toISOString()}.` : '';
  return [
    findingOf(
      answer('autoscaling-overridden', {
        status: 'likely',
        why: 'the desired count is lower than scaling set it, without an activity since',
        decide: 'who called UpdateService: CloudTrail has it',
      }),
      namesFor(target, { service }),
      {
        subject: service.serviceArn,
        summary: `Scaling had set ${plural(set, 'task')} at ${at.toISOString()}, and the desired count is ${desired}: something else set it since.${alongside}`,
        lastAt: at.toISOString(),
        reasonOf: tooFew,
        next: ['changes'],
        evidence: [
          activityEvidence(picture, newest),
          {
            api: 'ecs:DescribeServices',
            field: 'services[0].desiredCount',
            value: String(desired),
            cli: describeService(target),
          },
        ],
      },
    ),
  ];
}

function needEvidence(picture: Picture, { alarm }: Need): Evidence[] {
  return alarm ? [alarmEvidence(picture, alarm)] : [];
}
