import { readdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { lookupActions } from '#diagnostics/doctor.ts';
import { allActions, features } from '../../deploy/features.ts';
import { deny } from '../../deploy/policy.ts';
import { templatePage } from '../../deploy/template.ts';

describe('the rights of the role', () => {
  it('are what the facts declare and what finding a service by a part of its name takes', async () => {
    const needed = new Set([...(await declaredActions()), ...lookupActions]);
    expect(allActions()).toEqual([...needed].sort());
  });

  it('are reads, each by its full name', () => {
    const reads =
      /^[a-z0-9-]+:(?:(?:Describe|List|Get|BatchGet|Filter|Discover|Lookup|Simulate)[A-Za-z]+|(?:Start|Stop)Query)$/;
    expect(allActions().filter((action) => !reads.test(action))).toEqual([]);
  });

  it.each(features())('$name adds to the base and repeats nothing of it', ({ name, actions }) => {
    const base = features()[0]?.actions ?? [];
    expect(actions.length).toBeGreaterThan(0);
    if (name !== 'base') expect(actions.filter((action) => base.includes(action))).toEqual([]);
  });

  it('hold no action that is denied as a way to secrets', () => {
    const [secrets] = deny();
    const denied = (secrets?.Action ?? []).map((pattern) => new RegExp(`^${pattern.replace('*', '.*')}$`));
    expect(denied.length).toBeGreaterThan(5);
    expect(allActions().filter((action) => denied.some((pattern) => pattern.test(action)))).toEqual([]);
  });
});

const statement = z.looseObject({ Effect: z.enum(['Allow', 'Deny']), Resource: z.literal('*') });
const policy = z.object({
  PolicyName: z.string(),
  PolicyDocument: z.object({ Version: z.literal('2012-10-17'), Statement: z.array(statement) }),
});
const conditional = z.object({
  'Fn::If': z.tuple([z.string(), policy, z.object({ Ref: z.literal('AWS::NoValue') })]),
});

describe('deploy/role.yaml', () => {
  const template = parse(templatePage(), { version: '1.1' });
  const role = template.Resources.Role.Properties;
  const policies = z.array(z.union([policy, conditional])).parse(role.Policies);

  it('asks for the external id and for the name of who asks', () => {
    const [trust] = role.AssumeRolePolicyDocument.Statement;
    expect(trust).toMatchObject({
      Principal: { AWS: { Ref: 'BotRoleArn' } },
      Action: ['sts:AssumeRole', 'sts:SetSourceIdentity'],
      Condition: {
        StringEquals: { 'sts:ExternalId': { Ref: 'ExternalId' } },
        StringLike: { 'sts:SourceIdentity': '?*' },
      },
    });
  });

  it('names no account, region or partition, so that one template serves a whole organization', () => {
    expect(JSON.stringify(template.Resources)).not.toMatch(/\d{12}|arn:aws|[a-z]{2}-[a-z]+-\d/);
  });

  it('has a parameter with a default for every feature beyond the base, and a condition that uses it', () => {
    const optional = policies.flatMap((each) => ('Fn::If' in each ? [each['Fn::If']] : []));
    expect(optional.map(([, { PolicyName }]) => PolicyName)).toEqual(
      features()
        .map(({ name }) => name)
        .filter((name) => name !== 'base'),
    );
    for (const [condition] of optional) {
      const [parameter, value] = template.Conditions[condition]['Fn::Equals'];
      expect(value).toBe('yes');
      expect(template.Parameters[parameter.Ref]).toMatchObject({
        Default: 'yes',
        AllowedValues: ['yes', 'no'],
      });
    }
  });

  it('denies secrets and all that no feature needs, whatever is granted beside it', () => {
    const always = policies.flatMap((each) => ('PolicyName' in each ? [each] : []));
    const denials = always
      .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
      .filter(({ Effect }) => Effect === 'Deny');
    expect(denials).toEqual(deny());
  });

  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html: white space does not count.
  it('stays within what IAM takes as inline policies of one role', () => {
    const characters = JSON.stringify(
      policies.map((each) => ('Fn::If' in each ? each['Fn::If'][1] : each).PolicyDocument),
    );
    expect(characters.length).toBeLessThan(10_240);
  });
});

/** The actions of all facts, read from the folder itself, so that a fact no check names yet is not forgotten. */
async function declaredActions(): Promise<string[]> {
  const folder = new URL('../../diagnostics/facts/', import.meta.url);
  const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.ts'));
  const modules = await Promise.all(
    files.map((name) => import(new URL(name, folder).href) as Promise<object>),
  );
  return modules.flatMap((module) => Object.values(module)).flatMap(actionsOf);
}

function actionsOf(exported: unknown): string[] {
  const parsed = z.object({ id: z.string(), actions: z.array(z.string()) }).safeParse(exported);
  return parsed.success ? parsed.data.actions : [];
}
