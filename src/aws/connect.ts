import { randomUUID } from 'node:crypto';
import { type Answers, isShared } from './answers.ts';
import type { Aws, Call, CallObserver } from './aws.ts';
import type { Budget, Place } from './budget.ts';
import type { Clients } from './clients.ts';
import { AwsFailure, attribute, failureOf, iamAction } from './failure.ts';
import type { Flights, Stage } from './flights.ts';
import { type Credentials, type ServiceName, services } from './services.ts';

/** Milliseconds until a call is given up, all its attempts together. */
const patience = 5_000;
/** Calls that search or compute, and may rightly take longer. */
const patienceFor: Partial<Record<string, number>> = {
  'logs:FilterLogEvents': 15_000,
  'logs:StartQuery': 10_000,
  'iam:SimulatePrincipalPolicy': 10_000,
  'cloudtrail:LookupEvents': 10_000,
  'cloudwatch:GetMetricData': 10_000,
  'cloudwatch:GetMetricWidgetImage': 10_000,
};

/** What every session of the process has in common. */
export interface Shared {
  answers: Answers;
  flights: Flights;
  budget: Budget;
}

export interface Connection extends Place {
  environment: string;
  clients: Clients;
  /** Called before each call, so that a refused role is told of as itself and not as a failed call. */
  credentials(): Promise<Credentials>;
  /** Called when AWS does not take the credentials any more, so that the next question brings new ones. */
  forget(): void;
}

/** Handles for calls that report to this observer. */
export function connect(connection: Connection, shared: Shared, observer: CallObserver): Aws {
  const handle = (service: ServiceName) =>
    new Proxy(
      {},
      {
        get(_target, method) {
          // Whatever is awaited is asked for its `then`.
          if (typeof method !== 'string' || method === 'then') return undefined;
          return (input: unknown) => ask(connection, shared, observer, service, method, input);
        },
      },
    );
  const names = Object.keys(services) as ServiceName[];
  return Object.fromEntries(names.map((service) => [service, handle(service)])) as unknown as Aws;
}

async function ask(
  connection: Connection,
  { answers, flights, budget }: Shared,
  observer: CallObserver,
  service: ServiceName,
  method: string,
  input: unknown,
): Promise<unknown> {
  const operation = method.charAt(0).toUpperCase() + method.slice(1);
  const call: Call = { service: services[service].prefix, operation, input };
  const key = keyOf(connection, call);
  // What somebody else has asked is given only to those whom AWS lets in themselves.
  if (answers.get(key) !== undefined || flights.has(key)) await letIn(connection, call, observer.signal);
  const kept = answers.get(key);
  if (kept) return kept.value;

  const begin = async (signal: AbortSignal, enter: (stage: Stage) => void) => {
    // The method first: a misspelt one is a mistake here, and no reason to ask anybody for credentials.
    const send = await connection.clients.method(service, connection.region, method);
    await connection.credentials();
    enter('turn');
    await budget.take(connection, iamAction(call), signal);
    enter('answer');
    const value = await within(call, signal, (abortSignal) => send(input, { abortSignal }));
    answers.put(key, call, value);
    return value;
  };

  // A call that is under way for somebody else is theirs, not a further one.
  const ended = flights.has(key) ? undefined : observer.started(call);
  try {
    const value = await flights.share(key, begin, observer.signal, (stage) =>
      outOfTime(connection, call, stage),
    );
    ended?.({});
    return value;
  } catch (error) {
    attribute(error, call);
    if (failureOf(error).reason === 'Credentials') connection.forget();
    ended?.({ error });
    throw error;
  }
}

/** Resolves when this identity has a session of its own. @throws as the call itself would without one */
async function letIn(connection: Connection, call: Call, signal: AbortSignal | undefined): Promise<void> {
  const late = new Promise<never>((_resolve, reject) => {
    const give = () => reject(outOfTime(connection, call, 'session'));
    if (signal?.aborted) give();
    else signal?.addEventListener('abort', give, { once: true });
  });
  try {
    await Promise.race([connection.credentials(), late]);
  } catch (error) {
    attribute(error, call);
    throw error;
  }
}

/** What is not shared has a key that no other call has: of two who begin the same query, each can end only their own. */
function keyOf({ environment, region }: Connection, call: Call): string {
  if (!isShared(call)) return randomUUID();
  return `${environment} ${region} ${iamAction(call)} ${JSON.stringify(call.input)}`;
}

/** The SDK's own request timeout leaves a hung call alone, an abort signal does not. */
async function within(
  call: Call,
  signal: AbortSignal,
  send: (signal: AbortSignal) => Promise<unknown>,
): Promise<unknown> {
  const action = iamAction(call);
  const limit = patienceFor[action] ?? patience;
  const tooLong = new AbortController();
  const timer = setTimeout(() => tooLong.abort(), limit);
  try {
    return await send(AbortSignal.any([signal, tooLong.signal]));
  } catch (error) {
    if (!tooLong.signal.aborted) throw error;
    const message = `${action} was not answered within ${limit / 1000} seconds`;
    throw new AwsFailure({ reason: 'Timeout', name: 'TimeoutError', message }, error);
  } finally {
    clearTimeout(timer);
  }
}

function outOfTime({ environment, account, region }: Connection, call: Call, stage: Stage): AwsFailure {
  const action = iamAction(call);
  if (stage !== 'turn') {
    const message =
      stage === 'answer'
        ? `${action} was not answered before the time for this question was up`
        : `${action} was not asked: the session for environment ${environment} was not there before the time for this question was up`;
    return new AwsFailure({ reason: 'Timeout', name: 'TimeoutError', message });
  }
  const message =
    `${action} did not get its turn before the time for this question was up: ecs-sleuth keeps to a quarter of ` +
    `the rate that AWS allows account ${account} in ${region}`;
  return new AwsFailure({ reason: 'Throttled', name: 'BudgetExceeded', message });
}
