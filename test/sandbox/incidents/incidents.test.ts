import { describe, expect, test } from 'vitest';
import type { World } from '#sandbox/aws/world.ts';
import { mergeWorlds } from '#sandbox/incidents/build/merge.ts';
import { externalId, incidents, places, sandboxAccounts } from '#sandbox/incidents/index.ts';
import { faultsOf } from './consistency.ts';

const now = new Date('2026-11-24T14:41:07.318Z');

describe.each(incidents.map((incident) => [incident.name, incident] as const))('%s', (_name, incident) => {
  const place = places[incident.environment];
  const world = mergeWorlds([incident.world(now, place)]);

  test('is a world that AWS could answer with', () => {
    expect(faultsOf(world, now, place)).toEqual([]);
  });

  test('is the same world whenever it is told for the same time', () => {
    expect(drawn(mergeWorlds([incident.world(new Date(now), place)]))).toEqual(drawn(world));
  });

  test('moves with the time it is told for', () => {
    const later = new Date(now.getTime() + 90_000);
    const moved = mergeWorlds([incident.world(later, place)]);
    expect(moved.tasks.map((task) => task.taskArn)).toEqual(world.tasks.map((task) => task.taskArn));
    expect(faultsOf(moved, later, place)).toEqual([]);
  });

  test('asks about something that is there', () => {
    const [command, ...words] = incident.ask.split(' ').filter((word) => !word.startsWith('--'));
    // Between two services it is the first that must be there; the other may be a name or an address.
    const [subject, second, third] = words;
    const environment = command === 'connect' ? third : second;
    const names = [
      ...world.services.map(({ serviceName }) => serviceName),
      ...world.tasks.map(({ group }) => group?.replace(/^family:/, '')),
    ];
    expect(command).toMatch(/^[a-z][a-z-]+$/);
    expect(environment).toBe(incident.environment);
    expect(names).toContain(subject);
  });

  test('has a verdict without contradiction', () => {
    const { state, cause, chain } = incident.expected;
    expect(state === 'problem').toBe(cause !== null);
    if (chain) expect(chain.at(-1)).toBe(cause);
  });
});

describe('the accounts', () => {
  const accounts = sandboxAccounts(now);

  test('are two, each with a role of its own and one cluster', () => {
    const seen = accounts.map(({ id, region, role, world }) => [
      id,
      region,
      { arn: role.arn, externalId: role.externalId },
      world.clusters.map((one) => one.clusterName),
    ]);
    expect(seen).toEqual([
      [
        '222222222222',
        'us-east-1',
        { arn: 'arn:aws:iam::222222222222:role/ecs-sleuth', externalId },
        ['prod'],
      ],
      [
        '333333333333',
        'eu-west-1',
        { arn: 'arn:aws:iam::333333333333:role/ecs-sleuth', externalId },
        ['staging'],
      ],
    ]);
  });

  test('stay sound with all incidents together', () => {
    for (const { id, world } of accounts) {
      const place = Object.values(places).find(({ account }) => account === id);
      if (!place) throw new Error(`no place for ${id}`);
      expect(faultsOf(world, now, place)).toEqual([]);
    }
  });

  test('count what runs in the cluster', () => {
    for (const { world } of accounts) {
      const running = world.tasks.filter((task) => task.lastStatus === 'RUNNING').length;
      expect(world.clusters[0]?.runningTasksCount).toBe(running);
      expect(world.clusters[0]?.activeServicesCount).toBe(world.services.length);
    }
  });

  test('have no two incidents of one name', () => {
    const names = incidents.map(({ name }) => name);
    expect(names).toEqual([...new Set(names)]);
    expect(incidents[0]?.ask).toBe('why-stopped api prod');
  });
});

/** The world with the points of its metrics, which are made when they are asked for. */
function drawn(world: World): World {
  const metrics = world.metrics?.map((series) => ({
    ...series,
    points: typeof series.points === 'function' ? series.points() : series.points,
  }));
  return { ...world, metrics };
}
