import type {
  DescribeSecretRequest,
  DescribeSecretResponse,
  GetResourcePolicyRequest,
  GetResourcePolicyResponse,
} from '@aws-sdk/client-secrets-manager';
import { AwsError } from '../errors.ts';
import type { Account } from '../world.ts';
import { foreignDenied } from './foreign.ts';
import type { Operation } from './operation.ts';
import { overWorld } from './operation.ts';

// Values are out of the sandbox's reach on purpose: nothing may ever ask for one.
export const secretOperations: Record<string, Operation> = {
  DescribeSecret: foreignDenied(
    'secretsmanager:DescribeSecret',
    secretId,
    overWorld(describeSecret, resourceOf),
  ),
  GetResourcePolicy: foreignDenied(
    'secretsmanager:GetResourcePolicy',
    secretId,
    overWorld(getResourcePolicy, resourceOf),
  ),
};

function secretId(input: unknown): string {
  return (input as DescribeSecretRequest).SecretId ?? '';
}

function describeSecret(input: DescribeSecretRequest, account: Account): DescribeSecretResponse {
  return find(input.SecretId ?? '', account);
}

function getResourcePolicy(input: GetResourcePolicyRequest, account: Account): GetResourcePolicyResponse {
  const { ARN, Name } = find(input.SecretId ?? '', account);
  return { ARN, Name, ResourcePolicy: account.world.secretPolicies?.[ARN ?? ''] };
}

/**
 * By name, whole ARN or ARN without the six characters at its end. What has been deleted stays describable, with
 * the date, until its recovery window has passed.
 */
function find(id: string, { world }: Account): DescribeSecretResponse {
  const found = (world.secrets ?? []).find(
    ({ ARN = '', Name }) =>
      ARN === id || Name === id || (id.startsWith('arn:') && ARN.replace(/-\w{6}$/, '') === id),
  );
  if (!found)
    throw new AwsError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
  return found;
}

function resourceOf(input: { SecretId?: string }, { id, region, world }: Account): string {
  const name = input.SecretId ?? '';
  if (name.startsWith('arn:')) return name;
  const known = world.secrets?.find(({ Name }) => Name === name)?.ARN;
  return known ?? `arn:aws:secretsmanager:${region}:${id}:secret:${name}`;
}
