import type { ContainerDefinition, TaskDefinition } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import type { Failure } from '#diagnostics/changes/between.ts';
import { tellingChange } from '#diagnostics/changes/telling.ts';
import { revisionChanges } from '#diagnostics/revision-change.ts';

const app: ContainerDefinition = {
  name: 'app',
  image: '222222222222.dkr.ecr.us-east-1.amazonaws.com/api:1.0',
  memory: 1024,
  command: ['serve'],
  environment: [
    { name: 'DB_HOST', value: 'a' },
    { name: 'HOST', value: 'b' },
  ],
};
const task: TaskDefinition = {
  memory: '2048',
  cpu: '512',
  taskRoleArn: 'arn:role/task',
  executionRoleArn: 'arn:role/e',
};

function told(
  failure: Partial<Failure>,
  container: Partial<ContainerDefinition>,
  of: Partial<TaskDefinition> = {},
  was: Partial<ContainerDefinition> = {},
  only: Partial<ContainerDefinition> = {},
  ofBefore: Partial<TaskDefinition> = {},
) {
  const before = { ...task, ...ofBefore, containerDefinitions: [{ ...app, ...was, ...only }] };
  const after = { ...task, ...of, containerDefinitions: [{ ...app, ...was, ...container }] };
  const found = tellingChange(
    { cause: 'app-exit-error', culprit: 'app', named: undefined, line: undefined, ...failure },
    { before, after, changes: revisionChanges(before, after), revision: 'api:2' },
  );
  return found && `${found.cause} ${found.status}: ${found.title}`;
}

const image = '222222222222.dkr.ecr.us-east-1.amazonaws.com/api:1.1';
const onlyHost = { environment: [{ name: 'HOST', value: 'b' }] };

describe('a change is the reason of a failure that it can bring about', () => {
  it.each([
    [
      'a variable that the log names is gone',
      told({ cause: 'app-config-missing', line: 'DB_HOST is required' }, onlyHost),
      'variable-removed confirmed: DB_HOST was removed in api:2',
    ],
    [
      'a variable that the cause names is gone',
      told({ cause: 'app-config-missing', named: 'DB_HOST' }, onlyHost),
      'variable-removed confirmed: DB_HOST was removed in api:2',
    ],
    [
      'a variable is gone whose name may be a word of the log by chance',
      told(
        { cause: 'app-dependency-unreachable', line: 'ERROR connection to DB refused' },
        {},
        {},
        {},
        { environment: [{ name: 'DB', value: 'x' }, ...(app.environment ?? [])] },
      ),
      'variable-removed likely: DB was removed in api:2',
    ],
    [
      'a variable that the log names has another value, which is never read',
      told(
        { cause: 'app-exit-error', line: 'cannot parse HOST' },
        {
          environment: [
            { name: 'DB_HOST', value: 'a' },
            { name: 'HOST', value: 'c' },
          ],
        },
      ),
      'variable-changed likely: HOST was changed in api:2',
    ],
    [
      'the limit that it is killed at was lowered',
      told({ cause: 'oom-container' }, { memory: 512 }),
      'memory-lowered confirmed: api:2 lowered memory 1024 → 512 MiB',
    ],
    [
      'a limit that was not there is set',
      told({ cause: 'oom-container' }, { memory: 512 }, {}, { memory: undefined }),
      'memory-lowered confirmed: api:2 set a memory limit of 512 MiB',
    ],
    [
      'a limit is set that is what the task as a whole had anyway',
      told({ cause: 'oom-container' }, { memory: 2048 }, {}, { memory: undefined }),
      undefined,
    ],
    [
      'a limit is set that is what the task as a whole had, and the task is smaller',
      told({ cause: 'oom-container' }, { memory: 1024 }, { memory: '1024' }, { memory: undefined }),
      'memory-lowered confirmed: api:2 set a memory limit of 1024 MiB',
    ],
    [
      'a limit is gone, and the task is smaller than that',
      told({ cause: 'oom-container' }, { memory: undefined }, { memory: '512' }),
      'memory-lowered confirmed: api:2 lowered memory 2048 → 512 MiB',
    ],
    [
      'the task is given a size that holds what its containers may use',
      told({ cause: 'oom-task' }, {}, { memory: '2048' }, {}, {}, { memory: undefined }),
      undefined,
    ],
    [
      'the limit was lowered and the image is another, which may need more',
      told({ cause: 'oom-container' }, { memory: 512, image }),
      'memory-lowered likely: api:2 lowered memory 1024 → 512 MiB',
    ],
    [
      'the memory of the whole task was lowered',
      told({ cause: 'oom-task' }, {}, { memory: '1024' }),
      'memory-lowered confirmed: api:2 lowered memory 2048 → 1024 MiB',
    ],
    [
      'the command is another, and is not in the image',
      told({ cause: 'app-command-not-found' }, { command: ['srv'] }),
      'command-changed confirmed: api:2 changed the command',
    ],
    [
      'the image is all that differs',
      told({ cause: 'app-config-missing', line: 'TAX is required' }, { image }),
      'image-changed likely: api:2 changed the image 1.0 → 1.1',
    ],
    [
      'the image is all that differs, and its entry point is not in it',
      told({ cause: 'entrypoint-not-found' }, { image }),
      'image-changed confirmed: api:2 changed the image 1.0 → 1.1',
    ],
    [
      'the execution role is another, and may not read the secret',
      told({ cause: 'secret-permission-denied' }, {}, { executionRoleArn: 'arn:role/other' }),
      'role-changed likely: api:2 changed the execution role',
    ],
    [
      'the check is another, and its tool is not there',
      told({ cause: 'container-health-tool-missing' }, { healthCheck: { command: ['CMD', 'wget'] } }),
      'health-check-changed confirmed: api:2 added the health check',
    ],
  ])('%s', (_, found, expected) => {
    expect(found).toBe(expected);
  });
});

