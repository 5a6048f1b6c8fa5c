import { afterAll, createRecorder } from '#diagnostics/recorder.ts';
import { type ServiceIndex, serviceIndex, type UnreadCluster, whyUnread } from '#diagnostics/services.ts';
import type { Aws } from '#src/aws/aws.ts';
import { failureOf } from '#src/aws/failure.ts';
import { CannotLook, UsageError } from './command.ts';
import type { Place } from './locate.ts';

/** Every service that may be meant. @throws UsageError where there is no such cluster, CannotLook */
export async function listServices(
  typed: string,
  place: Place,
  clusters: readonly string[] | undefined,
  aws: Aws,
): Promise<ServiceIndex> {
  try {
    return await serviceIndex(aws, clusters);
  } catch (error) {
    if (failureOf(error).reason !== 'NotFound') throw notListed(typed, 'services', place, error);
    throw new UsageError(
      `There is no cluster ${clusters?.join(' or ') ?? ''} in ${whereabouts(place)}. The accounts file or --cluster names it.`,
    );
  }
}

/** Not allowed to look is not the same as nothing there. */
function notListed(typed: string, what: string, place: Place, error: unknown): CannotLook {
  const why = whyUnread(error);
  return new CannotLook(
    `“${typed}” was not found as it stands, and the ${what} of ${whereabouts(place)} could not be listed: ${why}`,
    { cause: error },
  );
}

/** Why a service may have been missed. */
export function unlistedWords({ cluster, why }: UnreadCluster): string {
  return `Not all services of cluster ${cluster} are known: ${why.replace(/\.$/, '')}.`;
}

/** For look-ups that wait for what was asked before them. */
export function awsOf({ session, asking }: Place): Aws {
  return createRecorder(session, asking).connect(afterAll(asking));
}

export function whereabouts({ environment, session }: Place): string {
  return `${environment.name} (${environment.account}, ${session.region})`;
}

/** The task definition family of exactly this name. @throws CannotLook */
export async function familyNamed(typed: string, place: Place, aws: Aws): Promise<string | undefined> {
  const asked = aws.ecs.listTaskDefinitionFamilies({
    familyPrefix: typed,
    status: 'ACTIVE',
    maxResults: 100,
  });
  const { families = [] } = await asked.catch((error: unknown) => {
    throw notListed(typed, 'task families', place, error);
  });
  return families.find((family) => family === typed);
}
