import type { Aws } from '#src/aws/aws.ts';
import { defineFact } from '../fact.ts';
import { computeOf, missingTasks } from '../placement/compute.ts';
import { redact } from '../redact.ts';
import { service } from './service.ts';
import { deployedTaskDefinitions } from './task-definitions.ts';

export interface ConstraintMatch {
  expression: string;
  /** ARNs of the instances that it matches. */
  instances: string[];
  /** False where more pages were left unread. */
  complete: boolean;
  /** What ECS says of an expression that it cannot read. */
  invalid?: string;
}

/**
 * ECS takes ten constraints each on service and definition; more than a few different ones are rare. Of those beyond
 * there is no entry, and whoever judges must not take them for met.
 */
const expressionsAtMost = 5;
/** As many pages as are read of the instances themselves. */
const pagesAtMost = 5;

/**
 * Which instances each memberOf constraint admits, by ECS's own reading: the expressions are those of the filter of
 * ListContainerInstances.
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
          return { expression, ...(await matchesOf(aws, target.cluster, expression)) };
        } catch (error) {
          if (!(error instanceof Error) || error.name !== 'InvalidParameterException') throw error;
          return { expression, instances: [], complete: false, invalid: await redact(error.message) };
        }
      }),
    );
  },
});

async function matchesOf(aws: Aws, cluster: string | undefined, filter: string) {
  const instances: string[] = [];
  let nextToken: string | undefined;
  for (let page = 0; page < pagesAtMost; page += 1) {
    const answer = await aws.ecs.listContainerInstances({ cluster, filter, nextToken, maxResults: 100 });
    instances.push(...(answer.containerInstanceArns ?? []));
    nextToken = answer.nextToken;
    if (!nextToken) break;
  }
  return { instances, complete: !nextToken };
}
