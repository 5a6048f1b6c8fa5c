import type { Call } from './aws.ts';

export type Reason =
  | 'AccessDenied'
  | 'Throttled'
  | 'Timeout'
  | 'Unreachable'
  | 'NotFound'
  | 'Credentials'
  | 'Failed';

/** Why a call gave no answer, in words that can be shown. */
export interface Failure {
  reason: Reason;
  /** The IAM action that is missing. */
  action?: string;
  /** AWS's or Node's name of the error. */
  name: string;
  message: string;
  /** What somebody has to change, where that is known: a trust statement, a line of the configuration. */
  fix?: string;
}

/** A failure that this program found itself: no turn in the budget, no credentials, no time left. */
export class AwsFailure extends Error implements Failure {
  readonly reason: Reason;
  readonly action?: string;
  readonly fix?: string;
  constructor(failure: Failure, cause?: unknown) {
    super(failure.message, cause === undefined ? undefined : { cause });
    this.name = failure.name;
    this.reason = failure.reason;
    if (failure.action !== undefined) this.action = failure.action;
    if (failure.fix !== undefined) this.fix = failure.fix;
  }
}

const origins = new WeakMap<object, Call>();

/** Remembers which call an error came of, so that `failureOf` knows it even where the caller does not. */
export function attribute(error: unknown, call: Call): void {
  if (typeof error === 'object' && error !== null && !origins.has(error)) origins.set(error, call);
}

/** The IAM action that allows a call. Almost always the operation's own name under the service's prefix. */
export function iamAction(call: Pick<Call, 'service' | 'operation'>): string {
  return `${call.service}:${call.operation}`;
}

/**
 * Sorts whatever a call threw: AWS's errors by their names in every protocol, Node's by their codes, aborts,
 * answers that are none. Never throws.
 *
 * @param call what was called; when absent, the call that the error was seen at
 */
export function failureOf(error: unknown, call?: Call): Failure {
  if (error instanceof AwsFailure) return plain(error);
  const seen = read(error);
  const origin = call ?? (typeof error === 'object' && error !== null ? origins.get(error) : undefined);
  const reason = reasonOf(seen);
  const what = origin ? iamAction(origin) : 'AWS';
  const failure: Failure = { reason, name: seen.name, message: sentence(reason, what, seen) };
  if (reason === 'AccessDenied') {
    const action = refusedAction(seen.message) ?? (origin ? iamAction(origin) : undefined);
    if (action !== undefined) failure.action = action;
  }
  return failure;
}

/** The action that AWS's message says was refused. Resource policies and SCPs name it in the same form. */
export function refusedAction(message: string): string | undefined {
  return /not authorized to perform: ?([\w-]+:\w+)/i.exec(message)?.[1];
}

interface Seen {
  name: string;
  code: string;
  message: string;
  status: number | undefined;
  throttling: boolean;
  undecodable: boolean;
}

function read(error: unknown): Seen {
  const holder: Record<string, unknown> = typeof error === 'object' && error !== null ? { ...error } : {};
  const own = error instanceof Error ? { name: error.name, message: error.message } : undefined;
  // Node joins the attempts on a host's several addresses into one error whose message is empty.
  const attempts = error instanceof AggregateError ? error.errors.map((one) => textOf(one?.message)) : [];
  const name = own?.name ?? textOf(holder.name);
  const code = textOf(holder.code) || textOf(holder.Code);
  const metadata = holder.$metadata as { httpStatusCode?: unknown } | undefined;
  const status = typeof metadata?.httpStatusCode === 'number' ? metadata.httpStatusCode : undefined;
  const retryable = holder.$retryable as { throttling?: unknown } | undefined;
  const message = (own?.message ?? textOf(holder.message)) || attempts.join('; ') || '';
  return {
    name: (name === '' || name === 'Error' || name === 'AggregateError' ? code : name) || name || 'Error',
    code,
    message: tidy(message || (error === undefined || typeof error === 'object' ? '' : String(error))),
    status,
    throttling: retryable?.throttling === true,
    undecodable:
      error instanceof SyntaxError ||
      /deserialization error|unexpected (?:end|token)|not valid json/i.test(message),
  };
}

