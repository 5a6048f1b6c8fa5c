import { type Asking, beginAsking } from '#diagnostics/recorder.ts';
import { parseReference, type Reference } from '#diagnostics/reference.ts';
import type { Target } from '#diagnostics/report.ts';
import type { ServiceEntry } from '#diagnostics/services.ts';
import type { Session } from '#src/aws/aws.ts';
import {
  CannotLook,
  type CommandContext,
  type EnvironmentSummary,
  type Request,
  UsageError,
} from './command.ts';
import { awsOf, familyNamed, listServices, unlistedWords, whereabouts } from './look-up.ts';
import { matching, nearest } from './near.ts';
import { regionOf } from './region.ts';

/** Where a request points. `assumed`: the service's name was taken as typed and is not known to exist. */
export interface Place {
  target: Target;
  session: Session;
  environment: EnvironmentSummary;
  assumed: boolean;
  /** What has been asked of AWS for this answer. */
  asking: Asking;
  /** The command asked for, so that a suggestion can be typed as it stands. */
  command: string;
}

export type Found =
  | { kind: 'place'; place: Place; note?: string }
  /** More than one service fits. */
  | { kind: 'several'; entries: ServiceEntry[]; note?: string };

/**
 * Opens the environment and names the target without asking AWS wherever one cluster is known: the name is then
 * taken as typed, which is right nearly always and saves a round trip. @throws UsageError, CannotLook
 */
export async function locate(
  request: Request,
  context: CommandContext,
  asking: Asking = beginAsking(context.deadline),
): Promise<Found> {
  const service = parseReference(request.service ?? '');
  const task = request.options.task === undefined ? undefined : taskReference(request.options.task);
  // The ARN of a task says as much of where it is as that of a service.
  const reference = { ...task, ...service };
  const environment = environmentOf(request, reference, context.environments);
  const region = regionOf(request, reference.region, environment);
  const session = context.session(environment.name, region);
  const target: Target = {
    environment: environment.name,
    account: environment.account,
    region: session.region,
    ...(reference.task !== undefined && { task: reference.task }),
  };
  const named = reference.service ?? (service === undefined ? request.service : undefined);
  const family = request.options.family ?? reference.family;
  if (family !== undefined) checkName(family, 'a task definition family');
  const place = { target, session, environment, assumed: false, asking, command: request.command };

  const cluster = clusterOf(request, reference, environment);
  if (family !== undefined || named === undefined) {
    return inCluster(place, cluster, request.service, { family });
  }
  checkName(named, 'an ECS service');
  if (cluster !== undefined) {
    return {
      kind: 'place',
      place: { ...place, target: { ...target, cluster, service: named }, assumed: true },
    };
  }
  return find(named, place);
}

/**
 * Looks a name up among all services of the environment: exact, partial, or wrong by a letter.
 * @throws UsageError where there is none, CannotLook where there may be one in a cluster that could not be listed
 */
export async function find(typed: string, place: Place, cluster?: string): Promise<Found> {
  const { environment, target, command } = place;
  const clusters = cluster === undefined ? environment.clusters : [cluster];
  // A name that is no service as it stands may well be a family: asked beside the services, that costs no round trip.
  const aws = awsOf(place);
  const asFamily = place.assumed ? familyNamed(typed, place, aws) : undefined;
  asFamily?.catch(() => undefined);
  const { entries, unread } = await listServices(typed, place, clusters, aws);
  const names = matching(typed, [...new Set(entries.map(({ service }) => service))]);
  const fitting = entries.filter(({ service }) => names.includes(service));
  const [first, ...others] = fitting;
  const unlisted = unread.map(unlistedWords);
  if (first && others.length > 0) return { kind: 'several', entries: fitting, ...noteOf(unlisted) };
  if (first) {
    const read = first.service === typed ? [] : [`Read “${typed}” as ${first.service}.`];
    const found = { ...place, target: { ...target, ...first }, assumed: false };
    return { kind: 'place', place: found, ...noteOf([...read, ...unlisted]) };
  }
  // A family is seldom named otherwise than its service, so finding one does not say that there is no service.
  if (unread.length > 0) {
    throw new CannotLook(
      [`No service “${typed}” was found in what could be listed of ${whereabouts(place)}.`, ...unlisted].join(
        ' ',
      ),
    );
  }
  const family = await (asFamily ?? familyNamed(typed, place, awsOf(place)));
  if (family !== undefined) {
    const { service: _, ...rest } = target;
    return inCluster({ ...place, target: rest, assumed: false }, cluster ?? only(clusters), typed, {
      family,
    });
  }
  const close = nearest(
    typed,
    entries.map(({ service }) => service),
  );
  const hint = close.length > 0 ? `Did you mean ${close.join(' or ')}?` : countOf(entries, environment);
  throw new UsageError(
    `There is no service or task family “${typed}” in ${whereabouts(place)}. ${hint}`,
    close.map((name) => `${command} ${name} ${environment.name}`),
  );
}

