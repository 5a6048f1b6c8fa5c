import { expect, it } from 'vitest';
import type { FactContext } from '#diagnostics/fact.ts';
import { constraintMatches } from '#diagnostics/facts/constraint-matches.ts';
import { context, definition, deployment, read, revision, service } from '../checks/facts.ts';

interface Page {
  filter: string;
  nextToken?: string;
}

/** ECS with so many pages of instances for every expression; `asked` is what was asked of it. */
function load(expressions: string[], pages: number) {
  const asked: Page[] = [];
  const listContainerInstances = async ({ filter, nextToken }: Page) => {
    asked.push({ filter, ...(nextToken && { nextToken }) });
    const page = Number(nextToken ?? 0);
    return {
      containerInstanceArns: [`arn:${page}`],
      ...(page + 1 < pages && { nextToken: String(page + 1) }),
    };
  };
  const described = service({
    launchType: 'EC2',
    runningCount: 1,
    deployments: [deployment({ runningCount: 1 })],
    placementConstraints: expressions.map((expression) => ({ type: 'memberOf', expression })),
  });
  const given = {
    ...context,
    read: async () => described,
    settle: async () => read({ [revision(2)]: definition(2) }),
    aws: { ecs: { listContainerInstances } },
  } as unknown as FactContext;
  return constraintMatches.load(given, undefined).then((found) => ({ found, asked }));
}

it('every page is read, each after the other, and the same expression once', async () => {
  const { found, asked } = await load(['a', 'a'], 3);
  expect(found).toEqual([{ expression: 'a', instances: ['arn:0', 'arn:1', 'arn:2'], complete: true }]);
  expect(asked).toEqual([{ filter: 'a' }, { filter: 'a', nextToken: '1' }, { filter: 'a', nextToken: '2' }]);
});

it('as many pages as of the instances themselves, and then it says that there are more', async () => {
  const { found, asked } = await load(['a'], 6);
  expect(asked).toHaveLength(5);
  expect(found).toMatchObject([{ complete: false }]);
  expect(found[0]?.instances).toHaveLength(5);
});

it('five expressions, and of the sixth nothing is said', async () => {
  const { found } = await load(['a', 'b', 'c', 'd', 'e', 'f'], 1);
  expect(found.map(({ expression }) => expression)).toEqual(['a', 'b', 'c', 'd', 'e']);
});
