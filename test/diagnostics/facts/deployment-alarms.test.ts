import type { DescribeAlarmsInput } from '@aws-sdk/client-cloudwatch';
import { describe, expect, it } from 'vitest';
import type { FactContext } from '#diagnostics/fact.ts';
import {
  alarmsBefore,
  type DeploymentAlarm,
  deploymentAlarms,
} from '#diagnostics/facts/deployment-alarms.ts';
import { minutesAgo, read, service } from '../checks/facts.ts';

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

describe('the state of alarms before a deployment', () => {
  const red: DeploymentAlarm = { name: 'api-5xx', state: 'ALARM', since: minutesAgo(5) };
  const long = { ...red, name: 'api-any', since: minutesAgo(90) };

  function ask(statusReason: string, histories: Record<string, string> | Error) {
    const asked: string[] = [];
    const describeAlarmHistory = async ({ AlarmName = '' }) => {
      asked.push(AlarmName);
      if (histories instanceof Error) throw histories;
      return { AlarmHistoryItems: [{ HistorySummary: histories[AlarmName] }] };
    };
    const facts: Record<string, unknown> = {
      'service-deployments': [{ startedAt: minutesAgo(10), statusReason }],
      'deployment-alarms': [red, long],
    };
    const given = {
      settle: async ({ id }: { id: string }) => read(facts[id]),
      aws: { cloudwatch: { describeAlarmHistory } },
    } as unknown as FactContext;
    return { asked, states: alarmsBefore.load(given, undefined) };
  }

  it('is asked of those alone that changed after it had begun', async () => {
    const { asked, states } = ask('alarm detected', { 'api-5xx': 'Alarm updated from OK to ALARM' });
    expect(await states).toEqual({ 'api-5xx': 'ALARM' });
    expect(asked).toEqual(['api-5xx']);
  });

  it('is not asked where no alarm ended it', async () => {
    const { asked, states } = ask('circuit breaker', {});
    expect(await states).toEqual({});
    expect(asked).toEqual([]);
  });

  it('is the only thing lost where nobody may read the history', async () => {
    const { states } = ask('alarm detected', new Error('AccessDenied'));
    await expect(states).rejects.toThrow('AccessDenied');
    expect(deploymentAlarms.actions).not.toContain('cloudwatch:DescribeAlarmHistory');
  });
});