function noteOf(sentences: readonly string[]): { note?: string } {
  return sentences.length === 0 ? {} : { note: sentences.join(' ') };
}

function countOf(entries: readonly ServiceEntry[], { name }: EnvironmentSummary): string {
  return entries.length === 0
    ? `No service at all was found in ${name}; its clusters in the accounts file may be wrong.`
    : `${entries.length} services were looked through.`;
}

/** A task or a family does not tell its cluster; with several it is asked for. */
function inCluster(
  place: Place,
  cluster: string | undefined,
  typed: string | undefined,
  what: { family?: string | undefined },
): Found {
  if (cluster !== undefined)
    return { kind: 'place', place: { ...place, target: { ...place.target, cluster, ...what } } };
  const { command, environment } = place;
  const { name, clusters = [] } = environment;
  const listed = clusters.length === 0 ? '' : `: ${clusters.join(' or ')}`;
  throw new UsageError(
    `In which cluster of ${name}${listed}? Add --cluster NAME.`,
    clusters.slice(0, 3).map((one) => `${[command, typed, name].filter(Boolean).join(' ')} --cluster ${one}`),
  );
}

function only(clusters: readonly string[] | undefined): string | undefined {
  return clusters?.length === 1 ? clusters[0] : undefined;
}

function environmentOf(
  { environment, service, command }: Request,
  reference: Reference,
  environments: readonly EnvironmentSummary[],
): EnvironmentSummary {
  const { account } = reference;
  const names = environments.map(({ name }) => name);
  const named = environments.find(({ name }) => name === environment);
  if (environment !== undefined && !named) {
    const close = nearest(environment, names);
    throw new UsageError(
      `There is no environment “${environment}”. ${close.length > 0 ? `Did you mean ${close.join(' or ')}?` : `There ${names.length === 1 ? 'is' : 'are'} ${names.join(', ') || 'none that you may look at here'}.`}`,
      close.map((name) => [command, service, name].filter(Boolean).join(' ')),
    );
  }
  if (account !== undefined && named && named.account !== account) {
    throw new UsageError(`That ARN belongs to account ${account}; ${named.name} is ${named.account}.`);
  }
  if (named) return named;
  const found = environmentHolding(reference, environments);
  if (found) return found;
  if (account !== undefined) {
    throw new UsageError(
      `That ARN belongs to account ${account}, which is none of the environments here (${environments.map(({ name, account: id }) => `${name} ${id}`).join(', ')}).`,
    );
  }
  throw new UsageError(
    `In which environment? There are ${names.join(', ') || 'none that you may look at here'}.`,
    names.slice(0, 3).map((name) => [command, service, name].filter(Boolean).join(' ')),
  );
}

/** Several environments may share an account and a region: the one that names the cluster is meant then. */
function environmentHolding(
  { account, region, cluster }: Reference,
  environments: readonly EnvironmentSummary[],
): EnvironmentSummary | undefined {
  const inRegion = environments.filter(
    (candidate) => candidate.region === region && (account === undefined || candidate.account === account),
  );
  const naming = inRegion.filter(({ clusters }) => cluster !== undefined && clusters?.includes(cluster));
  if (account === undefined)
    return [naming, inRegion, environments].find((fitting) => fitting.length === 1)?.[0];
  const ofAccount = environments.filter((candidate) => candidate.account === account);
  return naming[0] ?? inRegion.find(({ clusters }) => clusters === undefined) ?? inRegion[0] ?? ofAccount[0];
}

function clusterOf(
  { options }: Request,
  reference: Reference,
  { clusters, name }: EnvironmentSummary,
): string | undefined {
  const cluster = options.cluster ?? reference.cluster;
  if (cluster === undefined) return only(clusters);
  if (clusters && !clusters.includes(cluster)) {
    throw new UsageError(
      `Cluster ${cluster} is not among those of ${name} in the accounts file: ${clusters.join(', ')}.`,
    );
  }
  return cluster;
}

/** Source: CreateService, serviceName; RegisterTaskDefinition, family: letters, numbers, _ and -, at most 255. */
function checkName(name: string, what: string): void {
  if (/^[A-Za-z0-9_-]{1,255}$/.test(name)) return;
  throw new UsageError(
    `“${name.slice(0, 80)}” cannot be the name of ${what}: letters, numbers, dashes and underscores, at most 255. An ARN, a task id or a console address works too.`,
  );
}

function taskReference(text: string): Reference {
  const reference = parseReference(text);
  if (reference?.task !== undefined) return reference;
  throw new UsageError(
    `--task ${text.slice(0, 80)} is no task: use the id of 32 hexadecimal digits, or the task's ARN.`,
  );
}
