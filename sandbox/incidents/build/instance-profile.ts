import type { ContainerInstance } from '@aws-sdk/client-ecs';
import type { InstanceProfile } from '@aws-sdk/client-iam';
import type { SandboxRole, World } from '#sandbox/aws/world.ts';
import type { Place } from '../incident.ts';
import { sandboxRole, trustOf } from './role.ts';
import { hex } from './seeded.ts';
import { hostOf } from './shared-network.ts';

/** The name that the console gives to the role and to its profile. */
const usualName = 'ecsInstanceRole';

/** https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonEC2ContainerServiceforEC2Role.html */
const managed = [
  'ec2:DescribeTags',
  'ecs:CreateCluster',
  'ecs:DeregisterContainerInstance',
  'ecs:DiscoverPollEndpoint',
  'ecs:Poll',
  'ecs:RegisterContainerInstance',
  'ecs:StartTelemetrySession',
  'ecs:UpdateContainerInstancesState',
  'ecs:Submit*',
  'ecr:GetAuthorizationToken',
  'ecr:BatchCheckLayerAvailability',
  'ecr:GetDownloadUrlForLayer',
  'ecr:BatchGetImage',
  'logs:CreateLogStream',
  'logs:PutLogEvents',
];

/** The world with an instance profile on every EC2 instance: the usual one, unless the instance names its own. */
export function withInstanceProfiles(place: Place, world: World): World {
  const bare = (world.instances ?? []).filter(({ IamInstanceProfile }) => IamInstanceProfile === undefined);
  if (bare.length === 0) return world;
  const role = instanceRole(place, usualName);
  const profile = profileOf(place, usualName, role);
  return {
    ...world,
    roles: [...(world.roles ?? []), role],
    instanceProfiles: [...(world.instanceProfiles ?? []), profile],
    instances: (world.instances ?? []).map((instance) => ({
      IamInstanceProfile: { Arn: profile.Arn, Id: profile.InstanceProfileId },
      ...instance,
    })),
  };
}

/** Container instances whose profile holds a role of its own, less these actions. */
export function hostsWithout(
  place: Place,
  name: string,
  hosts: readonly ContainerInstance[],
  actions: readonly string[],
): Partial<World> {
  const role = instanceRole(
    place,
    name,
    managed.filter((action) => !actions.includes(action)),
  );
  const profile = profileOf(place, name, role);
  return {
    roles: [role],
    instanceProfiles: [profile],
    instances: hosts.map((host) => ({
      ...hostOf(place, host),
      IamInstanceProfile: { Arn: profile.Arn, Id: profile.InstanceProfileId },
    })),
  };
}

function instanceRole(place: Place, name: string, Action: readonly string[] = managed): SandboxRole {
  return sandboxRole(place, `arn:aws:iam::${place.account}:role/${name}`, {
    trust: trustOf('ec2.amazonaws.com'),
    policies: [
      {
        name: 'AmazonEC2ContainerServiceforEC2Role',
        document: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: [...Action], Resource: '*' }],
        },
      },
    ],
  });
}

function profileOf(place: Place, name: string, { role }: SandboxRole): InstanceProfile {
  return {
    Path: '/',
    InstanceProfileName: name,
    InstanceProfileId: `AIPA${hex(`${place.account} ${name} profile`, 17).toUpperCase()}`,
    Arn: `arn:aws:iam::${place.account}:instance-profile/${name}`,
    CreateDate: role.CreateDate,
    Roles: [role],
  };
}
