import type { ServiceDeploymentBrief } from '@aws-sdk/client-ecs';
import { expect, it } from 'vitest';
import { type FactContext, FactFailure } from '#diagnostics/fact.ts';
import { changeBase } from '#diagnostics/facts/changes/change-base.ts';
import { context, definition, minutesAgo, read, revision, service } from '../checks/facts.ts';

const gone = { ok: false, failure: new FactFailure('Unable to describe task definition.', 'NotFound') };
const brief = (number: number, ago: number): ServiceDeploymentBrief => ({
  targetServiceRevisionArn: `revision-${number}`,
  status: 'SUCCESSFUL',
  createdAt: minutesAgo(ago),
  finishedAt: minutesAgo(ago),
});

it('says that a revision to compare with could not be read, for nothing is known to be the same then', async () => {
  const facts: Record<string, unknown> = {
    tasks: read({ running: [], stopped: [] }),
    'service-deployments': read([brief(2, 30), brief(1, 90)]),
    'service-revisions': read({
      'revision-1': { taskDefinition: revision(1) },
      'revision-2': { taskDefinition: revision(2) },
    }),
    'task-definitions': read({ [revision(2)]: definition(2) }),
  };
  const given = {
    ...context,
    read: async () => service(),
    settle: async ({ id }: { id: string }) => facts[id] ?? gone,
  } as unknown as FactContext;
  const { compared, notChecked } = await changeBase.load(given, undefined);
  expect(compared.before.definition).toBe(revision(1));
  expect(notChecked).toMatchObject([{ check: 'the task definition api:1', reason: 'NotFound' }]);
});

it('says that ECS does not tell what ran before, for then nothing is known to be the same either', async () => {
  const facts: Record<string, unknown> = {
    tasks: read({ running: [], stopped: [] }),
    'service-deployments': read([brief(2, 30), brief(1, 90)]),
    'service-revisions': read({ 'revision-2': { taskDefinition: revision(2) } }),
    'task-definitions': read({ [revision(2)]: definition(2) }),
  };
  const given = {
    ...context,
    read: async () => service(),
    settle: async ({ id }: { id: string }) => facts[id] ?? gone,
  } as unknown as FactContext;
  const { notChecked } = await changeBase.load(given, undefined);
  expect(notChecked).toMatchObject([
    { check: `what was deployed at ${minutesAgo(90).toISOString()}`, reason: 'NotFound' },
  ]);
});
