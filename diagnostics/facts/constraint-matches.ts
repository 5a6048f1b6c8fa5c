import { defineFact } from '../fact.ts';
import { computeOf, missingTasks } from '../placement/compute.ts';
import { service } from './service.ts';
import { deployedTaskDefinitions } from './task-definitions.ts';

export interface ConstraintMatch {
  expression: string;
  /** ARNs of the instances that it matches. */
  instances: string[];
  /** What ECS says of an expression that it cannot read. */
  invalid?: string;
}

/** ECS takes ten constraints each on service and definition; more than a few different ones are not seen. */
const expressionsAtMost = 5;

/**
 * Which instances each memberOf constraint admits, by ECS's own reading: the expressions are those of the filter of
 * ListContainerInstances. Only the first hundred matches of each are read.
 */
export const constraintMatches = defineFact<ConstraintMatch[]>({
  id: 'constraint-matches',
  what: 'which instances the placement constraints admit',
  actions: ['ecs:ListContainerInstances'],
  async load({ read, settle, target, aws }) {
    const described = await read(service);
    if (!described || computeOf(described).kind === 'fargate' || missingTasks(described) === 0) return [];
    const definitions = await settle(deployedTaskDefinitions);
    const primary = definitions.ok ? definitions.value[described.taskDefinition ?? ''] : undefined;
    const expressions = [...(described.placementConstraints ?? []), ...(primary?.placementConstraints ?? [])]
      .filter(({ type }) => type === 'memberOf')
      .map(({ expression = '' }) => expression);
    return Promise.all(
      [...new Set(expressions)].slice(0, expressionsAtMost).map(async (expression) => {
        try {
          const answer = await aws.ecs.listContainerInstances({
            cluster: target.cluster,
            filter: expression,
            maxResults: 100,
          });
          return { expression, instances: answer.containerInstanceArns ?? [] };
        } catch (error) {
          if (!(error instanceof Error) || error.name !== 'InvalidParameterException') throw error;
          return { expression, instances: [], invalid: error.message };
        }
      }),
    );
  },
});
