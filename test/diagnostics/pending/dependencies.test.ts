import type { Container, ContainerDefinition } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { type Block, blocksOf } from '#diagnostics/pending/dependencies.ts';

const healthCheck = { command: ['CMD', 'true'] };
const on = (containerName: string, condition: Block['condition']) => ({ containerName, condition });

interface Case {
  definitions: ContainerDefinition[];
  containers: Container[];
  expected: Pick<Block, 'container' | 'reason' | 'waiting' | 'exitCode'>[];
}

describe('the container that blocks a task', () => {
  it.each<[string, Case]>([
    [
      'has no health check that could ever pass',
      {
        definitions: [{ name: 'app', dependsOn: [on('db', 'HEALTHY')] }, { name: 'db' }],
        containers: [
          { name: 'app', lastStatus: 'PENDING' },
          { name: 'db', lastStatus: 'RUNNING' },
        ],
        expected: [{ container: 'db', reason: 'no-health-check', waiting: ['app'] }],
      },
    ],
    [
      'is UNHEALTHY',
      {
        definitions: [
          { name: 'app', dependsOn: [on('db', 'HEALTHY')] },
          { name: 'db', healthCheck },
        ],
        containers: [
          { name: 'app', lastStatus: 'PENDING' },
          { name: 'db', lastStatus: 'RUNNING', healthStatus: 'UNHEALTHY' },
        ],
        expected: [{ container: 'db', reason: 'unhealthy', waiting: ['app'] }],
      },
    ],
    [
      'is healthy, so that it blocks nothing',
      {
        definitions: [
          { name: 'app', dependsOn: [on('db', 'HEALTHY')] },
          { name: 'db', healthCheck },
        ],
        containers: [
          { name: 'app', lastStatus: 'PENDING' },
          { name: 'db', lastStatus: 'RUNNING', healthStatus: 'HEALTHY' },
        ],
        expected: [],
      },
    ],
    [
      'still runs and has to end',
      {
        definitions: [{ name: 'app', dependsOn: [on('init', 'SUCCESS')] }, { name: 'init' }],
        containers: [{ name: 'app' }, { name: 'init', lastStatus: 'RUNNING' }],
        expected: [{ container: 'init', reason: 'still-running', waiting: ['app'] }],
      },
    ],
    [
      'has ended, so that it blocks nothing',
      {
        definitions: [{ name: 'app', dependsOn: [on('init', 'COMPLETE')] }, { name: 'init' }],
        containers: [{ name: 'app' }, { name: 'init', lastStatus: 'STOPPED', exitCode: 0 }],
        expected: [],
      },
    ],
    [
      'has failed where it had to succeed',
      {
        definitions: [{ name: 'app', dependsOn: [on('init', 'SUCCESS')] }, { name: 'init' }],
        containers: [{ name: 'app' }, { name: 'init', lastStatus: 'STOPPED', exitCode: 3 }],
        expected: [{ container: 'init', reason: 'failed', exitCode: 3, waiting: ['app'] }],
      },
    ],
    [
      'has ended without an exit code where it had to succeed',
      {
        definitions: [{ name: 'app', dependsOn: [on('init', 'SUCCESS')] }, { name: 'init' }],
        containers: [{ name: 'app' }, { name: 'init', lastStatus: 'STOPPED' }],
        expected: [{ container: 'init', reason: 'failed', waiting: ['app'] }],
      },
    ],
    [
      'has ended where it had to be healthy, whatever its last check said',
      {
        definitions: [
          { name: 'app', dependsOn: [on('db', 'HEALTHY')] },
          { name: 'db', healthCheck },
        ],
        containers: [
          { name: 'app' },
          { name: 'db', lastStatus: 'STOPPED', exitCode: 0, healthStatus: 'HEALTHY' },
        ],
        expected: [{ container: 'db', reason: 'failed', exitCode: 0, waiting: ['app'] }],
      },
    ],
    [
      'has succeeded, so that it blocks nothing',
      {
        definitions: [{ name: 'app', dependsOn: [on('init', 'SUCCESS')] }, { name: 'init' }],
        containers: [{ name: 'app' }, { name: 'init', lastStatus: 'STOPPED', exitCode: 0 }],
        expected: [],
      },
    ],
    [
      'has ended with any exit code where it only had to end, or to start',
      {
        definitions: [
          { name: 'app', dependsOn: [on('init', 'COMPLETE'), on('warm', 'START')] },
          { name: 'init' },
          { name: 'warm' },
        ],
        containers: [
          { name: 'app' },
          { name: 'init', lastStatus: 'STOPPED', exitCode: 3 },
          { name: 'warm', lastStatus: 'STOPPED', exitCode: 4 },
        ],
        expected: [],
      },
    ],
    [
      'is the last of a chain, not the next',
      {
        definitions: [
          { name: 'app', dependsOn: [on('proxy', 'START')] },
          { name: 'proxy', dependsOn: [on('init', 'SUCCESS')] },
          { name: 'init' },
        ],
        containers: [{ name: 'app' }, { name: 'proxy' }, { name: 'init', lastStatus: 'RUNNING' }],
        expected: [{ container: 'init', reason: 'still-running', waiting: ['proxy', 'app'] }],
      },
    ],
    [
      'waits for those that wait for it',
      {
        definitions: [
          { name: 'a', dependsOn: [on('b', 'START')] },
          { name: 'b', dependsOn: [on('a', 'START')] },
        ],
        containers: [],
        expected: [
          { container: 'a', reason: 'cycle', waiting: ['b', 'a'] },
          { container: 'b', reason: 'cycle', waiting: ['a', 'b'] },
        ],
      },
    ],
    [
      'is not in the definition',
      {
        definitions: [{ name: 'app', dependsOn: [on('gone', 'START')] }],
        containers: [],
        expected: [{ container: 'gone', reason: 'missing', waiting: ['app'] }],
      },
    ],
    ['is none without dependencies', { definitions: [{ name: 'app' }], containers: [], expected: [] }],
  ])('%s', (_, { definitions, containers, expected }) => {
    const blocks = blocksOf({ containers }, { containerDefinitions: definitions });
    expect(blocks).toHaveLength(expected.length);
    expect(blocks).toMatchObject(expected);
  });
});
