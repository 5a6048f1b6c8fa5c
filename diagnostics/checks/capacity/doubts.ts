import type { PlacementConstraint, Service, TaskDefinition } from '@aws-sdk/client-ecs';
import type { JudgeContext } from '../../check.ts';
import type { ConstraintMatch } from '../../facts/constraint-matches.ts';
import { findingOf, namesFor } from '../../findings.ts';
import { attribute, type Candidate, type LackKind } from '../../placement/fit.ts';
import type { LackCount } from '../../placement/histogram.ts';
import type { Evidence, Finding } from '../../report.ts';
import { listed, plural } from '../../words.ts';
import type { InstanceFacts } from './instance-finding.ts';

/** Every placement constraint of the next task, of the service and of its task definition. */
export function constraintsOf(known: {
  service: Service;
  definition: TaskDefinition;
}): Pick<PlacementConstraint, 'type' | 'expression'>[] {
  return [...(known.service.placementConstraints ?? []), ...(known.definition.placementConstraints ?? [])];
}

/** What each memberOf constraint admits; of one that was not read, or that ECS cannot read, nothing for sure. */
export function matchesOf(
  known: Pick<InstanceFacts, 'service' | 'definition' | 'constraints'>,
): Pick<ConstraintMatch, 'expression' | 'instances' | 'complete'>[] {
  const named = constraintsOf(known).filter(({ type }) => type === 'memberOf');
  const expressions = [...new Set(named.map(({ expression = '' }) => expression))];
  return expressions.map(
    (wanted) =>
      known.constraints.find(({ expression, invalid }) => expression === wanted && invalid === undefined) ?? {
        expression: wanted,
        instances: [],
        complete: false,
      },
  );
}

/** Which constraints were not compared with the instances, or not with all of them. */
export function constraintNotes(facts: InstanceFacts): string[] {
  const invalid = facts.constraints.filter((match) => match.invalid !== undefined);
  const known = new Set(invalid.map(({ expression }) => expression));
  return [
    ...invalid.map((match) => `ECS cannot read the constraint “${match.expression}”: ${match.invalid}`),
    ...matchesOf(facts)
      .filter(({ expression, complete }) => !complete && !known.has(expression))
      .map(({ expression, instances }) =>
        instances.length > 0
          ? `Only the first ${instances.length} instances that the constraint “${expression}” admits were listed.`
          : `Which instances the constraint “${expression}” admits was not read.`,
      ),
  ];
}

/** What would have to be known to be sure of what the instances lack, in words that end with the call that tells. */
export function doubtsOf(
  facts: InstanceFacts,
  candidates: readonly Candidate[],
  main: LackCount | undefined,
): string[] {
  const { instances, chain } = facts;
  // What every instance lacks is short, whatever else some of them may lack.
  const everywhere = main !== undefined && main.count === candidates.length;
  return [
    ...(instances.complete
      ? []
      : [`the instances beyond the first ${instances.instances.length} (ecs:ListContainerInstances)`]),
    ...(chain.broken?.cause !== undefined || chain.unread.length === 0
      ? []
      : [`why no more instances come, or whether they do (${chain.unread.join(', ')})`]),
    ...(everywhere ? [] : unsureWords(candidates)),
  ];
}

/** Room by all that was read, where something that was not read may yet forbid it. */
export function unsureFinding(
  facts: InstanceFacts,
  candidates: readonly Candidate[],
  all: number,
  evidence: Evidence,
  { target }: JudgeContext,
): Finding {
  const words = listed(unsureWords(candidates));
  return findingOf(
    {
      cause: 'capacity-placement-unclear',
      status: 'open',
      // That it cannot be told is no fault that was found.
      severity: 'info',
      owner: 'capacity',
      names: {},
      why: 'what was read lets an instance take a task, and something was not read',
      decide: words,
    },
    namesFor(target, facts),
    {
      subject: facts.service.serviceArn,
      summary: `${candidates.length} of ${plural(all, 'instance')} could take one more task by what was read; not known: ${words}.`,
      evidence: [evidence],
    },
  );
}

function unsureWords(candidates: readonly Candidate[]): string[] {
  const kinds = new Set(candidates.flatMap(({ unsure }) => unsure));
  const trunks = candidates.some(
    ({ instance, unsure }) =>
      unsure.includes('interface') && attribute(instance, 'ecs.awsvpc-trunk-id') !== undefined,
  );
  return [...kinds].map((kind) =>
    kind === 'interface' && trunks
      ? 'how many tasks the trunk of the instance carries (no API tells; ECS Developer Guide, ENI trunking)'
      : (words[kind] ?? kind),
  );
}

const words: Partial<Record<LackKind, string>> = {
  constraint: 'which instances the placement constraints admit (ecs:ListContainerInstances with the filter)',
  distinct: 'on which instances tasks of the service run already (ecs:ListTasks, ecs:DescribeTasks)',
  zone: 'in which zones its subnets lie (ec2:DescribeSubnets)',
  interface: 'how many network interfaces the instance has left (ec2:DescribeInstanceTypes)',
};
