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
}

/** The alarms that the service's deployments watch, as they stand now. */
export const deploymentAlarms = defineFact<DeploymentAlarm[]>({
  id: 'deployment-alarms',
  what: 'the alarms that watch the deployment',
  actions: ['cloudwatch:DescribeAlarms'],
  async load(context) {
    const described = await context.read(service);
    const { enable, alarmNames = [] } = described?.deploymentConfiguration?.alarms ?? {};
    if (!enable || alarmNames.length === 0) return [];
    const answer = await context.aws.cloudwatch.describeAlarms({
      AlarmNames: alarmNames,
      // Without types only metric alarms are answered, and the others would seem not to exist.
      AlarmTypes: ['MetricAlarm', 'CompositeAlarm', 'LogAlarm'],
      MaxRecords: 100,
    });
    const known = new Map(answer.MetricAlarms?.map((alarm) => [alarm.AlarmName, alarm]));
    const others = [...(answer.CompositeAlarms ?? []), ...(answer.LogAlarms ?? [])];
    const other = new Map(others.map((alarm) => [alarm.AlarmName, alarm]));
    return alarmNames.map((name) => {
      const metric = known.get(name);
      const alarm = metric ?? other.get(name);
      return {
        name,
        state: alarm?.StateValue,
        since: alarm?.StateTransitionedTimestamp ?? alarm?.StateUpdatedTimestamp,
        watches: metric && watches(metric),
      };
    });
  },
});

/** A call each; a deployment seldom watches more. */
const historiesAtMost = 5;

/**
 * The state that alarms were in when the newest deployment began, by name. Asked only where an alarm turned that
 * deployment back, and only of those whose last change came after its begin. It stands apart from the alarms
 * themselves, so that a history that may not be read does not cost their state.
 */
export const alarmsBefore = defineFact<Record<string, string>>({
  id: 'alarms-before',
  what: 'the state of the alarms before the deployment began',
  actions: ['cloudwatch:DescribeAlarmHistory'],
  async load(context) {
    const [briefs, alarms] = await Promise.all([
      context.settle(serviceDeployments),
      context.settle(deploymentAlarms),
    ]);
    const newest = briefs.ok ? briefs.value[0] : undefined;
    const began = newest?.startedAt ?? newest?.createdAt;
    if (!alarms.ok || began === undefined || !/alarm/i.test(newest?.statusReason ?? '')) return {};
    const unclear = alarms.value.filter(({ since }) => !(since && since <= began)).slice(0, historiesAtMost);
    const states = unclear.map(async ({ name }) => [name, await stateAt(context, name, began)] as const);
    const read = (await Promise.all(states)).filter(
      (state): state is [string, string] => state[1] !== undefined,
    );
    return Object.fromEntries(read);
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
