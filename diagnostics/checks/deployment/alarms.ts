import { describeAlarmHistory, describeAlarms } from '../../by-hand.ts';
import { readOf } from '../../fact.ts';
import type { DeploymentAlarm } from '../../facts/deployment-alarms.ts';
import { findingOf, namesFor } from '../../findings.ts';
import type { Evidence, Finding } from '../../report.ts';
import { answer } from '../../rules/explanation.ts';
import { listed } from '../../words.ts';
import { describeDeployment, type Rollout, type RolloutFacts } from './rollout.ts';

/** The alarms that a deployment watches, and the state that they were in when it began, as far as it is known. */
export interface Alarms {
  known: readonly DeploymentAlarm[];
  before: Record<string, string>;
}

export function alarmsOf({ deploymentAlarms, alarmsBefore }: RolloutFacts): Alarms {
  return { known: readOf(deploymentAlarms) ?? [], before: readOf(alarmsBefore) ?? {} };
}

/** The alarms that turned a deployment back, by name, and whether they were red before it began. */
export function alarmFinding(rollout: Rollout, { known, before }: Alarms): Finding {
  const { target, service, details, brief, revision, status } = rollout;
  const triggered = details?.alarms?.triggeredAlarmNames ?? [];
  const names = triggered.length > 0 ? triggered : namedIn(brief?.statusReason, known);
  const alarms = names.map(
    (name) => known.find((alarm) => alarm.name === name) ?? { name, state: undefined },
  );
  const red = alarms.filter((alarm) => wasRed(alarm, before[alarm.name], rollout));
  const which = names.length === 0 ? 'An alarm' : `Alarm${names.length === 1 ? '' : 's'} ${listed(names)}`;
  // Going back is a choice of its own: without it an alarm only stops a deployment.
  const turnedBack = status.startsWith('ROLLBACK');
  const earlier =
    red.length === 0
      ? ''
      : `; ${listed(red.map(({ name }) => name))} ${red.length === 1 ? 'was' : 'were'} in ALARM before it began, so every deployment is ${turnedBack ? 'turned back' : 'stopped'} until that is cleared`;
  const [first] = red.length > 0 ? red : alarms;
  const finding = findingOf(
    answer('deployment-alarm', {
      why: 'the alarms of the deployment are TRIGGERED',
      names: first === undefined ? {} : { name: first.name },
    }),
    namesFor(target, { service }),
    {
      subject: details?.serviceDeploymentArn ?? service.serviceArn,
      summary: `${which} ${turnedBack ? `turned the deployment of ${revision} back` : `stopped the deployment of ${revision}`}${watching(alarms)}${earlier}.`,
      evidence: [
        {
          api: 'ecs:DescribeServiceDeployments',
          field: 'serviceDeployments[0].alarms.triggeredAlarmNames',
          value: names.join(', ') || (brief?.statusReason ?? 'TRIGGERED'),
          at: (details?.rollback?.startedAt ?? brief?.finishedAt)?.toISOString(),
          cli: describeDeployment(rollout),
        },
        ...alarms.flatMap((alarm) => alarmEvidence(alarm, target)),
      ],
      next: ['changes'],
    },
  );
  if (red.length === 0) return finding;
  const clear = listed(red.map(({ name }) => name));
  return {
    ...finding,
    fix: {
      summary: `${revision} need not be at fault. Clear ${clear} first, or take it out of the alarms of the deployment if ${revision} is what mends it; then deploy again.`,
      cli: describeAlarmHistory(target, red[0]?.name ?? ''),
    },
  };
}

/** In ALARM when the deployment began: since before it, or by its history. */
function wasRed(alarm: DeploymentAlarm, before: string | undefined, { startedAt = 0 }: Rollout): boolean {
  if (before !== undefined) return before === 'ALARM';
  return alarm.state === 'ALARM' && alarm.since !== undefined && alarm.since.getTime() <= startedAt;
}

function namedIn(reason: string | undefined, known: readonly DeploymentAlarm[]): string[] {
  const whole = (name: string) => new RegExp(`(?<![\\w.-])${RegExp.escape(name)}(?![\\w-])`);
  return known.map(({ name }) => name).filter((name) => whole(name).test(reason ?? ''));
}

function watching(alarms: readonly DeploymentAlarm[]): string {
  const watched = alarms.flatMap(({ watches }) => watches ?? []);
  return watched.length === 0 ? '' : ` (${watched.join(', ')})`;
}

function alarmEvidence({ name, state, since }: DeploymentAlarm, target: Rollout['target']): Evidence[] {
  if (state === undefined) return [];
  return [
    {
      api: 'cloudwatch:DescribeAlarms',
      field: 'MetricAlarms[].StateValue',
      value: `${name} ${state}`,
      at: since?.toISOString(),
      cli: describeAlarms(target, [name]),
    },
  ];
}

/** The alarms that may turn a running deployment back, as one line. */
export function alarmWords(known: readonly DeploymentAlarm[]): string | undefined {
  if (known.length === 0) return undefined;
  const red = known.filter(({ state }) => state === 'ALARM');
  const gone = known.filter(({ state }) => state === undefined);
  const states = [
    ...red.map(
      ({ name, since }) => `${name} in ALARM${since === undefined ? '' : ` since ${since.toISOString()}`}`,
    ),
    ...gone.map(({ name }) => `${name} does not exist`),
  ];
  const quiet = known.length - red.length - gone.length;
  if (states.length === 0)
    return `${listed(known.map(({ name }) => name))} ${quiet === 1 ? 'watches' : 'watch'} it, none in ALARM`;
  return `${states.join(', ')}${quiet > 0 ? `; ${quiet} more not in ALARM` : ''}`;
}
