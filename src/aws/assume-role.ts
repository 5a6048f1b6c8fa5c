import { createHash } from 'node:crypto';
import type { AssumeRoleCommandOutput, STS } from '@aws-sdk/client-sts';
import type { Environment } from '../config.ts';
import { AwsFailure, failureOf, refusedAction } from './failure.ts';
import type { Credentials } from './services.ts';

/** Milliseconds for AssumeRole, all its attempts together. */
const patience = 5_000;
const call = { service: 'sts', operation: 'AssumeRole', input: {} };

/** An environment that names a role. */
export type RoleEnvironment = Environment & { role: string };

/**
 * A person's name as STS takes it in a session name and a source identity: 2 to 64 of these characters.
 * A name that had to be changed ends in a hash of the true one, so that no two people become one in CloudTrail.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 */
export function sourceIdentity(person: string): string {
  if (/^[\w+=,.@-]{2,64}$/.test(person)) return person;
  const clean = person
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .replace(/[^\w+=,.@-]+/g, '-')
    .slice(0, 55);
  return `${clean || 'person'}-${createHash('sha256').update(person).digest('hex').slice(0, 8)}`;
}

/**
 * Assumes the environment's role for a person.
 *
 * @throws AwsFailure that names the role, why STS refused it and the trust statement to add
 */
export async function assumeRole(
  sts: STS,
  environment: RoleEnvironment,
  identity: string,
): Promise<Credentials> {
  const { role, externalId } = environment;
  const input = {
    RoleArn: role,
    RoleSessionName: identity,
    SourceIdentity: identity,
    ...(externalId !== undefined && { ExternalId: externalId }),
  };
  let answer: AssumeRoleCommandOutput;
  try {
    answer = await sts.assumeRole(input, { abortSignal: AbortSignal.timeout(patience) });
  } catch (error) {
    throw refusal(error, environment);
  }
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = answer.Credentials ?? {};
  if (!AccessKeyId || !SecretAccessKey || !SessionToken || !Expiration) {
    throw credentialsFailure('IncompleteAnswer', `STS assumed ${role} but sent no complete credentials`);
  }
  verifyAccount(answer.AssumedRoleUser?.Arn, environment);
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
    expiration: Expiration,
  };
}

/** @throws AwsFailure when an ARN is not one of the environment's account */
export function verifyAccount(arn: string | undefined, { name, account, role }: Environment): void {
  const actual = arn?.split(':')[4];
  if (actual === account) return;
  const whose = role === undefined ? 'The own credentials of ecs-sleuth' : `The session of ${role}`;
  throw credentialsFailure(
    'WrongAccount',
    `${whose} belong${role === undefined ? '' : 's'} to account ${actual ?? '(unknown)'}, but environment ${name} is account ${account}`,
    role === undefined
      ? `Give environment ${name} a role in account ${account}, or start ecs-sleuth with credentials of that account.`
      : undefined,
  );
}

export function credentialsFailure(name: string, message: string, fix?: string, cause?: unknown): AwsFailure {
  return new AwsFailure({ reason: 'Credentials', name, message, ...(fix !== undefined && { fix }) }, cause);
}

function refusal(error: unknown, environment: RoleEnvironment): AwsFailure {
  const { role, name } = environment;
  const failure = failureOf(error, call);
  if (failure.reason === 'AccessDenied') return denial(error, failure.message, environment);
  if (failure.reason === 'Timeout') {
    const message = `${role} could not be assumed for environment ${name}: STS did not answer within ${patience / 1000} seconds`;
    return new AwsFailure({ ...failure, message }, error);
  }
  if (failure.reason === 'Credentials') {
    const message = `${role} could not be assumed for environment ${name}, since STS or the SDK rejected the own credentials of ecs-sleuth: ${failure.message}`;
    const fix =
      'Start ecs-sleuth with valid AWS credentials: a task role, an instance profile, or AWS_PROFILE.';
    return credentialsFailure(failure.name, message, fix, error);
  }
  const message = `${role} could not be assumed for environment ${name}: ${failure.message}`;
  return new AwsFailure({ ...failure, message }, error);
}

function denial(error: unknown, said: string, environment: RoleEnvironment): AwsFailure {
  const { role, name, externalId } = environment;
  const action = refusedAction(said) ?? 'sts:AssumeRole';
  const why =
    action === 'sts:SetSourceIdentity'
      ? 'STS refused sts:SetSourceIdentity, by which CloudTrail learns who asked'
      : `STS refused ${action}`;
  const hint =
    action === 'sts:AssumeRole' && externalId !== undefined
      ? ' (the same answer comes for a role that does not exist, a trust policy that does not name the caller, and another external id)'
      : '';
  const caller = callerIn(said);
  const statement = trustStatement(environment, caller);
  return new AwsFailure(
    {
      reason: 'Credentials',
      action,
      name: 'AssumeRoleDenied',
      message: `${role} could not be assumed for environment ${name}: ${why}${hint}. AWS says: ${said}`,
      fix:
        `Add to the trust policy of ${role}: ${statement} ` +
        `and allow ${caller ?? 'the caller'} sts:AssumeRole and sts:SetSourceIdentity on ${role}.`,
    },
    error,
  );
}

/** The statement by which a role trusts the caller. The external id stays in the configuration. */
export function trustStatement({ externalId }: Environment, caller: string | undefined): string {
  return JSON.stringify({
    Effect: 'Allow',
    Principal: { AWS: caller ?? 'ARN of the role that ecs-sleuth runs as' },
    Action: ['sts:AssumeRole', 'sts:SetSourceIdentity'],
    ...(externalId !== undefined && {
      Condition: { StringEquals: { 'sts:ExternalId': 'the externalId of the environment' } },
    }),
  });
}

// A trust policy names a role, while AWS's message names its session. A role's path is in neither.
function callerIn(message: string): string | undefined {
  const arn = /User: (arn:\S+)/.exec(message)?.[1];
  return arn?.replace(/^(arn:[\w-]+):sts::(\d+):assumed-role\/([^/]+)\/.*$/, '$1:iam::$2:role/$3');
}
