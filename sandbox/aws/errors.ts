/**
 * Failures that every AWS service has, whose name and status on the wire depend on the service's protocol.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html and the services' own
 * "Common errors" pages.
 */
export type CommonFailure =
  | 'access-denied'
  | 'throttled'
  | 'unknown-key'
  | 'expired-key'
  | 'missing-key'
  | 'wrong-region'
  | 'unknown-operation'
  | 'internal';

/** How a service writes its errors: JSON and CBOR alike, REST-JSON, the query protocol and REST-XML alike, or EC2's own dialect. */
export type ErrorDialect = 'json' | 'rest' | 'rest-xml' | 'query' | 'ec2';

/** What an operation or the endpoint refuses with: AWS's name of the error, or a failure common to all services. */
export class AwsError extends Error {
  readonly code: string;
  readonly common: CommonFailure | undefined;

  constructor(code: string, message: string, common?: CommonFailure) {
    super(message);
    this.name = code;
    this.code = code;
    this.common = common;
  }
}

/** Something AWS can do and the sandbox cannot: an answer would be a lie, so the endpoint remembers it. */
export class NotInSandbox extends Error {}

export function commonFailure(failure: CommonFailure, message: string): AwsError {
  return new AwsError(failure, message, failure);
}

interface WireName {
  code: string;
  status: number;
}

/** Failures of REST-XML carry the names of the query protocol. */
const wireNames: Record<CommonFailure, Record<Exclude<ErrorDialect, 'rest-xml'>, WireName>> = {
  'access-denied': {
    json: { code: 'AccessDeniedException', status: 400 },
    rest: { code: 'AccessDeniedException', status: 403 },
    query: { code: 'AccessDenied', status: 403 },
    ec2: { code: 'UnauthorizedOperation', status: 403 },
  },
  throttled: {
    json: { code: 'ThrottlingException', status: 400 },
    rest: { code: 'ThrottlingException', status: 429 },
    query: { code: 'Throttling', status: 400 },
    ec2: { code: 'RequestLimitExceeded', status: 503 },
  },
  'unknown-key': {
    json: { code: 'UnrecognizedClientException', status: 400 },
    rest: { code: 'UnrecognizedClientException', status: 403 },
    query: { code: 'InvalidClientTokenId', status: 403 },
    ec2: { code: 'AuthFailure', status: 401 },
  },
  'expired-key': {
    json: { code: 'ExpiredTokenException', status: 400 },
    rest: { code: 'ExpiredTokenException', status: 403 },
    query: { code: 'ExpiredToken', status: 403 },
    ec2: { code: 'RequestExpired', status: 400 },
  },
  'missing-key': {
    json: { code: 'MissingAuthenticationTokenException', status: 400 },
    rest: { code: 'MissingAuthenticationTokenException', status: 403 },
    query: { code: 'MissingAuthenticationToken', status: 403 },
    ec2: { code: 'MissingAuthenticationToken', status: 403 },
  },
  'wrong-region': {
    json: { code: 'InvalidSignatureException', status: 400 },
    rest: { code: 'InvalidSignatureException', status: 403 },
    query: { code: 'SignatureDoesNotMatch', status: 403 },
    ec2: { code: 'AuthFailure', status: 401 },
  },
  'unknown-operation': {
    json: { code: 'UnknownOperationException', status: 400 },
    rest: { code: 'UnknownOperationException', status: 404 },
    query: { code: 'InvalidAction', status: 400 },
    ec2: { code: 'InvalidAction', status: 400 },
  },
  internal: {
    json: { code: 'InternalFailure', status: 500 },
    rest: { code: 'InternalFailure', status: 500 },
    query: { code: 'InternalFailure', status: 500 },
    ec2: { code: 'InternalError', status: 500 },
  },
};

/** The name and HTTP status that a service of this dialect gives a common failure. */
export function wireName(failure: CommonFailure, dialect: ErrorDialect): WireName {
  return wireNames[failure][dialect === 'rest-xml' ? 'query' : dialect];
}

/** The constraint texts of AWS's request validation, which name the member in lower camel case. */
export function validationMessage(value: unknown, member: string, constraint: string): string {
  return `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: Member must ${constraint}`;
}
