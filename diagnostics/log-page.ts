import { z } from 'zod';
import type { LogTail } from './report.ts';

/**
 * A page of several streams as it is kept in a button: from where, and in which direction. It names tasks and
 * revisions, from which the streams are computed again, so that a button of any age reads the same tasks.
 */
export interface LogPage {
  /**
   * `since` is what a follow asks for: what was written behind a place, and nothing else where that is nothing.
   * `first` is the beginning of the streams.
   */
  direction: 'older' | 'newer' | 'since' | 'first';
  places: LogPlace[];
}

export interface LogPlace {
  task: string;
  /** family:revision */
  revision: string;
  container: string;
  /** Only where the stream is not computed from these three. */
  stream?: string;
  /** Milliseconds. */
  at: number;
  /** Events of that millisecond that have been seen. */
  skip: number;
}

/** As many events as CloudWatch gives at once. */
const skipAtMost = 10_000;

const shape = z.tuple([
  z.union([z.literal('o'), z.literal('n'), z.literal('s'), z.literal('f')]),
  z
    .array(z.tuple([z.string().max(64), z.string().max(300)]))
    .min(1)
    .max(4),
  z
    .array(
      z.tuple([
        z.number().int().nonnegative(),
        z.string().max(255),
        z.number().int().nonnegative(),
        z.number().int().min(0).max(skipAtMost),
        z.string().max(512).optional(),
      ]),
    )
    .min(1)
    .max(20),
]);

/** Tasks whose logs are paged through at once. */
const tasksAtMost = 4;
const placesAtMost = 12;

/** Where every stream begins. */
const head = { at: 0, skip: 0 };

/** The page before or behind what is shown, or the first of all; undefined where there is none. */
export function pageBeside(tails: readonly LogTail[], direction: LogPage['direction']): string | undefined {
  const places = tails.flatMap((tail) => {
    const cursor = direction === 'first' ? head : direction === 'older' ? tail.from : tail.to;
    if (cursor === undefined || tail.revision === undefined) return [];
    const { task, revision, container, stream } = tail;
    return [{ task, revision, container, ...(isComputed(tail) ? {} : { stream }), ...cursor } as LogPlace];
  });
  return places.length === 0 ? undefined : encodePage({ direction, places });
}

/** awslogs names the stream after the container and the task, unless it has no prefix. */
function isComputed({ stream, container, task }: LogTail): boolean {
  return (
    stream?.endsWith(`/${container}/${task}`) === true || stream?.includes(`${container}-firelens-`) === true
  );
}

export function encodePage({ direction, places }: LogPage): string {
  const tasks = [...new Map(places.map(({ task, revision }) => [task, revision]))].slice(0, tasksAtMost);
  const index = new Map(tasks.map(([task], at) => [task, at]));
  const rows = places.flatMap(({ task, container, stream, at, skip }) => {
    const known = index.get(task);
    return known === undefined
      ? []
      : [[known, container, at, Math.min(skip, skipAtMost), ...(stream === undefined ? [] : [stream])]];
  });
  return JSON.stringify([direction.charAt(0), tasks, rows.slice(0, placesAtMost)]);
}

/** The page of a button; undefined for what is none. */
export function decodePage(text: string | undefined): LogPage | undefined {
  const parsed = shape.safeParse(jsonOf(text));
  if (!parsed.success) return undefined;
  const [direction, tasks, rows] = parsed.data;
  const places = rows.flatMap(([index, container, at, skip, stream]): LogPlace[] => {
    const known = tasks[index];
    if (known === undefined) return [];
    const [task, revision] = known;
    return [{ task, revision, container, at, skip, ...(stream !== undefined && { stream }) }];
  });
  return places.length === 0 ? undefined : { direction: directions[direction], places };
}

const directions = { o: 'older', n: 'newer', s: 'since', f: 'first' } as const;

function jsonOf(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
