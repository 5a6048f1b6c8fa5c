import type { Allowance } from '../policy/role-statement.ts';
import { missingStatements, roleConsole, type StatementFix } from '../policy/statement.ts';
import type { Fix } from '../report.ts';
import type { Right } from './right.ts';

/**
 * All that a role lacks as one policy: JSON, Terraform, a command, and the role's page in the console. Least
 * privilege: the very resources, and a key only through the service that holds the secret.
 */
export function rightsFix(roleArn: string, rights: readonly Right[]): StatementFix {
  return missingStatements(roleArn, allowancesOf(rights));
}

/** A boundary holds what a role may do at most: the right has to stand in both. */
export function boundaryFix(roleArn: string, action: string, thing: string): Fix {
  const name = roleArn.split('/').at(-1) ?? roleArn;
  const console = roleConsole(roleArn);
  return {
    summary: `Allow ${action} on ${thing} in the permissions boundary of ${name}, too: a role may do only what both allow.`,
    cli: `aws iam get-role --role-name ${name} --query Role.PermissionsBoundary`,
    ...(console && { console }),
  };
}

/** Nothing that allows outweighs a deny: its statement has to change. `where` names it. */
export function denyFix(roleArn: string, action: string, thing: string, where: string): Fix {
  const console = roleConsole(roleArn);
  return {
    summary: `Take ${action} on ${thing} out of the statement that denies it (${where}); an allow does not outweigh a deny.`,
    ...(console && { console }),
  };
}

/** The same where a key's own policy denies it: the command shows that policy. */
export function keyDenyFix(roleArn: string, action: string, keyArn: string, where: string): Fix {
  const { console, ...fix } = denyFix(roleArn, action, keyArn, where);
  const region = keyArn.split(':')[3];
  return {
    ...fix,
    cli: `aws kms get-key-policy --key-id ${keyArn} --policy-name default --region ${region} --query Policy --output text`,
  };
}

/** Actions on the same resource under the same condition are one statement, and so are resources of the same actions. */
function allowancesOf(rights: readonly Right[]): Allowance[] {
  const byResource = Map.groupBy(rights, (right) => JSON.stringify([resourceOf(right), conditionOf(right)]));
  const single = [...byResource.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const actions = distinct(group.map(({ action }) => action));
    return [{ actions, resource: resourceOf(first), condition: conditionOf(first) }];
  });
  const byActions = Map.groupBy(single, ({ actions, condition }) => JSON.stringify([actions, condition]));
  return [...byActions.values()].flatMap((group) => {
    const [first] = group;
    const [one, ...more] = distinct(group.map(({ resource }) => resource));
    return first && one !== undefined ? [{ ...first, resource: more.length > 0 ? [one, ...more] : one }] : [];
  });
}

/** What a policy names: all streams of the log group rather than the one that stood for them. */
function resourceOf({ kind, resource }: Right): string {
  if (kind !== 'stream' && kind !== 'group') return resource;
  return resource.replace(/:log-stream:.*$/, ':*');
}

function conditionOf({ kind, context }: Right): Allowance['condition'] {
  const via = context['kms:ViaService'];
  return kind === 'key' && via !== undefined ? { StringEquals: { 'kms:ViaService': via } } : undefined;
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
