import { defineFact, type FactContext } from '../fact.ts';
import { computeOf } from '../placement/compute.ts';
import { capacityProviders } from './capacity-providers.ts';
import { containerInstances } from './container-instances.ts';
import { type TaskInstance, taskInstances } from './network/hosts.ts';
import { partOf, type Read } from './read.ts';
import { service } from './service.ts';

/** Instances of one service rarely differ in their profile; more than this are left out, and said to be. */
const profilesAtMost = 3;

/** The role of an instance, with which its agent works where a task definition names none. */
export interface InstanceRole {
  arn: string;
  name: string;
  profile: string;
  /** ARNs of the container instances that have it. */
  hosts: string[];
}

interface InstanceRoles {
  roles: InstanceRole[];
  /** Why the roles are not all there is, or none was found, though AWS did answer. */
  says?: string;
}

/** The role in an instance profile, by the profile's name; undefined where there is no such profile, or it is empty. */
const profileRole = defineFact<{ arn: string; name: string } | undefined, string>({
  id: 'profile-role',
  what: 'the instance profile',
  actions: ['iam:GetInstanceProfile'],
  async load({ aws }, name) {
    try {
      const { InstanceProfile } = await aws.iam.getInstanceProfile({ InstanceProfileName: name });
      // A profile holds one role at most.
      const [role] = InstanceProfile?.Roles ?? [];
      return role?.Arn === undefined ? undefined : { arn: role.Arn, name: role.RoleName ?? name };
    } catch (error) {
      if (error instanceof Error && error.name.startsWith('NoSuchEntity')) return undefined;
      throw error;
    }
  },
});

/**
 * The roles of the instances that run the tasks of the target, or, where none of them does, of those of the cluster
 * that would. Reads the instances first, so that it is worth asking only where such a role may decide.
 */
export const instanceRoles = defineFact<InstanceRoles>({
  id: 'instance-roles',
  what: 'the roles of the instances',
  actions: [
    ...new Set([
      ...taskInstances.actions,
      ...containerInstances.actions,
      ...capacityProviders.actions,
      ...profileRole.actions,
    ]),
  ],
  async load(context) {
    const hosts = await hostsOf(context);
    if (hosts.length === 0) return { roles: [], says: 'no instance of it could be found' };
    const byProfile = Map.groupBy(hosts, ({ instance }) => nameOf(instance.IamInstanceProfile?.Arn));
    const named = [...byProfile].flatMap(([profile, of]) => (profile === undefined ? [] : [{ profile, of }]));
    const read = await Promise.all(
      named.slice(0, profilesAtMost).map(async ({ profile, of }) => ({
        profile,
        of,
        role: await context.read(profileRole, profile),
      })),
    );
    const roles = read.flatMap(({ profile, of, role }) =>
      role === undefined
        ? []
        : [
            {
              ...role,
              profile,
              hosts: of.flatMap(({ containerInstance }) => containerInstance || []).sort(),
            },
          ],
    );
    const empty = read.find(({ role }) => role === undefined);
    const says =
      named.length > profilesAtMost
        ? `its instances have ${named.length} profiles, of which ${profilesAtMost} were looked at`
        : byProfile.has(undefined)
          ? 'an instance of it has no instance profile'
          : empty && `the instance profile ${empty.profile} has no role`;
    return { roles: roles.toSorted((a, b) => a.arn.localeCompare(b.arn)), ...(says && { says }) };
  },
});

/** The role of one instance, or why none was found though AWS did answer. */
export type HostRole = { found: true; role: InstanceRole } | { found: false; says: string };

/** The role of the instance that a task runs on, by the ARN of its container instance. */
export async function hostRole(
  { settle }: FactContext,
  containerInstance: string | undefined,
): Promise<Read<HostRole>> {
  const read = partOf('the role of the instance', await settle(instanceRoles));
  if (!read.ok) return read;
  const { roles, says = 'its instance could not be found' } = read.value;
  const role = roles.find(({ hosts }) => hosts.includes(containerInstance ?? ''));
  return { ok: true, value: role ? { found: true, role } : { found: false, says } };
}

async function hostsOf(
  context: FactContext,
): Promise<Pick<TaskInstance, 'instance' | 'containerInstance'>[]> {
  const own = await context.read(taskInstances);
  if (own.length > 0 || context.target.service === undefined) return own;
  const [described, known] = await Promise.all([context.read(service), context.read(containerInstances)]);
  const providers = described ? computeOf(described).providers : [];
  const fits = (known?.instances ?? []).filter(
    ({ capacityProviderName, agentConnected, ec2InstanceId }) =>
      ec2InstanceId !== undefined &&
      agentConnected === true &&
      (providers.length === 0 || providers.includes(capacityProviderName ?? '')),
  );
  const ids = fits.flatMap(({ ec2InstanceId }) => ec2InstanceId ?? []).slice(0, 100);
  if (ids.length === 0) return profilesOfProviders(context);
  const answer = await context.aws.ec2.describeInstances({ Filters: [{ Name: 'instance-id', Values: ids }] });
  return (answer.Reservations ?? [])
    .flatMap(({ Instances = [] }) => Instances)
    .map((instance) => ({
      instance,
      containerInstance:
        fits.find(({ ec2InstanceId }) => ec2InstanceId === instance.InstanceId)?.containerInstanceArn ?? '',
    }));
}

/** Instances that AWS manages get their profile from the capacity provider, and are there only while tasks are. */
async function profilesOfProviders({
  settle,
}: FactContext): Promise<Pick<TaskInstance, 'instance' | 'containerInstance'>[]> {
  const providers = await settle(capacityProviders);
  if (!providers.ok) return [];
  return providers.value.found.flatMap(({ managedInstancesProvider: managed }) => {
    const Arn = managed?.instanceLaunchTemplate?.ec2InstanceProfileArn;
    return Arn === undefined ? [] : [{ instance: { IamInstanceProfile: { Arn } }, containerInstance: '' }];
  });
}

/** `arn:aws:iam::222222222222:instance-profile/path/name`: IAM takes the name alone. */
function nameOf(profileArn: string | undefined): string | undefined {
  return profileArn?.split('/').at(-1);
}
