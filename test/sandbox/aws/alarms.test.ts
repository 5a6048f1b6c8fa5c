import {
  CloudWatchClient,
  DescribeAlarmHistoryCommand,
  DescribeAlarmsCommand,
} from '@aws-sdk/client-cloudwatch';
import { expect, it } from 'vitest';
import { account, clientConfig, failure, start } from './small-world.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 1, 3, 4, minute));

async function cloudWatch() {
  const sandbox = account({
    alarms: [
      { AlarmName: 'api-5xx', StateValue: 'ALARM', StateTransitionedTimestamp: at(1) },
      { AlarmName: 'api-latency', StateValue: 'OK', StateTransitionedTimestamp: at(0) },
    ],
    compositeAlarms: [{ AlarmName: 'api-any', AlarmRule: 'ALARM("api-5xx")', StateValue: 'ALARM' }],
    alarmHistory: [1, 3, 2].map((minute) => ({
      AlarmName: 'api-5xx',
      Timestamp: at(minute),
      HistoryItemType: 'StateUpdate' as const,
    })),
  });
  const endpoint = await start({ accounts: [sandbox] });
  return { client: new CloudWatchClient(await clientConfig(endpoint, sandbox)), endpoint };
}

it('describes the alarms that are named, and leaves out what does not exist', async () => {
  const { client } = await cloudWatch();
  const answer = await client.send(new DescribeAlarmsCommand({ AlarmNames: ['api-5xx', 'gone'] }));
  expect(answer.MetricAlarms).toEqual([
    { AlarmName: 'api-5xx', StateValue: 'ALARM', StateTransitionedTimestamp: at(1) },
  ]);
});

it('finds alarms by state', async () => {
  const { client } = await cloudWatch();
  const answer = await client.send(new DescribeAlarmsCommand({ StateValue: 'OK' }));
  expect(answer.MetricAlarms?.map(({ AlarmName }) => AlarmName)).toEqual(['api-latency']);
});

it('tells the history newest first, within the times asked for', async () => {
  const { client } = await cloudWatch();
  const times = async (input: { StartDate?: Date; ScanBy?: 'TimestampAscending' }) =>
    (
      await client.send(new DescribeAlarmHistoryCommand({ AlarmName: 'api-5xx', ...input }))
    ).AlarmHistoryItems?.map(({ Timestamp }) => Timestamp);
  expect(await times({})).toEqual([at(3), at(2), at(1)]);
  expect(await times({ StartDate: at(2), ScanBy: 'TimestampAscending' })).toEqual([at(2), at(3)]);
});

it('goes by cloudwatch in IAM', async () => {
  const { client, endpoint } = await cloudWatch();
  endpoint.faults.add('cloudwatch:DescribeAlarms', { kind: 'deny' });
  const error = await failure(client.send(new DescribeAlarmsCommand({ AlarmNames: ['api-5xx'] })));
  expect(error).toMatchObject({
    message: expect.stringMatching(/perform: cloudwatch:DescribeAlarms on resource: .*:alarm:api-5xx/),
  });
});

it('describes composite alarms only where that type is asked for', async () => {
  const { client } = await cloudWatch();
  const found = async (types?: ('MetricAlarm' | 'CompositeAlarm')[]) => {
    const answer = await client.send(
      new DescribeAlarmsCommand({ AlarmNames: ['api-any', 'api-5xx'], ...(types && { AlarmTypes: types }) }),
    );
    return [answer.MetricAlarms?.length, answer.CompositeAlarms?.map(({ AlarmName }) => AlarmName)];
  };
  expect(await found()).toEqual([1, []]);
  expect(await found(['MetricAlarm', 'CompositeAlarm'])).toEqual([1, ['api-any']]);
});
