import type { ServiceDeploymentBrief, Task } from '@aws-sdk/client-ecs';
import { expect, it } from 'vitest';
import { type FactContext, FactFailure } from '#diagnostics/fact.ts';
import { ownStops } from '#diagnostics/facts/own-stops.ts';
import { context, deployment, minutesAgo, read, service } from '../checks/facts.ts';

const refused = { ok: false, failure: new FactFailure('no', 'AccessDenied') };
const stop = (startedBy: string, ago: number): Task => ({ startedBy, createdAt: minutesAgo(ago) });
const stops = [stop('ecs-svc/2', 5), stop('ecs-svc/1', 6), stop('ecs-svc/1', 90)];
const briefs: ServiceDeploymentBrief[] = [{ createdAt: minutesAgo(10), startedAt: minutesAgo(10) }];
const described = service({
  deployments: [
    deployment({ id: 'ecs-svc/2', createdAt: minutesAgo(10) }),
    deployment({ id: 'ecs-svc/1', status: 'ACTIVE' }),
  ],
});

it.each<[string, Record<string, unknown>, boolean, number[]]>([
  ['all, where it is not only asked about the newest deployment', {}, false, [5, 6, 90]],
  ['those that it started', { service: read(described), 'service-deployments': read(briefs) }, true, [5]],
  ['those that it started, by the service alone', { service: read(described) }, true, [5]],
  [
    'those since it began, where the service could not be read',
    { 'service-deployments': read(briefs) },
    true,
    [5, 6],
  ],
  ['all, where nothing tells when it began', {}, true, [5, 6, 90]],
])('%s', async (_, facts, asked, ages) => {
  const given = {
    ...context,
    scope: { ...context.scope, deployment: asked },
    settle: async ({ id }: { id: string }) => facts[id] ?? refused,
  } as unknown as FactContext;
  const own = await ownStops(given, stops);
  expect(own.map(({ createdAt }) => createdAt)).toEqual(ages.map(minutesAgo));
});
