import type {
  AlarmHistoryItem,
  DescribeAlarmHistoryInput,
  DescribeAlarmHistoryOutput,
  DescribeAlarmsInput,
  DescribeAlarmsOutput,
} from '@aws-sdk/client-cloudwatch';
import { AwsError } from '../errors.ts';
import { pageOf } from '../paging.ts';
import type { Account } from '../world.ts';
import { type Operation, overWorld } from './operation.ts';

export const alarmOperations: Record<string, Operation> = {
  DescribeAlarms: overWorld(describeAlarms, alarmResource),
  DescribeAlarmHistory: overWorld(describeAlarmHistory, (input, account) =>
    alarmResource({ AlarmNames: input.AlarmName === undefined ? [] : [input.AlarmName] }, account),
  ),
};

const largestPage = 100;

function alarmResource({ AlarmNames: [name] = [] }: DescribeAlarmsInput, { region, id }: Account): string {
  return `arn:aws:cloudwatch:${region}:${id}:alarm:${name ?? '*'}`;
}

/** Metric alarms alone unless composite ones are asked for by type, as the API has it. */
function describeAlarms(input: DescribeAlarmsInput, { world }: Account): DescribeAlarmsOutput {
  const types = input.AlarmTypes ?? ['MetricAlarm'];
  const metric = types.includes('MetricAlarm') ? (world.alarms ?? []) : [];
  const composite = types.includes('CompositeAlarm') ? (world.compositeAlarms ?? []) : [];
  const { items, nextToken } = page([...metric, ...composite].filter(asked(input)), 'alarms', input);
  return {
    MetricAlarms: items.filter((alarm) => !('AlarmRule' in alarm)),
    CompositeAlarms: items.filter((alarm) => 'AlarmRule' in alarm),
    NextToken: nextToken,
  };
}

function asked({ AlarmNames, AlarmNamePrefix = '', StateValue }: DescribeAlarmsInput) {
  return (alarm: { AlarmName?: string | undefined; StateValue?: string | undefined }) =>
    (!AlarmNames?.length || AlarmNames.includes(alarm.AlarmName ?? '')) &&
    (alarm.AlarmName ?? '').startsWith(AlarmNamePrefix) &&
    (StateValue === undefined || alarm.StateValue === StateValue);
}

/** Newest first unless the oldest are asked for; an alarm that does not exist has an empty history. */
function describeAlarmHistory(
  input: DescribeAlarmHistoryInput,
  { world }: Account,
): DescribeAlarmHistoryOutput {
  const found = (world.alarmHistory ?? [])
    .filter(({ AlarmName }) => input.AlarmName === undefined || AlarmName === input.AlarmName)
    .filter(
      ({ HistoryItemType }) =>
        input.HistoryItemType === undefined || HistoryItemType === input.HistoryItemType,
    )
    .filter((item) => timeOf(item) >= (input.StartDate?.getTime() ?? 0))
    .filter((item) => timeOf(item) <= (input.EndDate?.getTime() ?? Number.POSITIVE_INFINITY))
    .toSorted((left, right) => timeOf(right) - timeOf(left));
  const ordered = input.ScanBy === 'TimestampAscending' ? found.toReversed() : found;
  const { items, nextToken } = page(ordered, 'alarm-history', input);
  return { AlarmHistoryItems: items, NextToken: nextToken };
}

function timeOf({ Timestamp }: AlarmHistoryItem): number {
  return Timestamp?.getTime() ?? 0;
}

function page<T>(items: readonly T[], list: string, input: { MaxRecords?: number; NextToken?: string }) {
  const size = input.MaxRecords ?? largestPage;
  if (size < 1 || size > largestPage) {
    throw new AwsError('ValidationError', `MaxRecords must be between 1 and ${largestPage}.`);
  }
  return pageOf(
    items,
    list,
    input.NextToken,
    size,
    () => new AwsError('InvalidNextToken', 'The next token specified is invalid.'),
  );
}
