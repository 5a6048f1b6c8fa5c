import { describeTask } from '../../by-hand.ts';
import { pasteable } from '../../causes/define.ts';
import { findingOf, namesFor } from '../../findings.ts';
import { moreMemory } from '../../perf/advice.ts';
import { limitWords } from '../../perf/limits.ts';
import { hoursUntil, isClimb, type Tooth, teethOf } from '../../perf/memory-trend.ts';
import { percent } from '../../perf-words.ts';
import type { Evidence, Finding } from '../../report.ts';
import { answer } from '../../rules/explanation.ts';
import { stopTime } from '../../stop-time.ts';
import { readStop, reasonOf, type Stop } from '../../stops.ts';
import { duration, idOf, plural, times } from '../../words.ts';
import { beside, type ClimbEnd, climbEnd } from './climb-end.ts';
import { metricEvidence, type Picture } from './picture.ts';

const minute = 60_000;

/** Memory that climbs to its limit, and what ran out of it. */
export function memoryFindings(picture: Picture): Finding[] {
  const killed = killedForMemory(picture);
  return [...killed.map(([first, ...rest]) => killFinding(picture, first, rest)), ...climbFinding(picture)];
}

/** Stops whose cause is memory, those of one cause together; never empty. */
function killedForMemory({ stops = [], definitions, service }: Picture): [Stop, ...Stop[]][] {
  const read = stops.map((task) => readStop(task, definitions, { service }));
  const oom = read.filter(({ explanations: [{ cause }] }) => cause.startsWith('oom-'));
  const groups = Map.groupBy(oom, ({ explanations: [{ cause }] }) => cause);
  return [...groups.values()].flatMap(([first, ...rest]) => (first ? [[first, ...rest]] : []));
}

/** Id of the task that was killed for memory last. */
export function newestKilled(picture: Picture): string | undefined {
  const newest = killedForMemory(picture)
    .flat()
    .toSorted((a, b) => stopTime(b.task) - stopTime(a.task))[0];
  return newest && idOf(newest.task.taskArn);
}

function killFinding(picture: Picture, first: Stop, rest: readonly Stop[]): Finding {
  const { target, service, definitions, memory, scope } = picture;
  const [cause] = first.explanations;
  const at = [first, ...rest].map(({ task }) => stopTime(task));
  const often = times(at.length, Math.min(...at), Math.max(...at), scope.now.getTime());
  const container = cause.culprit ?? 'a container';
  const low = memory !== undefined && memory.highest < 80 ? lowGraph(memory.highest) : '';
  const definition = definitions[first.task.taskDefinitionArn ?? ''];
  return findingOf(
    cause,
    namesFor(target, { service, task: first.task, definition, container: cause.culprit }),
    {
      subject: first.task.taskArn,
      summary: `${container} was killed for memory, ${often}.${low}`,
      count: at.length,
      firstAt: new Date(Math.min(...at)).toISOString(),
      lastAt: new Date(Math.max(...at)).toISOString(),
      evidence: [stopEvidence(picture, first)],
    },
  );
}

/** A spike of seconds does not show in points of a minute. */
function lowGraph(highest: number): string {
  return ` The graph tops at ${percent(highest)}, which does not speak against it: a spike of seconds is lost in points of a minute.`;
}

function stopEvidence({ target }: Picture, stop: Stop): Evidence {
  return {
    api: 'ecs:DescribeTasks',
    field: 'tasks[0].containers[].reason',
    value: reasonOf(stop),
    at: new Date(stopTime(stop.task)).toISOString(),
    cli: describeTask(target, idOf(stop.task.taskArn)),
  };
}

function climbFinding(picture: Picture): Finding[] {
  const { usage, limit, deployedAt } = picture;
  const teeth = teethOf(usage.memory.maximum);
  const end = limit.percent ?? 100;
  const climbed = teeth.filter(
    (tooth) =>
      tooth.fell &&
      isClimb(tooth) &&
      tooth.peak >= 0.85 * end &&
      // A deployment replaces every task: that memory falls then says nothing.
      !deployedAt.some((at) => tooth.to.getTime() > at - beside && tooth.to.getTime() < at + 15 * minute),
  );
  if (climbed.length > 0) return [climbedFinding(picture, climbed)];
  const last = teeth.at(-1);
  return last && !last.fell ? underWay(picture, last, end) : [];
}

const fallWords: Record<ClimbEnd['by'], string> = {
  oom: 'the kernel kills the process',
  stop: 'a task stops',
  restart: 'its container is started anew',
  limit: 'it falls',
  nothing: 'it falls',
};

