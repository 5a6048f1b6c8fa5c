import { expect, it } from 'vitest';
import { NotInSandbox } from '#sandbox/aws/errors.ts';
import { clusterQuery } from '#sandbox/aws/operations/cluster-query.ts';

const containerInstanceArn = 'arn:aws:ecs:us-east-1:222222222222:container-instance/prod/a';
const instance = {
  containerInstanceArn,
  ec2InstanceId: 'i-0abc',
  agentConnected: true,
  runningTasksCount: 9,
  versionInfo: { agentVersion: '1.9.0' },
  attributes: [
    { name: 'ecs.os-type', value: 'linux' },
    { name: 'ecs.instance-type', value: 't3.large' },
    { name: 'stack', value: 'blue green' },
    { name: 'ecs.capability.task-eni' },
  ],
};
const tasks = [{ containerInstanceArn, group: 'service:api' }, { group: 'service:web' }];

it.each([
  ['attribute:ecs.os-type == linux', true],
  ['attribute:ecs.os-type equals windows', false],
  ['attribute:stack == "blue green"', true],
  ['attribute:none != x', true],
  ['attribute:ecs.capability.task-eni exists', true],
  ['attribute:none !exists', true],
  ['attribute:ecs.instance-type =~ t3.*', true],
  ['attribute:ecs.instance-type !~ t3', true],
  ['attribute:ecs.instance-type in [t2.micro, t3.large]', true],
  ['attribute:ecs.instance-type not_in [t2.micro]', true],
  ['runningTasksCount > 10', false],
  ['agentVersion < 1.10.0', true],
  ['agentConnected == true and ec2InstanceId in [i-0abc]', true],
  ['task:group == service:api', true],
  ['task:group == service:web', false],
  ['not (task:group == service:web or agentConnected == false)', true],
  ['!(task:group == service:api) && agentConnected == true', false],
])('%s is %s', (statement, expected) => {
  expect(clusterQuery(statement)(instance, tasks)).toBe(expected);
});

it.each([
  '',
  'attribute:a',
  'attribute:a ==',
  'memory > 5',
  'attribute:a == b c',
  'attribute:a in b',
  '(attribute:a exists',
  'attribute:a =~ (',
])('%j is refused', (statement) => {
  expect(() => clusterQuery(statement)).toThrow('Invalid filter.');
});

it('knows no dates', () => {
  expect(() => clusterQuery('registeredAt < 2026-01-01')).toThrow(NotInSandbox);
});
