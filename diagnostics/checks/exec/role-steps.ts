import type { Task } from '@aws-sdk/client-ecs';
import type { EvaluationResult } from '@aws-sdk/client-iam';
import { readingOf } from '../../access/exec-rights.ts';
import { judgeRight } from '../../access/judge-right.ts';
import type { ExecAccess, ExecRight } from '../../facts/exec-access.ts';
import type { Read } from '../../facts/read.ts';
import { isNamesake, type RoleFact } from '../../facts/role.ts';
import { readSimulation } from '../../policy/read-simulation.ts';
import { readTrust } from '../../policy/trust.ts';
import type { Evidence, Target } from '../../report.ts';
import { listed } from '../../words.ts';
import { groupSteps, keySteps } from './session-steps.ts';
import { blocked, met, open, type Step } from './step.ts';

export interface Access {
  target: Target;
  clusterArn: string;
  task: Task;
  access: ExecAccess;
}

/** The role that the agent works with, and what the cluster's settings ask of it, in the order of a session. */
export function roleSteps(given: Access): Step[] {
  const { access, task } = given;
  const { workingArn } = access;
  return [
    ...(access.taskRoleArn === undefined ? [withoutRole(task, access)] : []),
    ...(access.role ? [assumable(access.role, given)] : []),
    ...(workingArn === undefined ? [] : access.rights.map((right) => granted(right, workingArn, given))),
    ...keySteps(access, given.target),
    ...groupSteps(access),
  ];
}

function withoutRole({ launchType, platformVersion }: Task, { host }: ExecAccess): Step {
  const about = 'Task role';
  const evidence = [{ api: 'ecs:DescribeTaskDefinition', field: 'taskRoleArn', value: 'none' }];
  // Whatever is no Fargate has a host, with a role of its own.
  if (launchType === 'FARGATE' || platformVersion !== undefined)
    return blocked(
      about,
      'exec-task-role-missing',
      'is missing; the agent of ECS Exec has no other rights than those of the task role',
      evidence,
    );
  const instead = 'is none; the agent then works with the role of the instance';
  if (!host) return open(about, instead, 'the rights of the role of the instance');
  if (!host.ok)
    return open(
      about,
      `${instead}, which could not be read`,
      host.notChecked.missing ?? host.notChecked.reason,
    );
  if (!host.value.found) return open(about, `${instead}, and ${host.value.says}`, 'the instance profile');
  // By the metadata service, which ECS_AWSVPC_BLOCK_IMDS or a hop limit of 1 keeps containers from.
  return met(
    about,
    `${instead}, ${host.value.role.name}, as far as its containers reach the instance's metadata`,
  );
}

function assumable(read: Read<RoleFact>, { target, clusterArn, access }: Access): Step {
  const about = 'Task role';
  if (!read.ok) return open(about, 'could not be read', read.notChecked.missing ?? read.notChecked.reason);
  const role = read.value;
  const name = role.name;
  const evidence = (value: string): Evidence[] => [
    { api: 'iam:GetRole', field: 'Role', value, cli: `aws iam get-role --role-name ${name}` },
  ];
  if (role.missing)
    return blocked(
      about,
      'exec-task-role-missing',
      `${access.taskRoleArn} does not exist`,
      evidence('NoSuchEntity'),
    );
  const asked = access.taskRoleArn ?? '';
  if (isNamesake(role, asked))
    return blocked(
      about,
      'exec-task-role-missing',
      `${asked} does not exist; ${role.arn} has its name under another path`,
      evidence(role.arn),
    );
  const trust = readTrust({ document: role.trust, account: target.account, clusterArn });
  if (trust.answer === 'trusts') return met(about, `${name}, which trusts ecs-tasks.amazonaws.com`);
  if (trust.answer === 'open')
    return open(about, `${name}: its trust policy could not be decided`, 'its conditions');
  return blocked(
    about,
    'role-cannot-be-assumed',
    `${name} does not trust ecs-tasks.amazonaws.com for this cluster`,
    evidence(role.trust),
  );
}

