import { nobody, type Probe } from './probe.ts';

const noQuery = '00000000-0000-0000-0000-000000000000';

/** How the actions are tried by which a log is queried. Nothing is started: the group does not exist. */
export const insightsProbes: Readonly<Record<string, Probe>> = {
  'logs:StartQuery': (aws) => {
    const now = Math.floor(Date.now() / 1000);
    return aws.logs.startQuery({
      logGroupName: `/ecs/${nobody}`,
      startTime: now - 1,
      endTime: now,
      queryString: 'fields @timestamp | limit 1',
    });
  },
  'logs:GetQueryResults': (aws) => aws.logs.getQueryResults({ queryId: noQuery }),
  'logs:StopQuery': (aws) => aws.logs.stopQuery({ queryId: noQuery }),
};
