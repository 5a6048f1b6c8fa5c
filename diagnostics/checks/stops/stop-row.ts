import { taskId } from '../../facts/log-location.ts';
import type { StopGroup as Row } from '../../report.ts';
import { stopTime } from '../../stop-time.ts';
import { exitCode, reasonOf, type StopGroup } from '../../stops.ts';
import { revisionOf } from '../../words.ts';

/** A group as a row of the table of stops. */
export function stopRow({ cause, stops }: StopGroup): Row {
  const [newest] = stops;
  const at = stops.map(({ task }) => stopTime(task)).filter((time) => time > 0);
  return {
    cause: cause.cause,
    severity: cause.severity,
    count: stops.length,
    ...spanOf(at),
    container: cause.culprit,
    exitCode: exitCode(newest.task, cause.culprit),
    reason: reasonOf(newest),
    revisions: distinct(stops.map(({ task }) => revisionOf(task.taskDefinitionArn))),
    zones: distinct(stops.map(({ task }) => task.availabilityZone)),
    exampleTask: taskId(newest.task),
  };
}

/** First and last of some times, ISO 8601. */
export function spanOf(times: readonly number[]): { firstAt?: string; lastAt?: string } {
  if (times.length === 0) return {};
  return {
    firstAt: new Date(Math.min(...times)).toISOString(),
    lastAt: new Date(Math.max(...times)).toISOString(),
  };
}

function distinct(values: (string | undefined)[]): string[] {
  return [...new Set(values.filter((value) => value !== undefined))];
}
