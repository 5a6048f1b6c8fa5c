import type { Service, Task, TaskDefinition } from '@aws-sdk/client-ecs';
import { describeContainerInstances } from '../../by-hand.ts';
import { causeOf } from '../../causes/index.ts';
import type { JudgeContext, Outcome } from '../../check.ts';
import type { ConstraintMatch } from '../../facts/constraint-matches.ts';
import type { ContainerInstances } from '../../facts/container-instances.ts';
import { findingOf, namesFor, ruledOut } from '../../findings.ts';
import { computeOf } from '../../placement/compute.ts';
import { type Candidate, candidateOf, type FitContext } from '../../placement/fit.ts';
import {
  causeOfLack,
  histogramOf,
  type LackCount,
  labelOfLack,
  lackWords,
} from '../../placement/histogram.ts';
import { needsInWords, needsOf } from '../../placement/needs.ts';
import type { Evidence, Finding } from '../../report.ts';
import type { Placement } from '../../waiting-details.ts';
import { listed, plural } from '../../words.ts';
import { constraintNotes, constraintsOf, doubtsOf, matchesOf, unsureFinding } from './doubts.ts';
import { lackEvidence, nameOf } from './lack-evidence.ts';
import { constraintFix, namesOfLack } from './lack-fix.ts';
import type { Break, Chain } from './provider-chain.ts';

export interface InstanceFacts {
  service: Service;
  definition: TaskDefinition;
  instances: ContainerInstances;
  constraints: readonly ConstraintMatch[];
  interfaces: Readonly<Record<string, number>>;
  /** Zones of the service's subnets; undefined where they could not be read. */
  zones: readonly string[] | undefined;
  /** Undefined where not all of them could be read. */
  running: readonly Task[] | undefined;
  chain: Chain;
}

/** Compares one more task with every instance, and says what stands in the way and why no more instances come. */
export function judgeInstances(facts: InstanceFacts, context: JudgeContext): Outcome {
  const { instances, chain } = facts;
  const candidates = candidatesOf(facts);
  const isDaemon = facts.service.schedulingStrategy === 'DAEMON';
  if (isDaemon && candidates.length === 0 && instances.instances.length > 0) return { findings: [] };
  const open = candidates.filter(({ lacks }) => lacks.length === 0);
  const fits = open.filter(({ unsure }) => unsure.length === 0);
  const lacks = histogramOf(candidates);
  const placement = placementOf(facts, candidates.length, open.length, lacks);
  const notes = [
    ...(instances.complete ? [] : [`Only the first ${instances.instances.length} instances were looked at.`]),
    ...constraintNotes(facts),
  ];
  const details = { placement, provider: chain.links, notes };
  if (fits.length > 0) return { findings: [roomFinding(fits, candidates.length, context)], details };
  if (open.length > 0) {
    const evidence = roomEvidence(open, context);
    return { findings: [unsureFinding(facts, open, candidates.length, evidence, context)], details };
  }
  const finding = lackFinding(facts, candidates, lacks, context);
  return { findings: finding ? [finding] : [], details };
}

function candidatesOf({
  service,
  definition,
  instances,
  constraints,
  interfaces,
  zones,
  running,
}: InstanceFacts): Candidate[] {
  const all = constraintsOf({ service, definition });
  const apart = all.some(({ type }) => type === 'distinctInstance');
  const onInstances = (running ?? []).flatMap(({ containerInstanceArn }) => containerInstanceArn ?? []);
  // A strategy places tasks only on the instances of the providers that it names.
  const { providers } = computeOf(service);
  // A daemon has one task on each, and what has one is no place for the next.
  const done = service.schedulingStrategy === 'DAEMON' ? onInstances : [];
  const pool = instances.instances.filter(
    ({ capacityProviderName = '', containerInstanceArn = '' }) =>
      (providers.length === 0 || providers.includes(capacityProviderName)) &&
      !done.includes(containerInstanceArn),
  );
  const needs = needsOf(definition);
  const context: FitContext = {
    constraints: matchesOf({ service, definition, constraints }),
    taken: apart ? onInstances : [],
    zones: zones ?? [],
    interfaces,
    own: Object.fromEntries(
      [...Map.groupBy(onInstances, (arn) => arn)].map(([arn, tasks]) => [arn, tasks.length]),
    ),
    unread: [
      ...(apart && running === undefined ? ['distinct' as const] : []),
      ...(needs.awsvpc && zones === undefined ? ['zone' as const] : []),
    ],
  };
  return pool.map((instance) => candidateOf(instance, needs, context));
}

