import type { Service, Task, TaskDefinition } from '@aws-sdk/client-ecs';
import { type Cause, type FixNames, stages } from './causes/cause.ts';
import { causeOf } from './causes/index.ts';
import { consoleOf } from './console.ts';
import type { Explanation } from './explain.ts';
import { inPlace, regional } from './fix-in-place.ts';
import { networkOf } from './placement/compute.ts';
import type { Evidence, Finding, Fix, Target } from './report.ts';
import { calledBy, cut, revisionOf } from './words.ts';

/** The parts of a finding that differ from case to case; the catalogue gives the rest. */
export type FindingParts = Pick<Finding, 'summary' | 'evidence'> &
  Partial<
    Pick<
      Finding,
      | 'subject'
      | 'count'
      | 'firstAt'
      | 'lastAt'
      | 'explains'
      | 'reasonOf'
      | 'alsoSeen'
      | 'open'
      | 'next'
      | 'fix'
    >
  >;

/** A finding of one cause: stage and fix come from the catalogue, filled with the names given. */
export function findingOf(explanation: Explanation, names: FixNames, parts: FindingParts): Finding {
  const cause = causeOf(explanation.cause);
  const all = { ...explanation.names, ...names };
  return {
    cause: explanation.cause,
    title: cause?.title ?? 'stopped for a reason that is not known here',
    status: explanation.status,
    severity: explanation.severity,
    stage: cause?.stage ?? 0,
    next: ['logs'],
    open: explanation.status === 'confirmed' ? undefined : explanation.decide,
    ...parts,
    fix: withConsole(parts.fix ?? fixOf(cause, all), cause, all),
  };
}

function fixOf(cause: Cause | undefined, names: FixNames): Fix | undefined {
  return cause?.owner === 'nothing' ? undefined : cause?.fix(names);
}

/** Whoever has no code to hand can at least go where the change is made. */
function withConsole(fix: Fix | undefined, cause: Cause | undefined, names: FixNames): Fix | undefined {
  if (!fix || !cause || fix.console !== undefined) return fix;
  const address = consoleOf(cause.owner, names);
  return address === undefined ? fix : { ...fix, console: address };
}

/**
 * A finding whose fix, whoever wrote it, can be pasted where the target is, and made by hand there. Not every check
 * knows which revision ran well last; the report does.
 */
export function placed(finding: Finding, target: Target, lastGood: string | undefined): Finding {
  const { cause, subject } = finding;
  const evidence = finding.evidence.map((one) =>
    one.cli === undefined ? one : { ...one, cli: regional(one.cli, target.region) },
  );
  if (finding.fix === undefined) return { ...finding, evidence };
  const { region, account, cluster, service, family } = target;
  const names = onlyKnown({ region, account, cluster, service, family });
  const { cli } = finding.fix;
  const known = lastGood !== undefined &&
    cli !== undefined && { cli: cli.replaceAll(goodRevision, lastGood) };
  const local = inPlace({ ...finding.fix, ...known }, region);
  const found = causeOf(cause);
  const fix = withConsole(local, found, names) ?? local;
  return { ...finding, evidence, fix: withConsole(fix, found, onlyKnown({ region, resource: subject })) };
}

/** As `goBack` writes a revision that it does not know. */
const goodRevision = /[\w-]+:LAST_GOOD_REVISION\b/g;

/** The cause with the thing that it is about: `Image not found: registry/app:1.4`. */
export function inWords(
  { cause, names }: Explanation,
  otherwise = 'Stopped for a reason that is not known here',
): string {
  const title = causeOf(cause)?.title ?? otherwise;
  // Of a dependency its name says more than its image.
  const own = cause === 'dependency-failed' ? names.container : undefined;
  const thing = own ?? names.resource ?? names.image ?? names.name ?? names.code;
  const what = `${title.charAt(0).toUpperCase()}${title.slice(1)}`;
  return thing === undefined ? what : `${what}: ${cut(calledBy(thing), 160)}`;
}

/** A possibility that the facts exclude; the summary says by what. */
export function ruledOut(cause: string, summary: string, evidence: Evidence[]): Finding {
  const stage = causeOf(cause)?.stage ?? 0;
  return {
    cause,
    title: stages[stage],
    status: 'ruled-out',
    severity: 'info',
    stage,
    summary,
    evidence,
    next: [],
  };
}

/** Real names for a fix, from whatever is known of the target. */
export function namesFor(
  target: Target,
  known: {
    service?: Service;
    task?: Task;
    definition?: TaskDefinition;
    container?: string;
    lastGood?: string;
  },
): FixNames {
  const { service, task, definition, container, lastGood } = known;
  const defined = definition?.containerDefinitions?.find(({ name }) => name === container);
  const revisionArn = definition?.taskDefinitionArn ?? task?.taskDefinitionArn ?? service?.taskDefinition;
  const revision = revisionArn === undefined ? undefined : revisionOf(revisionArn);
  return onlyKnown({
    region: target.region,
    account: target.account,
    cluster: target.cluster,
    service: target.service,
    task: task?.taskArn?.split('/').at(-1),
    containerInstance: task?.containerInstanceArn?.split('/').at(-1),
    family: definition?.family ?? target.family ?? revision?.split(':')[0],
    revision,
    lastGoodRevision: lastGood,
    container,
    image: defined?.image,
    memory: (defined?.memory ?? definition?.memory)?.toString(),
    taskMemory: definition?.memory,
    cpu: definition?.cpu,
    executionRoleArn: task?.overrides?.executionRoleArn ?? definition?.executionRoleArn,
    taskRoleArn: task?.overrides?.taskRoleArn ?? definition?.taskRoleArn,
    infrastructureRoleArn: volumeRole(service),
    ...networkNames(service),
    logGroup: defined?.logConfiguration?.options?.['awslogs-group'],
    stopTimeout: defined?.stopTimeout?.toString(),
    targetGroupArn: service?.loadBalancers?.[0]?.targetGroupArn,
  });
}

/** Of several groups or subnets it is not known which is meant. */
function networkNames(service: Service | undefined): Pick<FixNames, 'taskSecurityGroup' | 'taskSubnet'> {
  const { subnets, groups } = networkOf(service);
  const [subnet, ...moreSubnets] = subnets;
  const [group, ...moreGroups] = groups;
  return {
    ...(group !== undefined && moreGroups.length === 0 && { taskSecurityGroup: group }),
    ...(subnet !== undefined && moreSubnets.length === 0 && { taskSubnet: subnet }),
  };
}

function volumeRole(service: Service | undefined): string | undefined {
  const primary = service?.deployments?.find(({ status }) => status === 'PRIMARY');
  return primary?.volumeConfigurations?.find(({ managedEBSVolume }) => managedEBSVolume)?.managedEBSVolume
    ?.roleArn;
}

function onlyKnown(names: { [Name in keyof FixNames]: string | undefined }): FixNames {
  return Object.fromEntries(Object.entries(names).filter(([, value]) => value !== undefined));
}