function granted(right: ExecRight, roleArn: string, { target, access }: Access): Step {
  const { purpose, actions, resource, granted = resource, said } = right;
  const about = `Right to ${purpose}`;
  if (!said.ok)
    return open(about, 'could not be simulated', said.notChecked.missing ?? said.notChecked.reason);
  if (right.policy) return mayDecrypt(right, right.policy, said.value, { roleArn, target, access });
  const answers = actions.map((action) => ({ action, ...readSimulation(said.value, action, resource) }));
  const evidence = (value: string): Evidence[] => [
    {
      api: 'iam:SimulatePrincipalPolicy',
      field: 'EvaluationResults[].EvalDecision',
      value,
      cli: `aws iam simulate-principal-policy --policy-source-arn ${roleArn} --action-names ${actions.join(' ')} --resource-arns '${resource}'`,
    },
  ];
  const refused = answers.filter(
    ({ answer }) => answer === 'denied' || answer === 'missing' || answer === 'boundary',
  );
  if (refused.length > 0) {
    const names = refused.map(({ action }) => action);
    // What denies comes first: an allow beside it does nothing.
    const denied = refused.find(({ answer }) => answer === 'denied');
    const bounded = refused.some(({ answer }) => answer === 'boundary');
    return {
      ...blocked(
        about,
        'exec-role-denied',
        `${listed(names)} ${refused.length === 1 ? 'is' : 'are'} not allowed`,
        evidence(refused.map(({ action, answer }) => `${action}: ${answer}`).join(', ')),
      ),
      refused: {
        actions: names,
        resource: granted,
        certain: refused.some(({ answer }) => answer !== 'missing'),
        mend: denied ? 'deny' : bounded ? 'boundary' : 'role',
        why:
          denied?.answer === 'denied' && denied.policies.length > 0
            ? `in ${listed(denied.policies)}`
            : 'in a policy of the role',
      },
    };
  }
  const unclear = answers.find((each) => each.answer === 'open');
  if (unclear?.answer === 'open')
    return open(
      about,
      `could not be decided: ${unclear.why}`,
      unclear.missingContext.join(', ') || unclear.why,
    );
  return met(about, 'allowed');
}

/** A key has a policy of its own, and perhaps a grant: what IAM allows is half of it. */
function mayDecrypt(
  right: ExecRight,
  policy: Read<string>,
  said: EvaluationResult[],
  { roleArn, target, access }: Pick<Access, 'target' | 'access'> & { roleArn: string },
): Step {
  const about = `Right to ${right.purpose}`;
  const { role } = access;
  const { state, certain, why, mend, notChecked } = judgeRight(
    { ...readingOf(right, said), ...(right.grants && { grants: right.grants }) },
    {
      account: target.account ?? '',
      roleArn,
      ...(role?.ok && !role.value.missing && { roleId: role.value.id }),
      policyOf: () => policy,
    },
  );
  const [action = ''] = right.actions;
  if (state === 'allowed') return met(about, why);
  if (state !== 'denied' || mend === 'none')
    return open(about, `could not be decided: ${why}`, notChecked?.missing ?? why);
  const byPolicy = mend === 'resource' || mend === 'resource-deny';
  return {
    ...blocked(about, 'exec-role-denied', `${action} is not allowed: ${why}`, [
      {
        api: byPolicy ? 'kms:GetKeyPolicy' : 'iam:SimulatePrincipalPolicy',
        field: byPolicy ? 'Policy' : 'EvaluationResults[].EvalDecision',
        value: why,
        cli: byPolicy
          ? `aws kms get-key-policy --key-id ${right.resource} --policy-name default`
          : `aws iam simulate-principal-policy --policy-source-arn ${roleArn} --action-names ${action} --resource-arns ${right.resource}`,
      },
    ]),
    refused: { actions: [action], resource: right.resource, certain, mend, why },
  };
}
