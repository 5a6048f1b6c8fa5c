import { boundaryFix, denyFix, keyDenyFix, rightsFix } from '../../access/fix.ts';
import type { JudgedRight } from '../../access/judge-right.ts';
import { keyPolicyStatement } from '../../policy/statement.ts';
import type { Fix } from '../../report.ts';
import { listed } from '../../words.ts';
import { byHand, counts, type Known } from './known.ts';

/** What to change so that a role may do it, in the place that stands in the way. */
export function fixOf(known: Known, { right, mend, why }: JudgedRight, roleArn: string): Fix {
  if (roleArn === '') {
    const role = right.role === 'execution' ? 'an execution role' : 'a task role';
    return { summary: `Name ${role} in the task definition that may ${right.action} on ${right.thing}.` };
  }
  const name = roleArn.split('/').at(-1) ?? roleArn;
  if (mend === 'deny') return denyFix(roleArn, right.action, right.thing, why);
  if (mend === 'boundary') return boundaryFix(roleArn, right.action, right.thing);
  if (mend === 'resource-deny' && right.kind === 'key')
    return keyDenyFix(roleArn, right.action, right.resource, why);
  if (mend === 'resource' && right.kind === 'key') {
    const { 'kms:ViaService': via } = right.context;
    return {
      summary: `Let ${name} decrypt in the policy of the key ${right.resource}: ${why}.`,
      ...keyPolicyStatement({
        keyArn: right.resource,
        principalArn: roleArn,
        actions: [right.action],
        ...(via !== undefined && { condition: { StringEquals: { 'kms:ViaService': via } } }),
      }),
    };
  }
  if (mend === 'resource' || mend === 'resource-deny') {
    return {
      summary: `Let ${name} in through the policy of ${right.thing}: ${why}.`,
      cli: byHand(known.context.target, `efs describe-file-system-policy --file-system-id ${right.thing}`),
    };
  }
  const lacking = known.rights
    .filter(
      (judged) =>
        judged.right.role === right.role &&
        judged.right.by?.arn === right.by?.arn &&
        judged.mend === 'role' &&
        judged.state === 'denied' &&
        counts(known, judged),
    )
    .map((judged) => judged.right);
  const rights = lacking.length > 0 ? lacking : [right];
  const actions = listed([...new Set(rights.map(({ action }) => action))]);
  const things = [...new Set(rights.map(({ thing }) => thing))];
  return {
    summary: `Allow ${actions} on ${listed(things.slice(0, 4))} to ${whoOf(right, name, known)}.`,
    ...rightsFix(roleArn, rights),
  };
}

function whoOf({ role, kind, by }: JudgedRight['right'], name: string, known: Known): string {
  const { taskRoleArn } = known.revision;
  if (by && kind === 'call' && taskRoleArn !== undefined)
    return `the role of its instances, ${name}; better, let the program use its task role ${taskRoleArn.split('/').at(-1)}, which it passes by: an SDK from before task roles, or an agent without ECS_ENABLE_TASK_IAM_ROLE`;
  // Whatever runs on the instance has the rights of its role.
  if (by)
    return `the role of its instances, ${name}; or name ${role === 'execution' ? 'an execution' : 'a task'} role that may, which no other task shares`;
  return `the ${role} role ${name}; ${role === 'execution' ? 'the task role is not asked' : 'the execution role does not serve it'}`;
}
