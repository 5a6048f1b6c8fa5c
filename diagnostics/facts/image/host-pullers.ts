import type { FactContext } from '../../fact.ts';
import { pullsByHost } from '../../image/host-may-pull.ts';
import type { Repository } from '../../image/pulled.ts';
import type { JudgedRevision } from '../access/judged-revision.ts';
import { type InstanceRole, instanceRoles } from '../instance-role.ts';
import { partOf, type Read } from '../read.ts';
import { type PullRight, rightsToFill, rightsToPull } from './pull-rights.ts';

/** What the roles of the instances may do of a pull. */
export interface HostPullers {
  pullers: { role: InstanceRole; rights: PullRight[] }[];
  /** Why these are not all, where AWS did answer. */
  says?: string;
}

interface Pull {
  repository: Repository;
  /** What a cache rule would have to bring. */
  missing?: 'repository' | 'image' | undefined;
  /** What the execution role may do; empty where there is none. */
  rights: readonly PullRight[];
}

/**
 * The agent of an instance pulls with the execution role, and by AWS's page with the role of the instance. The latter
 * is asked about only where the former does not settle it. Undefined: it is settled, or no instance has a part in it.
 */
export async function hostPullers(
  context: FactContext,
  revision: JudgedRevision,
  { repository, missing, rights }: Pull,
): Promise<Read<HostPullers> | undefined> {
  const settled =
    rights.length > 0 && rights.every(({ reading }) => reading.ok && reading.value.answer === 'allowed');
  if (!pullsByHost(revision.launch) || settled) return undefined;
  const read = partOf('the role of the instance', await context.settle(instanceRoles));
  if (!read.ok) return read;
  const { roles, says } = read.value;
  const pullers = await Promise.all(
    roles.map(async (role) => {
      const acting = { ...revision, executionRoleArn: role.arn };
      const [pull, fill] = await Promise.all([
        rightsToPull(context, acting, repository),
        missing ? rightsToFill(context, acting, repository, missing) : [],
      ]);
      return { role, rights: [...pull, ...fill] };
    }),
  );
  return { ok: true, value: { pullers, ...(says && { says }) } };
}