const throttled =
  /throttl|^(?:RequestLimitExceeded|TooManyRequests(?:Exception)?|SlowDown|BandwidthLimitExceeded|PriorRequestNotComplete|LimitExceededException|ProvisionedThroughputExceededException)$/i;
const denied =
  /^(?:Client\.)?(?:AccessDenied|Unauthorized(?:Operation|Access)|NotAuthorized|AuthorizationError|Forbidden)/i;
// AWS answers a key that is unknown, expired, wrongly signed or used in a region that is switched off in many ways.
const credentials =
  /^(?:ExpiredToken|RequestExpired|InvalidClientTokenId|InvalidAccessKeyId|UnrecognizedClient|InvalidSignature|SignatureDoesNotMatch|IncompleteSignature|MissingAuthenticationToken|InvalidToken|AuthFailure|OptInRequired|NotSignedUp|SubscriptionRequired|RequestTimeTooSkewed|CredentialsProviderError|TokenProviderError|CredentialsError)/i;
const timedOut =
  /^(?:TimeoutError|AbortError|RequestTimeout(?:Exception)?|ETIMEDOUT|ESOCKETTIMEDOUT|UND_ERR_\w*TIMEOUT)$/i;
const unreachable =
  /^(?:ECONN(?:REFUSED|RESET|ABORTED)|ENOTFOUND|EAI_\w+|EPIPE|E(?:HOST|NET)(?:UNREACH|DOWN)|EADDRNOTAVAIL|EPROTO|ERR_(?:TLS|SSL|SOCKET)_\w+|CERT_\w+|(?:DEPTH_ZERO_)?SELF_SIGNED_\w+|UNABLE_TO_\w+|UND_ERR_SOCKET)$/i;
const missing = /NotFound|^NoSuch|DoesNotExist|Unknown(?:Cluster|Service)/i;

function reasonOf({ name, code, message, status, throttling, undecodable }: Seen): Reason {
  const named = (pattern: RegExp) => pattern.test(name) || pattern.test(code);
  if (throttling || named(throttled) || status === 429) return 'Throttled';
  if (named(denied) || /is not authorized to perform: /i.test(message)) return 'AccessDenied';
  if (named(credentials)) return 'Credentials';
  if (named(timedOut) || status === 408 || status === 504) return 'Timeout';
  if (named(unreachable)) return 'Unreachable';
  // ECS has no error of its own for a task definition that is not there.
  if (named(missing) || /unable to describe task definition/i.test(message)) return 'NotFound';
  if (status === 403 && !undecodable) return 'AccessDenied';
  return 'Failed';
}

function sentence(reason: Reason, what: string, { name, message, status, undecodable }: Seen): string {
  const said = message === '' || message === name ? name : message;
  switch (reason) {
    case 'AccessDenied':
      return `${what} was refused: ${said}`;
    case 'Throttled':
      return `${what} was throttled by AWS: ${said}`;
    case 'Timeout':
      return `${what} was not answered in time`;
    case 'Unreachable':
      return `${what} could not be reached: ${said}`;
    case 'NotFound':
      return `${what} found nothing: ${said}`;
    case 'Credentials':
      return `${what} did not accept the credentials (${name}): ${said}`;
    case 'Failed':
      if (undecodable) return `${what} was answered with something that cannot be read${statusNote(status)}`;
      return `${what} failed (${name}${status === undefined ? '' : `, HTTP ${status}`}): ${said}`;
  }
}

function statusNote(status: number | undefined): string {
  return status === undefined ? '' : ` (HTTP ${status})`;
}

// The encoded message is up to kilobytes long and can only be read with a further permission; the SDK's hint
// about the raw response is meant for its own users.
function tidy(message: string): string {
  return message
    .replace(/\s*Encoded authorization failure message:.*$/is, '')
    .replace(/\s*Deserialization error: to see the raw response.*$/is, '')
    .replace(/\s+/g, ' ')
    .trim();
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function plain({ reason, action, name, message, fix }: AwsFailure): Failure {
  return {
    reason,
    name,
    message,
    ...(action !== undefined && { action }),
    ...(fix !== undefined && { fix }),
  };
}