function placementOf(
  { definition }: InstanceFacts,
  instances: number,
  fits: number,
  lacks: readonly LackCount[],
): Placement {
  return {
    needs: needsInWords(needsOf(definition)),
    instances,
    fits,
    lacks: lacks.map(({ kind, count, only, best }) => ({
      kind,
      label: labelOfLack(kind),
      count,
      only,
      best: `${nameOf(best.candidate)} ${best.lack.has}`,
    })),
  };
}

function roomFinding(fits: readonly Candidate[], all: number, context: JudgeContext): Finding {
  return ruledOut(
    'capacity-placement-unclear',
    `${fits.length} of ${plural(all, 'instance')} could take one more task now.`,
    [roomEvidence(fits, context)],
  );
}

function roomEvidence(fits: readonly Candidate[], { target }: JudgeContext): Evidence {
  const shown = fits.slice(0, 3);
  return {
    api: 'ecs:DescribeContainerInstances',
    field: 'containerInstances[].remainingResources',
    value: `room on ${shown.map(nameOf).join('; ')}`,
    cli: describeContainerInstances(
      target,
      shown.map(({ instance }) => instance.containerInstanceArn ?? ''),
    ),
  };
}

function lackFinding(
  facts: InstanceFacts,
  candidates: readonly Candidate[],
  lacks: readonly LackCount[],
  { target }: JudgeContext,
): Finding | undefined {
  const { service, definition, chain } = facts;
  const { broken } = chain;
  const [main] = lacks;
  const own = main ? causeOfLack(main.kind) : emptyCause(facts);
  // What is being launched will bring room: that takes its time, and is no fault yet.
  if (broken?.underWay) return undefined;
  const cause = broken?.cause ?? own;
  const known = causeOf(cause);
  const doubts = doubtsOf(facts, candidates, main);
  const alone = broken?.cause !== undefined || !main || main.only > 0;
  return findingOf(
    {
      cause,
      // Computed from AWS's own numbers; where no instance lacks one thing alone, which to change is a choice.
      status: alone && doubts.length === 0 ? 'confirmed' : 'likely',
      severity: 'error',
      owner: known?.owner ?? 'capacity',
      names: namesOfLack(main, chain.group),
      why: 'compared with the instances of the cluster',
      decide: doubts.length > 0 ? listed(doubts) : 'which of the lacks to remove: see the table of instances',
    },
    namesFor(target, { service, definition }),
    {
      subject: service.serviceArn,
      summary: summaryOf(room(facts, candidates.length, main), broken),
      evidence: [...(broken ? [broken.evidence] : []), ...lackEvidence(facts, main, target)],
      ...(main && cause === own && { fix: constraintFix(main, target) }),
    },
  );
}

function emptyCause({ service }: InstanceFacts): string {
  return computeOf(service).providers.length > 0 ? 'capacity-provider-empty' : 'capacity-no-instances';
}

/** What is nearer to the root first: why no instance comes, or what those that are there lack. */
function summaryOf(room: string, broken: Break | undefined): string {
  if (!broken) return `${room}.`;
  const why = `${broken.summary.charAt(0).toUpperCase()}${broken.summary.slice(1)}`.replace(/[.…]+$/, '');
  return broken.cause === undefined ? `${room}; ${broken.summary}.` : `${why}. ${room}.`;
}

function room(
  { definition, service, instances }: InstanceFacts,
  count: number,
  main: LackCount | undefined,
): string {
  if (!main) {
    const { providers } = computeOf(service);
    if (providers.length === 0) return 'The cluster has no container instance';
    const where = instances.complete
      ? 'in the cluster'
      : `among the first ${instances.instances.length} of the cluster`;
    return `No instance of ${providers.join(' and ')} is ${where}`;
  }
  if (count === 1) {
    return `The one instance, ${nameOf(main.best.candidate)}, cannot take a task (${needsInWords(needsOf(definition))}): ${main.best.lack.has}`;
  }
  const others =
    main.count < count
      ? `, ${count - main.count === 1 ? 'the other one lacks' : `the other ${count - main.count} lack`} something else`
      : '';
  const all = instances.complete
    ? plural(count, 'instance')
    : `the ${plural(count, 'instance')} that were looked at`;
  // Type and zone stand in the lines below.
  const { candidate, lack } = main.best;
  const nearest = `${candidate.instance.ec2InstanceId ?? nameOf(candidate)} is nearest: ${lack.has}`;
  return `None of ${all} can take a task (${needsInWords(needsOf(definition))}): ${lackWords({ kind: main.kind, label: labelOfLack(main.kind), count: main.count })}, ${nearest}${others}`;
}
