import type { Task } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import type { Placed } from '#diagnostics/facts/network/origins.ts';
import { needsOf } from '#diagnostics/network/needs.ts';
import { surveyOf } from '#diagnostics/network/survey.ts';
import type { Topology } from '#diagnostics/network/topology.ts';
import { groups, tables } from './parts.ts';
import * as here from './vpc.ts';

const now = new Date('2026-03-01T12:00:00Z');
const minutes = (ago: number) => new Date(now.getTime() - ago * 60_000);
const home = { partition: 'aws', region: here.region, account: here.account };
const host: Placed = {
  ...here.task({ networkMode: 'bridge', onInstance: true }),
  from: 'host',
  hosts: ['arn:host-a'],
  connected: true,
};

/** The states of the ways of an instance in the private subnet, by what is reached. */
function statesOf(parts: Partial<Topology>, place: Partial<Placed>, tasks: readonly Task[] | null = []) {
  const image = `${here.account}.dkr.ecr.${here.region}.amazonaws.com/app:1`;
  const needs = needsOf(
    { containerDefinitions: [{ name: 'app', image }] },
    { home, exec: false, agent: true },
  );
  const placed = [{ ...host, ...place }];
  const lines = surveyOf({
    placed,
    needs,
    topology: here.vpc(parts),
    roles: {},
    tasks: tasks ?? undefined,
    now,
  });
  return Object.fromEntries(lines.map(({ need, path }) => [need.use, path.state]));
}

describe('the ways of an instance', () => {
  it('are broken without a route, where its agent is away', () => {
    expect(statesOf(tables(), { connected: false })).toEqual({
      'ecr-login': 'broken',
      registry: 'broken',
      layers: 'broken',
      agent: 'broken',
    });
  });

  it('are open without a route, where its agent talks to ECS all the same, as through a proxy', () => {
    expect(new Set(Object.values(statesOf(tables(), {})))).toEqual(new Set(['open']));
  });

  it('are open where a task has just started on it, and broken where it started on another', () => {
    const parts = { ...tables(), ...groups([]) };
    const started = (containerInstanceArn: string) => [
      { taskArn: 'arn:task/1', containerInstanceArn, startedAt: minutes(2) },
    ];
    expect(statesOf(parts, { connected: false }, started('arn:host-a'))).toMatchObject({ registry: 'open' });
    expect(statesOf(parts, { connected: false }, started('arn:host-b'))).toMatchObject({
      registry: 'broken',
    });
  });

  it('are open beside a hub where no task was read, and broken without one', () => {
    const hub = { DestinationCidrBlock: '10.0.0.0/8', TransitGatewayId: 'tgw-0', State: 'active' } as const;
    expect(statesOf(tables(hub), { connected: false }, null).registry).toBe('open');
    expect(statesOf(tables(), { connected: false }, null).registry).toBe('broken');
  });

  it('are open beside a hub where any task ever started, until one fails, since its zones may not be listed', () => {
    const hub = { DestinationCidrBlock: '10.0.0.0/8', TransitGatewayId: 'tgw-0', State: 'active' } as const;
    const registry = (parts: Partial<Topology>, tasks: Task[]) =>
      statesOf(parts, { connected: false }, tasks).registry;
    const old = { taskArn: 'arn:task/1', containerInstanceArn: 'arn:host-a', startedAt: minutes(900) };
    const failed = { taskArn: 'arn:task/2', containerInstanceArn: 'arn:host-a', stoppedAt: minutes(5) };
    expect(registry(tables(hub), [old])).toBe('open');
    expect(registry(tables(hub), [old, failed])).toBe('broken');
    expect(registry(tables(hub), [])).toBe('broken');
    expect(registry(tables(), [old])).toBe('broken');
  });
});
