import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { defineFact, type FactContext } from '../fact.ts';
import { service } from './service.ts';
import { serviceDeployments } from './service-deployments.ts';

/** An alarm that may stop a deployment. */
export interface DeploymentAlarm {
  name: string;
  /** Undefined where no alarm of this name exists. */
  state: string | undefined;
  /** Since when it is in this state. */
  since?: Date | undefined;
  /** Metric and threshold, as `HTTPCode_Target_5XX_Count > 5`. */
  watches?: string | undefined;
  /** The state that it had when the newest deployment began, where its history says so. */
  before?: string | undefined;
}

/** A call each; a deployment seldom watches more. */
const historiesAtMost = 5;

/** The alarms that the service's deployments watch, with the state that each was in before the newest began. */
export const deploymentAlarms = defineFact<DeploymentAlarm[]>({
  id: 'deployment-alarms',
  what: 'the alarms that watch the deployment',
  actions: ['cloudwatch:DescribeAlarms', 'cloudwatch:DescribeAlarmHistory'],
  async load(context) {
    const [described, briefs] = await Promise.all([
      context.read(service),
      context.settle(serviceDeployments),
    ]);
    const { enable, alarmNames = [] } = described?.deploymentConfiguration?.alarms ?? {};
    if (!enable || alarmNames.length === 0) return [];
    const newest = briefs.ok ? briefs.value[0] : undefined;
    const began = newest?.startedAt ?? newest?.createdAt;
    const failed = /alarm/i.test(newest?.statusReason ?? '');
    const answer = await context.aws.cloudwatch.describeAlarms({
      AlarmNames: alarmNames,
      // Without types only metric alarms are answered, and the others would seem not to exist.
      AlarmTypes: ['MetricAlarm', 'CompositeAlarm', 'LogAlarm'],
      MaxRecords: 100,
    });
    const known = new Map(answer.MetricAlarms?.map((alarm) => [alarm.AlarmName, alarm]));
    const others = [...(answer.CompositeAlarms ?? []), ...(answer.LogAlarms ?? [])];
    const other = new Map(others.map((alarm) => [alarm.AlarmName, alarm]));
    return Promise.all(
      alarmNames.map(async (name, index) => {
        const metric = known.get(name);
        const alarm = metric ?? other.get(name);
        const since = alarm?.StateTransitionedTimestamp ?? alarm?.StateUpdatedTimestamp;
        const unclear = failed && began !== undefined && !(since && since <= began);
        return {
          name,
          state: alarm?.StateValue,
          since,
          watches: metric && watches(metric),
          before: unclear && index < historiesAtMost ? await stateAt(context, name, began) : undefined,
        };
      }),
    );
  },
});

function watches({ MetricName, ComparisonOperator, Threshold }: MetricAlarm): string | undefined {
  if (MetricName === undefined || Threshold === undefined) return undefined;
  const sign = ComparisonOperator?.startsWith('Less') ? '<' : '>';
  return `${MetricName} ${sign}${ComparisonOperator?.includes('OrEqual') ? '=' : ''} ${Threshold}`;
}

/** The state that the last change before a moment left behind. */
async function stateAt({ aws }: FactContext, name: string, at: Date): Promise<string | undefined> {
  const answer = await aws.cloudwatch.describeAlarmHistory({
    AlarmName: name,
    HistoryItemType: 'StateUpdate',
    EndDate: at,
    MaxRecords: 1,
    ScanBy: 'TimestampDescending',
  });
  // "Alarm updated from OK to ALARM", the same in every language of the console.
  return /\bto (OK|ALARM|INSUFFICIENT_DATA)\b/.exec(answer.AlarmHistoryItems?.[0]?.HistorySummary ?? '')?.[1];
}
