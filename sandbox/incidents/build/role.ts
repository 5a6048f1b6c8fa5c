import type { SandboxPolicy } from '#sandbox/aws/policy/document.ts';
import type { SandboxRole } from '#sandbox/aws/world.ts';
import type { Place } from '../incident.ts';
import { between, hex } from './seeded.ts';

/** A trust policy as the console and the docs write it. */
export function trustOf(service: string): object {
  return {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
  };
}

interface RoleStory extends Partial<Pick<SandboxRole, 'boundary' | 'organizationDenies'>> {
  policies: SandboxPolicy[];
  /** Trust in ECS tasks unless told otherwise. */
  trust?: object;
  tags?: Record<string, string>;
  createdAt?: Date;
}

/** A role as IAM describes it, by its ARN. */
export function sandboxRole(place: Place, arn: string, story: RoleStory): SandboxRole {
  const {
    policies,
    trust = trustOf('ecs-tasks.amazonaws.com'),
    tags = {},
    createdAt,
    boundary,
    organizationDenies,
  } = story;
  const path = arn.slice(arn.indexOf(':role/') + ':role'.length);
  const name = path.split('/').at(-1) ?? '';
  return {
    role: {
      Path: path.slice(0, path.length - name.length),
      RoleName: name,
      RoleId: `AROA${hex(`${place.account} ${name} role`, 17).toUpperCase()}`,
      Arn: arn,
      CreateDate:
        createdAt ?? new Date(Date.UTC(2024, between(`${name} month`, 0, 11), between(`${name} day`, 1, 28))),
      AssumeRolePolicyDocument: JSON.stringify(trust),
      MaxSessionDuration: 3600,
      Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
      ...(boundary && {
        PermissionsBoundary: {
          PermissionsBoundaryType: 'PermissionsBoundaryPolicy',
          PermissionsBoundaryArn: `arn:aws:iam::${place.account}:policy/${boundary.name}`,
        },
      }),
    },
    policies,
    ...(boundary && { boundary }),
    ...(organizationDenies && { organizationDenies }),
  };
}
