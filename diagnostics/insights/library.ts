import { compare } from './queries/compare.ts';
import { errors } from './queries/errors.ts';
import { exceptions } from './queries/exceptions.ts';
import { lastLines } from './queries/last-lines.ts';
import { latency } from './queries/latency.ts';
import { memory } from './queries/memory.ts';
import { serverErrors } from './queries/server-errors.ts';
import { slow } from './queries/slow.ts';
import type { InsightsQuery } from './query.ts';

/** Every query, in the order of the menu; the first is asked where none is named. */
export const library: readonly [InsightsQuery, ...InsightsQuery[]] = [
  errors,
  exceptions,
  latency,
  slow,
  serverErrors,
  memory,
  lastLines,
  compare,
];

/** @throws never: a name that an older button carries is read as the first */
export function queryNamed(name: string | undefined): InsightsQuery {
  return library.find((query) => query.name === name) ?? library[0];
}
