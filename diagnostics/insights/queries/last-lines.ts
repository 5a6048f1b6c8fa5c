import type { Task } from '@aws-sdk/client-ecs';
import { maskedLine } from '../../log-reading/mask.ts';
import { stopTime } from '../../stop-time.ts';
import { idOf, plural } from '../../words.ts';
import { type Frame, type InsightsQuery, type ResultRow, timeIn } from '../query.ts';

/** Stops that are looked at; each is a condition in the query. */
const stopsAtMost = 20;
const linesOfEach = 5;
const rowsAtMost = 1000;
/** How long before its stop a task's lines count, and how long CloudWatch takes to take them in. Milliseconds. */
const beforeStop = 120_000;
const afterStop = 10_000;

export const lastLines: InsightsQuery = {
  name: 'last-lines',
  label: 'Last lines before stops',
  question: 'what each stopped task wrote last',
  looksFor: 'line in the two minutes before a stop',
  limit: rowsAtMost,
  commands(frame) {
    const stops = stopsOf(frame);
    if (stops.length === 0) return { lacks: 'ECS knows no task of it that has stopped' };
    const each = stops.map(
      ({ id, at }) =>
        `(@logStream like /${id}/ and toMillis(@timestamp) >= ${at - beforeStop} and toMillis(@timestamp) <= ${at + afterStop})`,
    );
    return ['fields @timestamp, @logStream, @message', `filter ${each.join(' or ')}`, 'sort @timestamp desc'];
  },
  window(frame) {
    const times = stopsOf(frame).map(({ at }) => at);
    if (times.length === 0) return undefined;
    return { from: new Date(Math.min(...times) - beforeStop), to: new Date(Math.max(...times) + afterStop) };
  },
  columns: [
    { title: 'Stopped', kind: 'time' },
    { title: 'Line', kind: 'text' },
    { title: 'Task', kind: 'text' },
    { title: 'At', kind: 'time' },
  ],
  read(rows, frame) {
    const stops = stopsOf(frame).map((stop) => ({ ...stop, lines: linesOf(rows, stop.id) }));
    const silent = stops.filter(({ lines }) => lines.length === 0).length;
    const wrote = stops.length - silent;
    // The rows are the newest: a task without any may only have been crowded out.
    const unseen =
      rows.length >= rowsAtMost ? 'are beyond the rows that the query gives' : 'wrote nothing then';
    const rest = silent > 0 ? `; ${silent} ${unseen}` : '';
    const alike = [...Map.groupBy(stops, ({ lines }) => maskedLine(lines.at(-1)?.text ?? ''))]
      .filter(([line]) => line !== '')
      .map(([, members]) => members)
      .sort((a, b) => b.length - a.length);
    const [first] = alike;
    const last = first?.[0]?.lines.at(-1)?.text ?? '';
    const head =
      first && first.length > 1
        ? `${first.length} of ${plural(stops.length, 'stopped task')} end on the same line: ${last}`
        : `${wrote} of ${plural(stops.length, 'stopped task')} wrote in the two minutes before the stop; the newest ends on: ${last}`;
    return {
      headline: `${head}${rest}`,
      rows: stops.flatMap(({ id, at, lines }) =>
        lines.map((line) => [new Date(at).toISOString(), line.text, id.slice(0, 8), line.at]),
      ),
    };
  },
};

function stopsOf({ stopped }: Pick<Frame, 'stopped'>): { id: string; at: number }[] {
  return stopped
    .map((task: Task) => ({ id: idOf(task.taskArn), at: stopTime(task) }))
    .filter(({ id, at }) => at > 0 && /^[0-9a-f-]{32,36}$/.test(id))
    .slice(0, stopsAtMost);
}

/** The last lines of one task, oldest first; rows come newest first. */
function linesOf(rows: readonly ResultRow[], id: string): { at: string; text: string }[] {
  return rows
    .filter((row) => row['@logStream']?.includes(id))
    .slice(0, linesOfEach)
    .reverse()
    .map((row) => ({ at: timeIn(row, '@timestamp'), text: (row['@message'] ?? '').trim() }));
}
