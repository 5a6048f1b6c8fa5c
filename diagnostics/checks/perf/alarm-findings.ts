import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { findingOf, namesFor } from '../../findings.ts';
import { alarmWords, type PolicyAlarm, policyAlarms, type Scaling } from '../../perf/scaling.ts';
import type { Finding } from '../../report.ts';
import { answer } from '../../rules/explanation.ts';
import { duration } from '../../words.ts';
import type { Picture } from './picture.ts';
import { alarmEvidence, tooFew } from './scaling-evidence.ts';

/** Alarms that can never scale the service out: they have no data, or do not exist. */
export function alarmFindings(picture: Picture, scaling: Scaling): Finding[] {
  return [...alarmsWithoutData(picture, scaling), ...alarmsMissing(picture, scaling)];
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
