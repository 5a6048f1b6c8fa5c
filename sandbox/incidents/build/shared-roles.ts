import type { TaskDefinition } from '@aws-sdk/client-ecs';
import { list, type PolicyStatement } from '#sandbox/aws/policy/document.ts';
import type { SandboxRole, World } from '#sandbox/aws/world.ts';
import type { Place } from '../incident.ts';
import { withInstanceProfiles } from './instance-profile.ts';
import { sandboxRole } from './role.ts';
import { executionNeeds, taskNeeds } from './role-needs.ts';

/**
 * The world with every execution and task role that its task definitions name, each trusting ECS and allowed what
 * they need, unless an incident tells the role itself or that it does not exist; and with the roles of its instances.
 */
export function withRoles(place: Place, world: World): World {
  const told = new Set([...(world.roles ?? []).map(({ role }) => role.Arn), ...(world.missingRoles ?? [])]);
  const named = world.taskDefinitions.flatMap(({ executionRoleArn, taskRoleArn }) => [
    ...(executionRoleArn ? [executionRoleArn] : []),
    ...(taskRoleArn ? [taskRoleArn] : []),
  ]);
  const wanted = [...new Set(named)].filter((arn) => !told.has(arn));
  return withInstanceProfiles(place, {
    ...world,
    roles: [
      ...(world.roles ?? []),
      ...wanted.map((arn) => roleFor(place, arn, world.taskDefinitions, world)),
    ],
  });
}

/**
 * The role of this ARN, allowed exactly what these task definitions need of it: of an older revision alone, it lacks
 * what a newer one takes beside.
 *
 * @param world what the task definitions refer to, and whether their services have ECS Exec switched on
 */
export function roleFor(
  place: Place,
  arn: string,
  definitions: readonly TaskDefinition[],
  world: Partial<World> = {},
): SandboxRole {
  const executing = definitions.filter(({ executionRoleArn }) => executionRoleArn === arn);
  const running = definitions.filter(({ taskRoleArn }) => taskRoleArn === arn);
  const execution = executionNeeds(place, executing, world);
  const task = taskNeeds(
    place,
    running,
    running.some((definition) => hasExec(definition, world)),
  );
  const policies = [
    { name: 'ecs-execution', Statement: execution },
    { name: 'ecs-task', Statement: task },
  ].filter(({ Statement }) => Statement.length > 0);
  return sandboxRole(place, arn, {
    policies: policies.map(({ name, Statement }) => ({
      name,
      document: { Version: '2012-10-17', Statement },
    })),
  });
}

/**
 * As `roleFor` over all task definitions of the world, less one action: on everything, or on one resource alone.
 *
 * @param world what the incident tells, with its task definitions
 */
export function roleWithout(
  place: Place,
  arn: string,
  world: Partial<World>,
  action: string,
  resource?: string,
): SandboxRole {
  const role = roleFor(place, arn, world.taskDefinitions ?? [], world);
  const policies = role.policies.map(({ name, document }) => ({
    name,
    document: {
      ...document,
      Statement: document.Statement.flatMap((one) => lessened(one, action, resource)),
    },
  }));
  return { ...role, policies };
}

function lessened(
  statement: PolicyStatement,
  action: string,
  resource: string | undefined,
): PolicyStatement[] {
  const actions = list(statement.Action);
  const resources = list(statement.Resource);
  if (!actions.includes(action)) return [statement];
  const others = actions.filter((one) => one !== action);
  const elsewhere = resource === undefined ? [] : resources.filter((one) => one !== resource);
  return [
    ...(others.length > 0 ? [{ ...statement, Action: others }] : []),
    ...(elsewhere.length > 0 ? [{ ...statement, Sid: undefined, Action: action, Resource: elsewhere }] : []),
  ];
}

function hasExec(
  { taskDefinitionArn }: TaskDefinition,
  { services = [], tasks = [] }: Partial<World>,
): boolean {
  const withExec = [
    ...services.filter(({ enableExecuteCommand }) => enableExecuteCommand).map((one) => one.taskDefinition),
    ...tasks.filter(({ enableExecuteCommand }) => enableExecuteCommand).map((one) => one.taskDefinitionArn),
  ];
  return withExec.includes(taskDefinitionArn);
}
