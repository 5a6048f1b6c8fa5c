import type {
  GetInstanceProfileRequest,
  GetInstanceProfileResponse,
  GetRoleRequest,
  GetRoleResponse,
} from '@aws-sdk/client-iam';
import { AwsError } from '../errors.ts';
import type { Account, SandboxRole } from '../world.ts';
import { simulatePrincipalPolicy } from './iam-simulation.ts';
import { type Operation, overWorld } from './operation.ts';

export const iamOperations: Record<string, Operation> = {
  GetRole: overWorld(getRole, (input, account) => `arn:aws:iam::${account.id}:role/${input.RoleName}`),
  GetInstanceProfile: overWorld(
    getInstanceProfile,
    (input, account) => `arn:aws:iam::${account.id}:instance-profile/${input.InstanceProfileName}`,
  ),
  SimulatePrincipalPolicy: overWorld(simulatePrincipalPolicy, (input) => input.PolicySourceArn ?? '*'),
};

/** Only a name is taken, no ARN and no path. */
function getRole({ RoleName = '' }: GetRoleRequest, account: Account): GetRoleResponse {
  if (!/^[\w+=,.@-]{1,64}$/.test(RoleName)) {
    throw new AwsError(
      'ValidationError',
      'The specified value for roleName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-',
    );
  }
  const { role } = roleBy(({ role }) => role.RoleName === RoleName, RoleName, account);
  return { Role: { ...role, AssumeRolePolicyDocument: encoded(role.AssumeRolePolicyDocument) } };
}

/** By name alone, with the role in it. */
function getInstanceProfile(
  { InstanceProfileName = '' }: GetInstanceProfileRequest,
  { world }: Account,
): GetInstanceProfileResponse {
  const found = world.instanceProfiles?.find((one) => one.InstanceProfileName === InstanceProfileName);
  if (!found) {
    throw new AwsError('NoSuchEntityException', `Instance Profile ${InstanceProfileName} cannot be found.`);
  }
  const Roles = (found.Roles ?? []).map((role) => ({
    ...role,
    AssumeRolePolicyDocument: encoded(role.AssumeRolePolicyDocument),
  }));
  return { InstanceProfile: { ...found, Roles } };
}

/** @throws NoSuchEntity, which names the role and not its ARN */
function roleBy(is: (one: SandboxRole) => boolean, name: string, { world }: Account): SandboxRole {
  const found = world.roles?.find(is);
  if (found) return found;
  throw new AwsError('NoSuchEntityException', `The role with name ${name} cannot be found.`);
}

/** RFC 3986, in which IAM puts every document that it returns. */
function encoded(document: string | undefined): string | undefined {
  return (
    document &&
    encodeURIComponent(document).replace(
      /[!'()*]/g,
      (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
    )
  );
}
