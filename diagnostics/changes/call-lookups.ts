import type { LookupAttribute } from '@aws-sdk/client-cloudtrail';
import type { ChangeBase } from '../facts/changes/change-base.ts';
import type { ReadValue } from '../facts/changes/read-values.ts';
import type { Target } from '../report.ts';
import { idOf } from '../words.ts';
import type { CallRecord } from './call-record.ts';

/** One question to CloudTrail, which takes a single attribute. */
export interface CallLookup {
  region: string;
  attribute: LookupAttribute;
  /** What is looked for, in words that read on after "not checked: ". */
  what: string;
  /** What a call was about; undefined where it is none of those looked for. */
  thingOf(record: CallRecord): string | undefined;
}

interface Asked {
  base: ChangeBase;
  /** Those that are known, of the revision that runs or fails. */
  values: readonly ReadValue[];
  target: Target;
}

/**
 * What is asked of the event history: about the service, its revision, its security groups and its roles, and of
 * secrets and parameters only where their own dates say that they were changed. The most telling come first.
 */
export function callLookups(asked: Asked): CallLookup[] {
  return [...ofService(asked), ...ofGroups(asked), ...ofRoles(asked), ...ofValues(asked)];
}

function named(region: string, name: string, what: string, thingOf: CallLookup['thingOf']): CallLookup {
  return { region, attribute: { AttributeKey: 'EventName', AttributeValue: name }, what, thingOf };
}

/** Calls of ECS name no resource in the event history; they are found by their own name. */
function ofService({ base: { compared, service }, target }: Asked): CallLookup[] {
  const family = idOf(compared.after.definition ?? service?.taskDefinition).split(':')[0];
  return [
    named(target.region, 'UpdateService', 'who updated the service', ({ parameters }) => {
      // A service of the same name in another cluster is another service, and no cluster is the one named default.
      const [, long] = /:service\/([^/]+)\/[^/]+$/.exec(parameters.service ?? '') ?? [];
      if ((idOf(parameters.cluster ?? undefined) || long || 'default') !== target.cluster) return undefined;
      return idOf(parameters.service ?? undefined) === target.service ? target.service : undefined;
    }),
    named(target.region, 'RegisterTaskDefinition', 'who registered the task definition', ({ parameters }) =>
      parameters.family && parameters.family === family ? family : undefined,
    ),
  ];
}

const groupCalls = new Set([
  'AuthorizeSecurityGroupIngress',
  'AuthorizeSecurityGroupEgress',
  'RevokeSecurityGroupIngress',
  'RevokeSecurityGroupEgress',
  'ModifySecurityGroupRules',
  'DeleteSecurityGroup',
]);

function ofGroups({ base: { compared, service }, target }: Asked): CallLookup[] {
  const groups = [compared.after.revision, compared.before.revision, service].flatMap(
    (one) => one?.networkConfiguration?.awsvpcConfiguration?.securityGroups ?? [],
  );
  return [...new Set(groups)].map((group) => ({
    region: target.region,
    attribute: { AttributeKey: 'ResourceName', AttributeValue: group },
    what: `who edited the security group ${group}`,
    // A call about another group may name this one as the source of a rule.
    thingOf: ({ name, parameters }) =>
      groupCalls.has(name) && (parameters.groupId ?? group) === group ? group : undefined,
  }));
}

const roleCalls = new Set([
  'PutRolePolicy',
  'DeleteRolePolicy',
  'AttachRolePolicy',
  'DetachRolePolicy',
  'UpdateAssumeRolePolicy',
  'PutRolePermissionsBoundary',
  'DeleteRolePermissionsBoundary',
  'DeleteRole',
]);

/** By the name of the role, under which its edits stand; that it is assumed stands under its ARN. */
function ofRoles({ base: { compared, definitions }, target }: Asked): CallLookup[] {
  const definition = definitions[compared.after.definition ?? ''];
  const roles = [definition?.executionRoleArn, definition?.taskRoleArn].flatMap((arn) => arn ?? []);
  return [...new Set(roles.map(idOf))].map((role) => ({
    region: globalRegion(target.region),
    attribute: { AttributeKey: 'ResourceName', AttributeValue: role },
    what: `who edited the role ${role}`,
    thingOf: ({ name, parameters }) =>
      roleCalls.has(name) && parameters.roleName === role ? role : undefined,
  }));
}

/**
 * IAM is global, and its events are kept in one region of each partition.
 * Source: CloudTrail User Guide, "Global service events".
 */
export function globalRegion(region: string): string {
  const known = globals.find(([prefix]) => region.startsWith(prefix));
  return known?.[1] ?? 'us-east-1';
}

const globals: readonly (readonly [prefix: string, region: string])[] = [
  ['cn-', 'cn-north-1'],
  ['us-gov-', 'us-gov-west-1'],
  ['us-isob-', 'us-isob-east-1'],
  ['us-iso-', 'us-iso-east-1'],
  ['eusc-', 'eusc-de-east-1'],
];

const valueCalls = {
  secret: ['PutSecretValue', 'UpdateSecret'],
  parameter: ['PutParameter'],
} as const;

/**
 * By the name of the call: under the name of the secret stands every reading of it too, one at each start of a task.
 */
function ofValues({ base: { compared }, values, target }: Asked): CallLookup[] {
  const changed = values.filter(({ state }) => {
    const at = state.ok ? state.value?.changedAt : undefined;
    return at !== undefined && at >= compared.from && at <= compared.to;
  });
  const deleted = changed.filter(({ state }) => state.ok && state.value?.deleted);
  const wanted = new Map<string, { region: string; call: string; values: ReadValue[] }>();
  const want = (value: ReadValue, call: string) => {
    const region = value.region || target.region;
    const known = wanted.get(`${region} ${call}`) ?? { region, call, values: [] };
    wanted.set(`${region} ${call}`, { ...known, values: [...known.values, value] });
  };
  for (const value of deleted) want(value, 'DeleteSecret');
  for (const value of changed) for (const call of valueCalls[value.kind]) want(value, call);
  return [...wanted.values()].map(({ region, call, values: own }) =>
    named(
      region,
      call,
      `who called ${call} of ${own.map(({ name }) => name).join(', ')}`,
      ({ parameters }) => {
        const asked = parameters.secretId ?? parameters.name ?? '';
        return own.find((value) => isMeant(value, asked))?.name;
      },
    ),
  );
}

const arnOfValue = /^arn:[^:]*:(?:secretsmanager|ssm):[^:]*:[^:]*:(?:secret:|parameter)/;

/** A secret is named by its name, or by its ARN with the six characters at the end or without. */
function isMeant({ name, id }: ReadValue, asked: string): boolean {
  if (asked === '' || asked === id || asked === name) return asked !== '';
  const plain = (text: string) => text.replace(arnOfValue, '').replace(/^\//, '');
  const named = plain(asked);
  return [named, ...(arnOfValue.test(asked) ? [named.replace(/-\w{6}$/, '')] : [])].includes(plain(name));
}
