import type { ContainerDefinition, TaskDefinition } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { changeInWords, revisionChanges } from '#diagnostics/revision-change.ts';

function definition(app: Partial<ContainerDefinition>, task: Partial<TaskDefinition> = {}): TaskDefinition {
  return { ...task, containerDefinitions: [{ name: 'app', image: 'app:1', ...app }] };
}

describe('what differs between two revisions is said in words', () => {
  it.each<[string, TaskDefinition, TaskDefinition, string[]]>([
    ['memory', definition({ memory: 1024 }), definition({ memory: 512 }), ['memory 1024 → 512 MiB']],
    ['an image', definition({}), definition({ image: 'app:2' }), ['image app:1 → app:2']],
    [
      'a variable that is gone',
      definition({ environment: [{ name: 'TAX_ENDPOINT', value: 'fingerprint:1' }] }),
      definition({}),
      ['TAX_ENDPOINT removed'],
    ],
    [
      'a variable of another value, which is not shown',
      definition({ environment: [{ name: 'MODE', value: 'fingerprint:1' }] }),
      definition({ environment: [{ name: 'MODE', value: 'fingerprint:2' }] }),
      ['MODE changed'],
    ],
    [
      'a secret',
      definition({}),
      definition({
        secrets: [{ name: 'KEY', valueFrom: 'arn:aws:ssm:us-east-1:222222222222:parameter/key' }],
      }),
      ['KEY added'],
    ],
    [
      'the size of the task',
      definition({}, { cpu: '256' }),
      definition({}, { cpu: '512' }),
      ['cpu 256 → 512'],
    ],
    [
      'a health check, whose JSON nobody reads',
      definition({ healthCheck: { command: ['CMD', 'true'] } }),
      definition({ healthCheck: { command: ['CMD', 'false'] } }),
      ['healthCheck changed'],
    ],
    [
      'a new container',
      definition({}),
      { containerDefinitions: [{ name: 'app', image: 'app:1' }, { name: 'proxy' }] },
      ['proxy added'],
    ],
    ['an empty list and none', definition({ portMappings: [] }), definition({}), []],
    ['nothing', definition({ memory: 512 }), definition({ memory: 512 }), []],
  ])('%s', (_, before, after, words) => {
    expect(revisionChanges(before, after).map(changeInWords)).toEqual(words);
  });
});