function climbedFinding(picture: Picture, climbed: readonly Tooth[]): Finding {
  const { target, service, limit, definition, fargate, revision } = picture;
  const last = climbed.at(-1) ?? climbed[0];
  const end = climbEnd(picture, climbed);
  const isKnown = end.by !== 'nothing';
  const names = pasteable(namesFor(target, { service, definition, container: limit.container }));
  const peak = Math.max(...climbed.map((tooth) => tooth.peak));
  const took = last ? duration(last.to.getTime() - last.from.getTime()) : '';
  const often = climbed.length > 1 ? `, ${climbed.length} times` : '';
  const meets = isKnown
    ? `it meets ${limitWords(limit)}`
    : 'nothing shows that a process ended: a heap that is collected late looks the same';
  return findingOf(
    answer('memory-climbing', {
      status: end.by === 'oom' ? 'confirmed' : isKnown ? 'likely' : 'open',
      ...(!isKnown && { severity: 'info' }),
      why: 'the hottest task rises in a straight line and falls',
      decide: isKnown
        ? 'a stopped task with the reason OutOfMemoryError; ECS remembers stops for an hour, so ask again after the next fall'
        : 'whether anything stops at the next fall, and what the log says of garbage collection then: insights --query memory',
    }),
    names,
    {
      subject: service.serviceArn,
      summary: `Memory of ${revision} climbs from ${percent(last?.low ?? 0)} to ${percent(peak)} in ${took} and then ${fallWords[end.by]}${often}; ${meets}.`,
      ...(climbed.length > 1 && {
        count: climbed.length,
        firstAt: climbed[0]?.to.toISOString(),
        lastAt: last?.to.toISOString(),
      }),
      ...(isKnown && { reasonOf: ['oom-container', 'oom-task', 'oom-child-process', 'sigkill-unexplained'] }),
      evidence: [
        metricEvidence(picture, {
          metric: 'MemoryUtilization',
          statistic: 'Maximum',
          value: `${percent(last?.low ?? 0)} rising to ${percent(last?.peak ?? 0)}, then falling`,
          at: last?.to,
        }),
        ...(end.by === 'oom' ? [stopEvidence(picture, end.stop)] : []),
      ],
      // More memory is no advice for a heap that nobody has looked at.
      ...(isKnown && { fix: moreMemory({ definition, fargate, names }, limit, peak) }),
    },
  );
}

/** A climb that has not ended is only worth a word when it is long, straight and near its end. */
const longAtLeast = 60;
const nearAtLeast = 0.7;
const hoursAtMost = 12;

function underWay(picture: Picture, tooth: Tooth, end: number): Finding[] {
  const { target, service, limit, definition, fargate, revision, memoryNow } = picture;
  // A reservation is no limit: nothing happens as memory passes it, and where the instance ends it is not known here.
  if (memoryNow === undefined || limit.kind === 'instance') return [];
  const minutes = (tooth.to.getTime() - tooth.from.getTime()) / minute;
  const last = tooth.points.at(-1)?.value ?? 0;
  const hours = hoursUntil(tooth, end);
  if (!isClimb(tooth) || minutes < longAtLeast || tooth.fit < 0.9) return [];
  if (last < nearAtLeast * end || hours > hoursAtMost) return [];
  const names = pasteable(namesFor(target, { service, definition, container: limit.container }));
  const left =
    hours < 0.1 ? 'It is there now' : `At this pace it is there in about ${duration(hours * 3_600_000)}`;
  return [
    findingOf(
      answer('memory-climbing', {
        status: 'likely',
        severity: 'warn',
        why: 'the hottest task rises in a straight line towards its limit',
        decide: 'whether it levels off: a cache that fills does so once, a leak does not',
      }),
      names,
      {
        subject: service.serviceArn,
        summary: `Memory of ${revision} has risen from ${percent(tooth.low)} to ${percent(last)} in ${duration(minutes * minute)} without a pause; the limit is ${limitWords(limit)}. ${left}.`,
        evidence: [
          metricEvidence(picture, {
            metric: 'MemoryUtilization',
            statistic: 'Maximum',
            value: `${percent(tooth.low)} rising to ${percent(last)} over ${plural(Math.round(minutes), 'minute')}`,
            at: tooth.to,
          }),
        ],
        fix: moreMemory({ definition, fargate, names }, limit, Math.max(end, last)),
      },
    ),
  ];
}
