import { groupsOf } from '../../access/groups.ts';
import type { Right } from '../../access/right.ts';
import { rightsOf } from '../../access/rights.ts';
import type { FactContext } from '../../fact.ts';
import { type Repository, repositoryArn } from '../../image/pulled.ts';
import { readSimulation, type SimulationReading } from '../../policy/read-simulation.ts';
import type { JudgedRevision } from '../access/judged-revision.ts';
import { partOf, type Read } from '../read.ts';
import { simulation, simulationKey } from '../simulation.ts';

export interface PullRight {
  right: Right;
  reading: Read<SimulationReading>;
}

/** Asked in the same words as the question after all rights, so that one simulation answers both. */
export async function rightsToPull(
  context: FactContext,
  revision: JudgedRevision,
  repository: Repository,
): Promise<PullRight[]> {
  const resource = repositoryArn(revision.home.partition, repository);
  const all = rightsOf(revision.definition, revision).filter(
    ({ kind }) => kind === 'login' || kind === 'image',
  );
  const read = await simulated(context, revision, all);
  return read.filter(({ right }) => right.kind === 'login' || right.resource === resource);
}

/** What a pull through a cache rule needs beside. Source: ECR User Guide, "Creating a pull through cache rule". */
export async function rightsToFill(
  context: FactContext,
  revision: JudgedRevision,
  repository: Repository,
  missing: 'repository' | 'image',
): Promise<PullRight[]> {
  const create = missing === 'repository' ? ['ecr:CreateRepository'] : [];
  const rights = [...create, 'ecr:BatchImportUpstreamImage'].map(
    (action): Right => ({
      role: 'execution',
      kind: 'image',
      action,
      resource: repositoryArn(revision.home.partition, repository),
      thing: repository.name,
      cause: 'image-ecr-permission',
      usedBy: [],
      context: { 'aws:RequestedRegion': repository.region },
    }),
  );
  return revision.executionRoleArn === undefined ? [] : simulated(context, revision, rights);
}

async function simulated(
  { settle }: FactContext,
  revision: JudgedRevision,
  rights: readonly Right[],
): Promise<PullRight[]> {
  const roleArn = revision.executionRoleArn;
  if (roleArn === undefined) return [];
  const read = await Promise.all(
    groupsOf(rights, revision.home, () => roleArn).map(async (group) => {
      const { actions, resources } = group;
      const answer = await settle(
        simulation,
        simulationKey({ roleArn, actions, resources, context: group.context }),
      );
      return group.rights.map((right) => ({
        right,
        reading: partOf(
          'what the role that pulls may do',
          answer.ok
            ? { ok: true as const, value: readSimulation(answer.value, right.action, right.resource) }
            : answer,
        ),
      }));
    }),
  );
  return read.flat();
}
