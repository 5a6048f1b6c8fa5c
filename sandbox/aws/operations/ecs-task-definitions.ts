import type {
  DescribeTaskDefinitionRequest,
  DescribeTaskDefinitionResponse,
  ListTaskDefinitionFamiliesRequest,
  ListTaskDefinitionFamiliesResponse,
  ListTaskDefinitionsRequest,
  ListTaskDefinitionsResponse,
  TaskDefinition,
} from '@aws-sdk/client-ecs';
import { AwsError } from '../errors.ts';
import type { Account } from '../world.ts';
import { ecsPage, keysOf } from './ecs-names.ts';
import { type Operation, overWorld } from './operation.ts';

export const taskDefinitionOperations: Record<string, Operation> = {
  DescribeTaskDefinition: overWorld(describeTaskDefinition),
  ListTaskDefinitions: overWorld(listTaskDefinitions),
  ListTaskDefinitionFamilies: overWorld(listTaskDefinitionFamilies),
};

function describeTaskDefinition(
  input: DescribeTaskDefinitionRequest,
  { world }: Account,
): DescribeTaskDefinitionResponse {
  const found = findTaskDefinition(world.taskDefinitions, input.taskDefinition ?? '');
  if (!found) throw new AwsError('ClientException', 'Unable to describe task definition.');
  const tags = world.taskDefinitionTags?.[found.taskDefinitionArn ?? ''] ?? [];
  return { taskDefinition: found, tags: input.include?.includes('TAGS') ? tags : [] };
}

/** By ARN, by family and revision, or by family alone, which means its newest active revision. */
function findTaskDefinition(definitions: TaskDefinition[], reference: string): TaskDefinition | undefined {
  if (reference.startsWith('arn:')) {
    return definitions.find((definition) => definition.taskDefinitionArn === reference);
  }
  const [family, revision] = reference.split(':');
  const ofFamily = definitions.filter((definition) => definition.family === family);
  if (revision !== undefined) return ofFamily.find((definition) => definition.revision === Number(revision));
  return inOrder(ofFamily.filter(isActive)).at(-1);
}

function listTaskDefinitions(
  input: ListTaskDefinitionsRequest,
  { world }: Account,
): ListTaskDefinitionsResponse {
  const status = input.status ?? 'ACTIVE';
  // Despite its name, familyPrefix is the whole family name here.
  const matching = world.taskDefinitions
    .filter((definition) => (definition.status ?? 'ACTIVE') === status)
    .filter((definition) => !input.familyPrefix || definition.family === input.familyPrefix);
  const ordered = inOrder(matching);
  if (input.sort === 'DESC') ordered.reverse();
  const arns = keysOf(ordered, (definition) => definition.taskDefinitionArn);
  const { items, nextToken } = ecsPage(arns, 'task-definitions', input);
  return { taskDefinitionArns: items, nextToken };
}

function listTaskDefinitionFamilies(
  input: ListTaskDefinitionFamiliesRequest,
  { world }: Account,
): ListTaskDefinitionFamiliesResponse {
  const status = input.status ?? 'ALL';
  const families = new Set(keysOf(world.taskDefinitions, (definition) => definition.family));
  const active = new Set(keysOf(world.taskDefinitions.filter(isActive), (definition) => definition.family));
  const matching = [...families]
    .filter((family) => family.startsWith(input.familyPrefix ?? ''))
    .filter((family) => status === 'ALL' || active.has(family) === (status === 'ACTIVE'))
    .sort();
  const { items, nextToken } = ecsPage(matching, 'families', input);
  return { families: items, nextToken };
}

function isActive(definition: TaskDefinition): boolean {
  return (definition.status ?? 'ACTIVE') === 'ACTIVE';
}

function inOrder(definitions: TaskDefinition[]): TaskDefinition[] {
  return definitions.toSorted((left, right) => {
    if (left.family !== right.family) return (left.family ?? '') < (right.family ?? '') ? -1 : 1;
    return (left.revision ?? 0) - (right.revision ?? 0);
  });
}
