import type { DescribeAlarmsInput } from '@aws-sdk/client-cloudwatch';
import { expect, it } from 'vitest';
import type { FactContext } from '#diagnostics/fact.ts';
import { deploymentAlarms } from '#diagnostics/facts/deployment-alarms.ts';
import { read, service } from '../checks/facts.ts';

// As the API has it: an alarm of a type that is not asked for is left out as if it did not exist.
const alarms = { MetricAlarm: 'api-5xx', CompositeAlarm: 'api-any', LogAlarm: 'api-panics' };

function context(alarmNames: string[]): FactContext {
  const found = (type: keyof typeof alarms, { AlarmTypes = ['MetricAlarm'] }: DescribeAlarmsInput) =>
    AlarmTypes.includes(type) ? [{ AlarmName: alarms[type], StateValue: 'ALARM' }] : [];
  const describeAlarms = async (input: DescribeAlarmsInput) => ({
    MetricAlarms: found('MetricAlarm', input),
    CompositeAlarms: found('CompositeAlarm', input),
    LogAlarms: found('LogAlarm', input),
  });
  const described = service({
    deploymentConfiguration: { alarms: { enable: true, rollback: true, alarmNames } },
  });
  return {
    read: async () => described,
    settle: async () => read([]),
    aws: { cloudwatch: { describeAlarms } },
  } as unknown as FactContext;
}

it('finds alarms of every type, and calls only that one missing which does not exist', async () => {
  const names = [...Object.values(alarms), 'gone'];
  const found = await deploymentAlarms.load(context(names), undefined);
  expect(found.map(({ name, state }) => [name, state])).toEqual([
    ['api-5xx', 'ALARM'],
    ['api-any', 'ALARM'],
    ['api-panics', 'ALARM'],
    ['gone', undefined],
  ]);
});