describe('a change that cannot bring the failure about is not blamed', () => {
  it.each([
    ['nothing differs', told({ cause: 'oom-container' }, {})],
    ['memory was raised', told({ cause: 'oom-container' }, { memory: 2048 })],
    ['memory of another container', told({ cause: 'oom-container', culprit: 'sidecar' }, { memory: 512 })],
    [
      'memory of the task, where the container is killed at its own limit',
      told({ cause: 'oom-container' }, {}, { memory: '1024' }),
    ],
    ['memory, where the process ends by itself', told({ cause: 'app-exit-error' }, { memory: 512 })],
    [
      'a variable of which the log only holds a part',
      told(
        { cause: 'app-config-missing', line: 'DB_HOST is required' },
        { environment: [{ name: 'DB_HOST', value: 'a' }] },
      ),
    ],
    [
      'a variable that became a secret',
      told(
        { cause: 'app-config-missing', line: 'DB_HOST is required' },
        { ...onlyHost, secrets: [{ name: 'DB_HOST', valueFrom: 'arn' }] },
      ),
    ],
    [
      'a variable that was added',
      told(
        { cause: 'app-config-missing', line: 'NEW is invalid' },
        { environment: [...(app.environment ?? []), { name: 'NEW', value: 'x' }] },
      ),
    ],
    [
      'the image, where something else was changed too',
      told({ cause: 'app-exit-error' }, { image, command: ['x'] }),
    ],
    ['the image, where a database refuses', told({ cause: 'app-dependency-unreachable' }, { image })],
    [
      'the image, where a login is refused',
      told({ cause: 'app-config-missing', line: 'password authentication failed for user' }, { image }),
    ],
    [
      'the task role, where the execution role lacks a right',
      told({ cause: 'secret-permission-denied' }, {}, { taskRoleArn: 'x' }),
    ],
  ])('%s', (_, found) => {
    expect(found).toBeUndefined();
  });
});

describe('what differs between two revisions', () => {
  it('holds fields that nobody names here, and no value of a variable', () => {
    const before = { ...task, containerDefinitions: [app] };
    const after = {
      ...task,
      taskDefinitionArn: 'arn:2',
      registeredBy: 'somebody',
      pidMode: 'task',
      containerDefinitions: [
        {
          ...app,
          user: '1000',
          ulimits: [{ name: 'nofile', softLimit: 1, hardLimit: 1 }],
          environment: [{ name: 'DB_HOST', value: 'hidden-value' }],
        },
      ],
    } satisfies TaskDefinition;
    const changes = revisionChanges(before, after);
    expect(changes.map(({ field, name, kind }) => `${kind} ${field} ${name ?? ''}`.trim())).toEqual([
      'changed environment DB_HOST',
      'removed environment HOST',
      'added user',
      'added ulimits',
      'added pidMode',
    ]);
    expect(JSON.stringify(changes)).not.toContain('hidden-value');
  });
});
