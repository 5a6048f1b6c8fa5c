import { rightsOfHosts } from '../../access/host-rights.ts';
import type { HostRole } from '../../access/right.ts';
import { defineFact, type FactContext } from '../../fact.ts';
import { type InstanceRole, instanceRoles } from '../instance-role.ts';
import { partOf } from '../read.ts';
import { tasks } from '../tasks.ts';
import { type JudgedRevision, judgedRevision } from './judged-revision.ts';
import { groupRights, type RightReading, readings } from './right-readings.ts';

/**
 * What IAM says of the rights that fall to the role of an instance. The instances are asked about only where there is
 * such a right.
 */
export const hostRights = defineFact<RightReading[]>({
  id: 'host-rights',
  what: 'what the roles of the instances may do',
  actions: [...new Set([...groupRights.actions, ...instanceRoles.actions, ...tasks.actions])],
  async load(context) {
    const revision = await context.read(judgedRevision);
    const wanted = rightsOfHosts(revision.definition, revision);
    if (wanted.length === 0) return [];
    const read = partOf('the roles of the instances', await context.settle(instanceRoles));
    if (!read.ok) return wanted.map((right) => ({ right, reading: read }));
    const { roles, says } = await ofRevision(context, revision, read.value);
    if (roles.length === 0) {
      const why = `the role of the instance decides, and ${says ?? 'no instance of it could be found'}`;
      return wanted.map((right) => ({
        right,
        reading: { ok: true, value: { answer: 'open', why, missingContext: [] } },
      }));
    }
    const asked = roles.flatMap(({ arn }) => {
      const by: HostRole = { arn, ...(says && { says }) };
      return wanted.map((right) => ({ ...right, by }));
    });
    return readings(context, asked, revision);
  },
});

/**
 * The roles of those instances that tasks of the revision failed to start on; where none did, of those that have tasks
 * of it; else of all. What is not known of other instances does not matter then.
 */
async function ofRevision(
  { settle }: FactContext,
  { definition }: JudgedRevision,
  { roles, says }: { roles: InstanceRole[]; says?: string },
): Promise<{ roles: InstanceRole[]; says?: string | undefined }> {
  const known = await settle(tasks);
  const all = known.ok ? [...known.value.stopped, ...known.value.stopping, ...known.value.running] : [];
  const own = all.filter(({ taskDefinitionArn }) => taskDefinitionArn === definition.taskDefinitionArn);
  const failed = own.filter(({ stopCode }) => stopCode === 'TaskFailedToStart');
  const hosts = new Set(
    (failed.length > 0 ? failed : own).flatMap(({ containerInstanceArn }) => containerInstanceArn ?? []),
  );
  if (hosts.size === 0) return { roles, says };
  const has = roles.filter((role) => role.hosts.some((host) => hosts.has(host)));
  const covered = [...hosts].every((host) => has.some((role) => role.hosts.includes(host)));
  return has.length === 0 ? { roles, says } : { roles: has, ...(!covered && { says }) };
}
