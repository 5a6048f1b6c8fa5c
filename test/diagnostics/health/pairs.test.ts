import type { Service } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { pairsOf } from '#diagnostics/health/pairs.ts';

const of = (targetGroupArn: string) => ({ targetGroupArn, containerName: 'app', containerPort: 8080 });

describe('the target groups of a service', () => {
  it.each<[string, Service, [string, string | undefined][]]>([
    ['none', {}, []],
    ['one alone', { loadBalancers: [of('a')] }, [['a', undefined]]],
    [
      'two that both serve',
      { loadBalancers: [of('a'), of('b')] },
      [
        ['a', undefined],
        ['b', undefined],
      ],
    ],
    [
      'a pair of a deployment by ECS',
      { loadBalancers: [{ ...of('a'), advancedConfiguration: { alternateTargetGroupArn: 'b' } }] },
      [
        ['a', 'b'],
        ['b', 'a'],
      ],
    ],
    [
      'those of two task sets, of which CodeDeploy still keeps the old one',
      { loadBalancers: [of('a')], taskSets: [{ loadBalancers: [of('b')] }, { loadBalancers: [of('a')] }] },
      [
        ['a', 'b'],
        ['b', 'a'],
      ],
    ],
    [
      'that of the only task set, while the service names the first',
      { loadBalancers: [of('a')], taskSets: [{ loadBalancers: [of('b')] }] },
      [
        ['a', 'b'],
        ['b', 'a'],
      ],
    ],
    [
      'that of the only task set',
      { loadBalancers: [of('a')], taskSets: [{ loadBalancers: [of('a')] }] },
      [['a', undefined]],
    ],
    [
      'two of one task set, which both serve',
      { taskSets: [{ loadBalancers: [of('a'), of('b')] }] },
      [
        ['a', undefined],
        ['b', undefined],
      ],
    ],
    [
      'two that both serve, each with another one in the next task set',
      { taskSets: [{ loadBalancers: [of('a'), of('b')] }, { loadBalancers: [of('c'), of('d')] }] },
      [
        ['a', 'c'],
        ['b', 'd'],
        ['c', 'a'],
        ['d', 'b'],
      ],
    ],
    [
      'one that a task set serves by beside one that both do',
      { taskSets: [{ loadBalancers: [of('a'), of('b')] }, { loadBalancers: [of('a'), of('c')] }] },
      [
        ['a', undefined],
        ['b', 'c'],
        ['c', 'b'],
      ],
    ],
  ])('%s', (_, service, expected) => {
    expect([...pairsOf(service)]).toEqual(expected);
  });
});
