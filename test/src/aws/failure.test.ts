import { describe, expect, it } from 'vitest';
import { AwsFailure, attribute, failureOf, type Reason, refusedAction } from '#src/aws/failure.ts';

const call = { service: 'ecs', operation: 'DescribeTasks', input: {} };

function thrown(name: string, message = '', more: object = {}): Error {
  return Object.assign(new Error(message), { name }, more);
}

const coded = (code: string, message = '') => Object.assign(new Error(message), { code });
const status = (httpStatusCode: number) => ({ $metadata: { httpStatusCode } });
const user = 'User: arn:aws:sts::222222222222:assumed-role/ecs-sleuth/U1';

describe('what AWS and the network throw', () => {
  it.each<[unknown, Reason]>([
    [
      thrown('AccessDeniedException', `${user} is not authorized to perform: ecs:DescribeTasks`),
      'AccessDenied',
    ],
    [thrown('AccessDenied'), 'AccessDenied'],
    [thrown('UnauthorizedOperation', 'You are not authorized to perform this operation.'), 'AccessDenied'],
    [thrown('ClientException', `${user} is not authorized to perform: ecs:DescribeTasks`), 'AccessDenied'],
    [thrown('403', 'UnknownError', status(403)), 'AccessDenied'],
    [thrown('ThrottlingException', 'Rate exceeded'), 'Throttled'],
    [thrown('Throttling'), 'Throttled'],
    [thrown('RequestLimitExceeded', 'Request limit exceeded.', status(503)), 'Throttled'],
    [thrown('TooManyRequestsException'), 'Throttled'],
    [thrown('Anything', '', { $retryable: { throttling: true } }), 'Throttled'],
    [thrown('429', '', status(429)), 'Throttled'],
    [thrown('ExpiredTokenException'), 'Credentials'],
    [thrown('ExpiredToken'), 'Credentials'],
    [thrown('RequestExpired'), 'Credentials'],
    [thrown('UnrecognizedClientException'), 'Credentials'],
    [thrown('InvalidClientTokenId'), 'Credentials'],
    [thrown('AuthFailure'), 'Credentials'],
    [thrown('InvalidSignatureException'), 'Credentials'],
    [thrown('CredentialsProviderError', 'Could not load credentials from any providers'), 'Credentials'],
    [thrown('TimeoutError'), 'Timeout'],
    [thrown('AbortError', 'Request aborted'), 'Timeout'],
    [AbortSignal.abort().reason, 'Timeout'],
    [coded('ETIMEDOUT'), 'Timeout'],
    [thrown('504', '', status(504)), 'Timeout'],
    [coded('ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:443'), 'Unreachable'],
    [
      Object.assign(new AggregateError([coded('ECONNREFUSED', 'connect ECONNREFUSED ::1:443')]), {
        code: 'ECONNREFUSED',
      }),
      'Unreachable',
    ],
    [coded('ENOTFOUND', 'getaddrinfo ENOTFOUND ecs.xx-east-1.amazonaws.com'), 'Unreachable'],
    [coded('EAI_AGAIN'), 'Unreachable'],
    [coded('ECONNRESET', 'socket hang up'), 'Unreachable'],
    [coded('SELF_SIGNED_CERT_IN_CHAIN'), 'Unreachable'],
    [coded('UNABLE_TO_VERIFY_LEAF_SIGNATURE'), 'Unreachable'],
    [coded('ERR_TLS_CERT_ALTNAME_INVALID'), 'Unreachable'],
    [thrown('ClusterNotFoundException', 'Cluster not found.'), 'NotFound'],
    [thrown('TargetGroupNotFound'), 'NotFound'],
    [thrown('NoSuchEntityException'), 'NotFound'],
    [thrown('InvalidGroup.NotFound'), 'NotFound'],
    [thrown('ClientException', 'Unable to describe task definition.'), 'NotFound'],
    [thrown('ServerException', 'Service Unavailable', status(500)), 'Failed'],
    [thrown('InvalidParameterException', 'taskId length should be one of [32,36]'), 'Failed'],
    [thrown('500', 'UnknownError', status(500)), 'Failed'],
    [new SyntaxError('Unexpected token < in JSON at position 0'), 'Failed'],
    [
      new Error(
        '@aws-sdk XML parse error: unexpected content.\n  Deserialization error: to see the raw response, inspect the hidden field',
      ),
      'Failed',
    ],
    [undefined, 'Failed'],
    [null, 'Failed'],
    ['a text', 'Failed'],
    [{ message: 'no error at all' }, 'Failed'],
  ])('%o is %s', (error, reason) => {
    const failure = failureOf(error, call);
    expect(failure.reason).toBe(reason);
    expect(failure.message).toContain('ecs:DescribeTasks');
    expect(failure.name).not.toBe('');
  });
});

describe('a refusal', () => {
  it('names the action that AWS says was refused, not the one that was called', () => {
    const error = thrown(
      'AccessDeniedException',
      `${user} is not authorized to perform: kms:Decrypt on resource: arn`,
    );
    expect(failureOf(error, call).action).toBe('kms:Decrypt');
  });

  it('names the call where AWS names nothing', () => {
    expect(failureOf(thrown('AccessDenied'), call).action).toBe('ecs:DescribeTasks');
  });

  it('leaves out the encoded message, which nobody can read', () => {
    const message = `You are not authorized. ${user} is not authorized to perform: ec2:DescribeSubnets because no identity-based policy allows it. Encoded authorization failure message: ${'x'.repeat(900)}`;
    const failure = failureOf(thrown('UnauthorizedOperation', message));
    expect(failure.message).not.toContain('xxx');
    expect(refusedAction(failure.message)).toBe('ec2:DescribeSubnets');
  });
});

it('the call of an error is known wherever the error ends up', () => {
  const error = thrown('AccessDenied');
  attribute(error, call);
  attribute(error, { ...call, operation: 'ListTasks' });
  expect(failureOf(error).action).toBe('ecs:DescribeTasks');
});

it('a failure that was found here is passed on as it is', () => {
  const failure = {
    reason: 'Credentials',
    name: 'WrongAccount',
    message: 'no',
    fix: 'do',
    action: 'sts:AssumeRole',
  } as const;
  expect(failureOf(new AwsFailure(failure), call)).toEqual(failure);
});
