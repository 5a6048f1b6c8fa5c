import { expect, it } from 'vitest';
import type { CommandContext } from '#commands/command.ts';
import { insights } from '#commands/insights.ts';

const hour = 3_600_000;

/** Whoever opens a session here would ask AWS. */
const context: CommandContext = {
  environments: [],
  session() {
    throw new Error('AWS is asked');
  },
  now: new Date('2026-11-24T12:00:00Z'),
  deadline: 1_000,
};

it.each([
  [
    'more than a day',
    { since: 48 * hour },
    /^That searches 2 days of log/,
    ['Search 2 days', 'Only the last day'],
    24,
  ],
  [
    'a comparison, which searches as much again before it',
    { since: 20 * hour, compare: true },
    /^Both spans together are 40 hours of log/,
    ['Search 40 hours', 'Only the last 12 hours'],
    12,
  ],
  [
    'a comparison by its name',
    { since: 13 * hour, query: 'compare' },
    /^Both spans together are 26 hours of log/,
    ['Search 26 hours', 'Only the last 12 hours'],
    12,
  ],
])('%s is searched only when somebody has said so', async (_what, options, question, labels, hours) => {
  const request = { command: 'insights', service: 'api', environment: 'prod', options };
  const answer = await insights.run(request, context);
  if (answer.kind !== 'choice') throw new Error(answer.kind);
  expect(answer.question).toMatch(question);
  expect(answer.choices.map(({ label }) => label)).toEqual(labels);
  expect(answer.choices.map(({ request: chosen }) => chosen.options)).toEqual([
    { ...options, wide: true },
    { ...options, since: hours * hour },
  ]);
  const less = answer.choices[1]?.request ?? request;
  // It goes on without asking again.
  await expect(insights.run(less, context)).rejects.toThrow();
});
