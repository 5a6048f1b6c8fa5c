import type { TaskDefinition } from '@aws-sdk/client-ecs';
import { expect, it } from 'vitest';
import type { FactContext } from '#diagnostics/fact.ts';
import { valuesOf } from '#diagnostics/facts/changes/read-values.ts';
import { context, definition, minutesAgo } from '../checks/facts.ts';

const secretArn = (name: string) => `arn:aws:secretsmanager:us-east-1:222222222222:secret:${name}-q8WmZ2`;
const parameterArn = (account: string) => `arn:aws:ssm:us-east-1:${account}:parameter/level`;
const reading = (...references: string[]): TaskDefinition =>
  definition(2, [
    { name: 'app', secrets: references.map((valueFrom, index) => ({ name: `V${index}`, valueFrom })) },
  ]);

const known = {
  secret: { LastChangedDate: minutesAgo(20) },
  parameters: [{ Name: '/level', LastModifiedDate: minutesAgo(20) }],
};
const settle = async (source: { id: string }) => ({
  ok: true,
  value: known[source.id as keyof typeof known],
});

const twelve = Array.from({ length: 12 }, (_, index) => secretArn(`s${index}`));

it.each<[string, TaskDefinition, read: number, not: string[]]>([
  ['a secret and a parameter', reading(secretArn('db'), '/level'), 2, []],
  ['a secret once that two variables read', reading(secretArn('db'), `${secretArn('db')}:user::`), 1, []],
  ['a secret that is read through Parameter Store', reading('/aws/reference/secretsmanager/db'), 1, []],
  [
    'a parameter of another account, which is not listed here',
    reading(parameterArn('333333333333')),
    0,
    ['it belongs to the account 333333333333, and only that one lists it'],
  ],
  [
    'more secrets than are looked at',
    reading(...twelve),
    10,
    ['only 10 secrets are looked at', 'only 10 secrets are looked at'],
  ],
])('%s', async (_, given, read, not) => {
  const values = await valuesOf({ target: context.target, settle: settle as FactContext['settle'] }, given);
  const changed = values.filter(({ state }) => state.ok && state.value?.changedAt);
  expect(changed).toHaveLength(read);
  expect(values.flatMap(({ state }) => (state.ok ? [] : [state.notChecked.detail]))).toEqual(not);
});
