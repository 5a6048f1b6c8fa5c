import type { GetRoleRequest } from '@aws-sdk/client-iam';
import { expect, it } from 'vitest';
import type { FactContext } from '#diagnostics/fact.ts';
import { role } from '#diagnostics/facts/role.ts';
import { context } from '../checks/facts.ts';

const account = context.target.account ?? '';
const roleArn = `arn:aws:iam::${account}:role/team/app`;

function load(key: string, answer: () => unknown) {
  const asked: GetRoleRequest[] = [];
  const getRole = async (input: GetRoleRequest) => {
    asked.push(input);
    return answer();
  };
  const given = { ...context, aws: { iam: { getRole } } } as unknown as FactContext;
  return { asked, found: role.load(given, key) };
}

const known = {
  Role: {
    Arn: roleArn,
    RoleId: 'AROA1',
    AssumeRolePolicyDocument: '%7B%22Version%22%3A%222012-10-17%22%7D',
    Tags: [{ Key: 'team', Value: 'shop' }],
    PermissionsBoundary: { PermissionsBoundaryArn: 'arn:aws:iam::1:policy/edge' },
  },
};

it.each([roleArn, 'app'])('asks for %s by the name, and decodes the trust policy', async (key) => {
  const { asked, found } = load(key, () => known);
  expect(await found).toMatchObject({
    missing: false,
    name: 'app',
    arn: roleArn,
    id: 'AROA1',
    trust: '{"Version":"2012-10-17"}',
    tags: { team: 'shop' },
    boundaryArn: 'arn:aws:iam::1:policy/edge',
  });
  expect(asked).toEqual([{ RoleName: 'app' }]);
});

it('takes a role that does not exist for an answer', async () => {
  const gone = Object.assign(new Error('The role with name app cannot be found.'), {
    name: 'NoSuchEntityException',
  });
  const { found } = load(roleArn, () => {
    throw gone;
  });
  expect(await found).toEqual({ missing: true, name: 'app' });
});

it('fails where nobody may look', async () => {
  const denied = Object.assign(new Error('no'), { name: 'AccessDenied' });
  const { found } = load(roleArn, () => {
    throw denied;
  });
  await expect(found).rejects.toBe(denied);
});

it('does not take a namesake of the own account for the role of another', async () => {
  const { asked, found } = load('arn:aws:iam::999999999999:role/app', () => known);
  await expect(found).rejects.toThrow('belongs to another account');
  expect(asked).toEqual([]);
});
