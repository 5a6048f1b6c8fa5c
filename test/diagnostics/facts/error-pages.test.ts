import { expect, it } from 'vitest';
import { readLog } from '#diagnostics/facts/read-log.ts';
import type { LogCursor } from '#diagnostics/log-details.ts';
import { definition, now, revision, stopped } from '../checks/facts.ts';

/** 120 errors that have nothing in common, two a millisecond, each behind a line that is none. */
const events = Array.from({ length: 240 }, (_, index) => ({
  timestamp: 1_000 + Math.floor(index / 4),
  message: index % 2 === 0 ? `started ${wordOf(index)}` : `Error: ${wordOf(index)}`,
}));

/** Numbers are not told apart where errors are folded. */
function wordOf(index: number): string {
  return String(index).replace(/\d/g, (digit) => 'klmnopqrst'.charAt(Number(digit)));
}

interface Input {
  startTime?: number;
  endTime?: number;
  nextToken?: string;
}

async function getLogEvents({ startTime = 0, endTime = now.getTime(), nextToken }: Input) {
  const within = events.filter(({ timestamp }) => timestamp >= startTime && timestamp < endTime);
  return {
    events: nextToken === undefined ? within : [],
    nextForwardToken: 'end',
    nextBackwardToken: 'end',
  };
}

const logConfiguration = {
  logDriver: 'awslogs' as const,
  options: { 'awslogs-group': '/ecs/api', 'awslogs-stream-prefix': 'ecs' },
};

/** The texts of one page of errors, and where it begins and ends. */
function page(place: { before?: LogCursor; after?: LogCursor }, direction: 'older' | 'newer') {
  const wanted = {
    task: stopped(0, { taskDefinitionArn: revision(2) }),
    definition: definition(2, [{ name: 'app', logConfiguration }]),
    container: 'app',
    ...place,
  };
  const scope = { now, errors: true, page: { direction, places: [] } };
  return readLog({ scope, awsIn: () => ({ logs: { getLogEvents } }) as never }, wanted, async () => ({}));
}

const all = events.map(({ message }) => message).filter((text) => text.startsWith('Error'));

it('more errors than are shown at once are leafed through from the end, each once', async () => {
  const seen: string[] = [];
  let before: LogCursor | undefined = { at: now.getTime(), skip: 0 };
  for (let pages = 0; before !== undefined && pages < 5; pages += 1) {
    const { lines, from, older } = await page({ before }, 'older');
    seen.unshift(...lines.map(({ message }) => message));
    before = older === true ? from : undefined;
  }
  expect(seen).toEqual(all);
});

it('more errors than are shown at once are read on from the head, each once', async () => {
  const seen: string[] = [];
  let after: LogCursor | undefined = { at: 0, skip: 0 };
  for (let pages = 0; after !== undefined && pages < 5; pages += 1) {
    const { lines, to, newer } = await page({ after }, 'newer');
    seen.push(...lines.map(({ message }) => message));
    after = newer === true ? to : undefined;
  }
  expect(seen).toEqual(all);
});
