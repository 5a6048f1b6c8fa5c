import type {
  AssumeRoleRequest,
  AssumeRoleResponse,
  GetCallerIdentityRequest,
  GetCallerIdentityResponse,
} from '@aws-sdk/client-sts';
import { AwsError, commonFailure, validationMessage } from '../errors.ts';
import { type CallContext, type Operation, overCredentials } from './operation.ts';

export const stsOperations: Record<string, Operation> = {
  AssumeRole: overCredentials(assumeRole, (input) => input.RoleArn ?? '*'),
  GetCallerIdentity: overCredentials(getCallerIdentity),
};

// https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
const textRules = [
  {
    member: 'roleArn',
    pattern: /^[\t\n\r -~\u0085\u00a0-\ud7ff\ue000-\ufffd]+$/u,
    shown: '[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u0085\\u00A0-\\uD7FF\\uE000-\\uFFFD\\u10000-\\u10FFFF]+',
    min: 20,
    max: 2048,
  },
  { member: 'roleSessionName', pattern: /^[\w+=,.@-]*$/, shown: '[\\w+=,.@-]*', min: 2, max: 64 },
  { member: 'externalId', pattern: /^[\w+=,.@:/-]*$/, shown: '[\\w+=,.@:\\/-]*', min: 2, max: 1224 },
  { member: 'sourceIdentity', pattern: /^[\w+=,.@-]*$/, shown: '[\\w+=,.@-]*', min: 2, max: 64 },
];
const hour = 3600;

function assumeRole(input: AssumeRoleRequest, context: CallContext): AssumeRoleResponse {
  validate(input);
  const { RoleArn: roleArn = '', RoleSessionName: sessionName = '', SourceIdentity: sourceIdentity } = input;
  const duration = input.DurationSeconds ?? hour;
  // A role's sessions last an hour at most unless the role says otherwise, and chained ones always.
  if (duration > hour) {
    const message = context.caller.session
      ? 'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining'
      : 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.';
    throw new AwsError('ValidationError', message);
  }
  const role = context.accounts.map((account) => account.role).find((candidate) => candidate.arn === roleArn);
  // STS tells a role that is missing, a trust policy that does not name the caller and a wrong external id alike.
  if (!role || (role.externalId !== '' && role.externalId !== input.ExternalId)) {
    throw refused(context, 'sts:AssumeRole', roleArn);
  }
  if (sourceIdentity !== undefined && role.allowsSourceIdentity === false) {
    throw refused(context, 'sts:SetSourceIdentity', roleArn);
  }
  const expiration = new Date(context.now.getTime() + duration * 1000);
  const { credentials, caller } = context.credentials.issue({
    roleArn,
    sessionName,
    sourceIdentity,
    expiration,
  });
  return {
    Credentials: {
      AccessKeyId: credentials.accessKeyId,
      SecretAccessKey: credentials.secretAccessKey,
      SessionToken: credentials.sessionToken,
      Expiration: expiration,
    },
    AssumedRoleUser: { AssumedRoleId: caller.userId, Arn: caller.arn },
    SourceIdentity: sourceIdentity,
  };
}

/** A trust policy's refusal names no reason, as one account is not told of another's policies. */
function refused({ caller }: CallContext, action: string, roleArn: string): AwsError {
  return commonFailure(
    'access-denied',
    `User: ${caller.arn} is not authorized to perform: ${action} on resource: ${roleArn}`,
  );
}

function validate(input: AssumeRoleRequest): void {
  const values: Record<string, string | undefined> = {
    roleArn: input.RoleArn,
    roleSessionName: input.RoleSessionName,
    externalId: input.ExternalId,
    sourceIdentity: input.SourceIdentity,
  };
  for (const { member, pattern, shown, min, max } of textRules) {
    const value = values[member];
    if (value === undefined && (member === 'roleArn' || member === 'roleSessionName')) {
      throw new AwsError(
        'ValidationError',
        `1 validation error detected: Value null at '${member}' failed to satisfy constraint: Member must not be null`,
      );
    }
    if (value === undefined) continue;
    if (value.length < min) invalid(value, member, `have length greater than or equal to ${min}`);
    if (value.length > max) invalid(value, member, `have length less than or equal to ${max}`);
    if (!pattern.test(value)) invalid(value, member, `satisfy regular expression pattern: ${shown}`);
  }
  const { DurationSeconds: duration = hour } = input;
  if (duration < 900) invalid(duration, 'durationSeconds', 'have value greater than or equal to 900');
  if (duration > 12 * hour) invalid(duration, 'durationSeconds', 'have value less than or equal to 43200');
  if (!/^arn:[^:]+:iam::\d{12}:role\/.+$/.test(input.RoleArn ?? '')) {
    throw new AwsError('ValidationError', `${input.RoleArn} is invalid`);
  }
  if (input.SourceIdentity?.toLowerCase().startsWith('aws:')) {
    throw new AwsError('ValidationError', 'SourceIdentity cannot begin with aws:');
  }
}

function invalid(value: unknown, member: string, constraint: string): never {
  throw new AwsError('ValidationError', validationMessage(value, member, constraint));
}

function getCallerIdentity(
  _input: GetCallerIdentityRequest,
  { caller }: CallContext,
): GetCallerIdentityResponse {
  return { UserId: caller.userId, Account: caller.account, Arn: caller.arn };
}
