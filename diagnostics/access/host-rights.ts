import type { TaskDefinition } from '@aws-sdk/client-ecs';
import type { Launch } from '../facts/access/judged-revision.ts';
import type { Home } from '../secret-references/value-from.ts';
import type { Right, RightKind } from './right.ts';
import { rightsOf } from './rights.ts';

interface Roles {
  home: Home;
  launch: Launch;
  executionRoleArn?: string | undefined;
  taskRoleArn?: string | undefined;
}

/** What an agent does itself. Secrets and files it fetches with the credentials of the execution role alone. */
export const ofAgent: ReadonlySet<RightKind> = new Set<RightKind>(['login', 'image', 'stream', 'group']);

/**
 * Rights that fall to the role of the instance, since the definition names no role for them: on EC2 the agent pulls
 * and its log driver writes with that, and so does a log router that has no task role.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html names where an execution
 * role is needed: on Fargate, on instances that AWS manages and on external ones.
 */
export function rightsOfHosts(definition: TaskDefinition, roles: Roles): Right[] {
  const { home, launch, executionRoleArn, taskRoleArn } = roles;
  const agent = executionRoleArn === undefined && launch === 'ec2';
  const task = taskRoleArn === undefined && (launch === 'ec2' || launch === 'managed');
  if (!agent && !task) return [];
  return allRights(definition, home).filter(({ role, kind }) =>
    role === 'execution' ? agent && ofAgent.has(kind) : task && kind !== 'mount',
  );
}

/** What only an execution role can do, of a definition that names none: what it is for, each once. */
export function withoutExecutionRole(definition: TaskDefinition, roles: Roles): Right[] {
  const { home, launch, executionRoleArn } = roles;
  if (executionRoleArn !== undefined) return [];
  const owned = launch === 'fargate' || launch === 'managed' || launch === 'external';
  return allRights(definition, home).filter(
    ({ role, kind }) => role === 'execution' && (!ofAgent.has(kind) || owned),
  );
}

/** A mount that shows the task role to EFS, of a definition that names none. */
export function unauthorizedMounts(definition: TaskDefinition, { home, taskRoleArn }: Roles): Right[] {
  if (taskRoleArn !== undefined) return [];
  return allRights(definition, home).filter(({ kind }) => kind === 'mount');
}

/** As if both roles were there: who has them is another question. */
function allRights(definition: TaskDefinition, home: Home): Right[] {
  return rightsOf(definition, { home, executionRoleArn: '' });
}
