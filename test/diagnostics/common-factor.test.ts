import type { Task } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { commonFactor } from '#diagnostics/common-factor.ts';

function task(zone: string, revision: number, subnet = `subnet-${zone}`): Task {
  return {
    lastStatus: 'RUNNING',
    availabilityZone: zone,
    taskDefinitionArn: `arn:aws:ecs:us-east-1:222222222222:task-definition/api:${revision}`,
    attachments: [{ type: 'ElasticNetworkInterface', details: [{ name: 'subnetId', value: subnet }] }],
  };
}

const times = (count: number, one: Task) => Array.from({ length: count }, () => one);

describe('what all failures share and no running task has', () => {
  it.each<[string, Task[], Task[], RegExp | undefined]>([
    [
      'one subnet',
      times(3, task('a', 1, 'subnet-0a')),
      [task('a', 1, 'subnet-0b')],
      /3 failures share the subnet subnet-0a/,
    ],
    [
      'one revision',
      [task('a', 2), task('b', 2), task('c', 2)],
      [task('a', 1), task('b', 1)],
      /revision api:2/,
    ],
    ['nothing, since a running task has it too', times(3, task('a', 1)), [task('a', 1)], undefined],
    [
      'nothing, since the failures differ',
      [task('a', 1), task('b', 1), task('a', 1)],
      [task('c', 1)],
      undefined,
    ],
    ['nothing, since two failures share things by chance', times(2, task('a', 1)), [task('b', 1)], undefined],
    ['nothing, since nothing runs to compare with', times(5, task('a', 1)), [], undefined],
  ])('%s', (_, failed, running, expected) => {
    const factor = commonFactor(failed, running);
    if (expected) expect(factor).toMatch(expected);
    else expect(factor).toBeUndefined();
  });
});
