import type { ScalingActivity } from '@aws-sdk/client-application-auto-scaling';
import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import type { Task } from '@aws-sdk/client-ecs';
import { causeOf } from '../causes/index.ts';
import type { Happening } from '../changes-details.ts';
import { groupsOf } from '../checks/stops/judge-stops.ts';
import type { Explanation } from '../explain.ts';
import type { ChangeBase } from '../facts/changes/change-base.ts';
import type { ChangedThings } from '../facts/changes/changed-things.ts';
import type { DeploymentAlarm } from '../facts/deployment-alarms.ts';
import { inWords } from '../findings.ts';
import type { LogTail } from '../report.ts';
import { stopTime } from '../stop-time.ts';
import { exitCode } from '../stops.ts';
import { cut, idOf, listed, plural, revisionOf } from '../words.ts';
import { changeRows, scalingRow } from './rows.ts';

export interface Told {
  base: ChangeBase;
  things?: ChangedThings | undefined;
  scaling?: readonly ScalingActivity[] | undefined;
  alarms?: readonly DeploymentAlarm[] | undefined;
  scalingAlarms?: readonly MetricAlarm[] | undefined;
  logs?: LogTail[] | undefined;
}

/** A moment with what folds it: those of one key are one row until something else than tasks happens. */
export interface Moment extends Happening {
  at: string;
  key: string;
}

/** Everything that is known to have happened, unordered. */
export function moments(told: Told): Moment[] {
  return [
    ...taskMoments(told),
    ...eventMoments(told.base),
    ...deploymentMoments(told.base),
    ...changeMoments(told),
    ...(told.scaling ?? []).flatMap((activity) => momentOf(scalingRow(activity))),
    ...alarmMoments(told),
  ];
}

function momentOf(row: Happening, key = row.text): Moment[] {
  return row.at === undefined ? [] : [{ ...row, at: row.at, key }];
}

function taskMoments({ base, logs = [] }: Told): Moment[] {
  const { tasks } = base;
  const starts = [...tasks.running, ...tasks.stopping, ...tasks.stopped].flatMap((task) =>
    at(task.startedAt, 'tasks', `${revisionOf(task.taskDefinitionArn)} started`),
  );
  const stops = groupsOf({ ...base, stopped: tasks.stopped, logs }).flatMap(({ cause, stops: all }) =>
    all.flatMap(({ task }) => {
      const code = exitCode(task, cause.culprit);
      const text = `${cause.culprit ?? 'task'} stopped${code === undefined ? '' : `, exit ${code}`}: ${saying(cause)} (${revisionOf(task.taskDefinitionArn)})`;
      const time = stopTime(task);
      return time === 0
        ? []
        : at(new Date(time), 'tasks', cut(text, 200)).map((moment) =>
            cause.severity === 'error' ? { ...moment, failure: true } : moment,
          );
    }),
  );
  return [...starts, ...stops];
}

/** Of an expected end the kind says all; the ids in it keep those alike from being told together. */
function saying(cause: Explanation): string {
  const title = causeOf(cause.cause)?.title;
  return cause.severity === 'info' && title !== undefined ? title : inWords(cause);
}

/** What the scheduler said, without the starts and stops of tasks that are told by themselves. */
function eventMoments({ service, tasks }: ChangeBase): Moment[] {
  const known = new Set(
    [...tasks.running, ...tasks.stopping, ...tasks.stopped].map((task: Task) => idOf(task.taskArn)),
  );
  return (service?.events ?? []).flatMap(({ createdAt, message = '' }) => {
    const said = message.replace(/^\(service [^)]*\)\s*/, '').replace(/\.$/, '');
    const named = [...said.matchAll(/\(task ([0-9a-f-]{32,36})\)/g)].flatMap(([, id]) => id ?? []);
    const isStart = /^has (?:started|stopped) \d+ /.test(said);
    if (isStart && named.length > 0 && named.every((id) => known.has(id))) return [];
    const count = isStart
      ? `${/^has started/.test(said) ? 'started' : 'stopped'} ${plural(named.length, 'task')}`
      : said;
    return at(createdAt, 'event', cut(brief(count), 200), plain(said));
  });
}

/** Without ids that nobody reads; of a target group's ARN its name. */
function brief(text: string): string {
  return text
    .replace(/\s*\(task [0-9a-f-]{32,36}\)/g, '')
    .replace(/arn:[^\s)]*:targetgroup\/([^/\s)]+)\/[0-9a-f]+/g, '$1')
    .replace(/^\(service [^)]*\)\s*/, '');
}

/** Alike but for ids and numbers. */
function plain(text: string): string {
  return text.replace(/[0-9a-f-]{32,36}/g, 'ID').replace(/\d+/g, 'N');
}

const outcomes: Record<string, string> = {
  SUCCESSFUL: 'succeeded',
  STOPPED: 'was stopped',
  ROLLBACK_SUCCESSFUL: 'was rolled back',
  ROLLBACK_FAILED: 'could not be rolled back',
};

function deploymentMoments({ history, revisions }: ChangeBase): Moment[] {
  return history.flatMap(({ createdAt, startedAt, finishedAt, status, targetServiceRevisionArn = '' }) => {
    const definition = revisions[targetServiceRevisionArn]?.taskDefinition;
    const name = definition === undefined ? 'a deployment' : `the deployment of ${revisionOf(definition)}`;
    const outcome = outcomes[status ?? ''];
    const ended = outcome === undefined ? [] : at(finishedAt, 'deployment', `${name} ${outcome}`);
    const failed = status?.startsWith('ROLLBACK') === true;
    return [
      ...at(startedAt ?? createdAt, 'deployment', `${name} began`),
      ...ended.map((moment) => (failed ? { ...moment, failure: true } : moment)),
    ];
  });
}

/** All that one revision changed is one moment. */
function changeMoments({ base, things }: Told): Moment[] {
  const rows = changeRows({ base, things });
  const definition = rows.filter(({ about }) => about === 'task definition');
  const [first] = definition;
  const registered: Happening[] = first
    ? [
        {
          ...first,
          fields: definition.flatMap(({ fields = [] }) => fields),
          text: cut(
            `${revisionOf(base.compared.after.definition)} registered: ${listed(definition.map(({ text }) => text))}`,
            300,
          ),
        },
      ]
    : [];
  return [...registered, ...rows.filter(({ about }) => about !== 'task definition')].flatMap((row) =>
    momentOf(row),
  );
}

function alarmMoments({ alarms = [], scalingAlarms = [] }: Told): Moment[] {
  return [
    ...alarms.flatMap(({ name, state, since }) => at(since, 'alarm', `${name} turned ${state}`)),
    ...scalingAlarms.flatMap(({ AlarmName, StateValue, StateTransitionedTimestamp, StateUpdatedTimestamp }) =>
      at(StateTransitionedTimestamp ?? StateUpdatedTimestamp, 'alarm', `${AlarmName} turned ${StateValue}`),
    ),
  ];
}

function at(time: Date | undefined, about: Happening['about'], text: string, key = text): Moment[] {
  return time === undefined ? [] : [{ at: time.toISOString(), count: 1, about, text, key }];
}
