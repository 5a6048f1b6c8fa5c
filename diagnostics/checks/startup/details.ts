import type { Chart } from '../../charts.ts';
import type { Outcome } from '../../check.ts';
import { type Group, measuredPhases, type StartPhase, startWords } from '../../startup/phases.ts';
import type { Ready } from '../../startup/ready.ts';
import type { StartRow, Startup } from '../../startup-details.ts';
import { seconds } from '../../startup-words.ts';
import { plural } from '../../words.ts';
import type { StartPicture } from './picture.ts';

export function startupDetails(picture: StartPicture): Startup {
  const { starts, ready, total, most, sizes, unread, seconds: taken } = picture;
  return {
    revision: starts.newest.revision,
    rows: [
      ...starts.byRevision.map((group) => rowOf(group.revision, 'revision', group)),
      ...starts.byZone.map((group) => rowOf(group.zone, 'zone', group)),
    ],
    ...(ready && { ready: { seconds: ready.seconds, says: readyWords(ready), estimated: true } }),
    ...(unread && { unread: true as const }),
    total,
    largest: most,
    ...(sizes &&
      sizes.bytes > 0 && {
        pull: {
          bytes: sizes.bytes,
          // Of an image whose size is not known the bytes are missing, and the rate would be too low.
          ...(sizes.unknown.length === 0 && taken.pull ? { perSecond: sizes.bytes / taken.pull } : {}),
        },
      }),
  };
}

function rowOf(name: string, of: StartRow['of'], { tasks, phases }: Group): StartRow {
  return { name, of, tasks: tasks.length, ...phases };
}

function readyWords({
  seconds: wait,
  by,
  name,
  interval,
  slowStart,
  afterFailure,
  slowToRegister,
}: Ready): string {
  const who = by === 'target-group' ? `the target group ${name}` : `the check of ${name}`;
  const slow =
    slowStart > 0
      ? ` (${seconds(interval)}) and the slow start after it (${seconds(slowStart)}), until it gets its full share of requests`
      : '';
  const again = afterFailure === undefined ? '' : `, ${seconds(afterFailure)} where it was unhealthy first`;
  const late = slowToRegister
    ? '; a network load balancer may take minutes more to begin with its checks'
    : '';
  return `up to ${seconds(wait)} after it runs, by the interval of ${who}${slow}${again}${late}`;
}

/** Medians by phase, the newest starts beside those before them. */
export function startupChart({ starts, ready }: StartPicture): Chart[] {
  const phases = measuredPhases.filter((phase) => starts.newest.phases[phase]);
  if (phases.length === 0) return [];
  const before = starts.before;
  const compared = before && phases.every((phase) => before.phases[phase]);
  const labels: StartPhase[] = compared || !ready ? phases : [...phases, 'ready'];
  const own = labels.map((phase) =>
    phase === 'ready' ? (ready?.seconds ?? null) : (starts.newest.phases[phase]?.median ?? null),
  );
  return [
    {
      title: 'Seconds of a start by phase, median',
      kind: 'bar',
      unit: 's',
      axis: 'names',
      said: true,
      labels: labels.map((phase) => (phase === 'ready' ? 'ready (estimated)' : startWords[phase])),
      series: [
        { name: starts.newest.revision, keeps: 'highest', values: own },
        ...(compared && before
          ? [
              {
                name: starts.beforeName,
                keeps: 'highest' as const,
                values: phases.map((phase) => before.phases[phase]?.median ?? null),
              },
            ]
          : []),
      ],
    },
  ];
}

/** What is said where starts are as they should be. */
export function startupAnswer(picture: StartPicture): Outcome['answer'] {
  const { starts, seconds: taken, total, ready, unread } = picture;
  const phases = measuredPhases.flatMap((phase) =>
    taken[phase] === undefined ? [] : [`${startWords[phase]} ${seconds(taken[phase])}`],
  );
  const wait = unread
    ? ['until it is ready could not be read']
    : ready
      ? [`ready up to ${seconds(ready.seconds)}`]
      : [];
  return {
    state: unread ? 'unknown' : 'healthy',
    headline: `tasks of ${starts.newest.revision} start in ${unread ? 'at least' : 'about'} ${seconds(total)}, ${[...phases, ...wait].join(', ')} (${plural(starts.newest.tasks.length, 'task')})`,
  };
}
