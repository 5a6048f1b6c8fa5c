import { setTimeout } from 'node:timers/promises';
import { accountFor, type CredentialScope, deniedMessage, identify } from './authenticate.ts';
import type { Caller } from './credentials.ts';
import { AwsError, commonFailure, type ErrorDialect, NotInSandbox } from './errors.ts';
import { type Fault, withValueAt } from './faults.ts';
import type { Operation } from './operations/operation.ts';
import type { CallRecord } from './record.ts';
import type { Dialogue } from './request.ts';
import { operationSchema, type Schemas, type ServiceDefinition, schemasOf } from './services.ts';
import type { EndpointState } from './state.ts';
import { type OperationSchema, toWireError, type WireAnswer } from './wire/wire.ts';
import type { Account } from './world.ts';

/** A request whose service and operation are known. */
export interface Arrival {
  service: ServiceDefinition;
  scope: CredentialScope;
  token: string | string[] | undefined;
  dialogue: Dialogue;
  body: Uint8Array;
  requestId: string;
  /** Filled in as more becomes known. */
  call: CallRecord;
  /** Aborted when the connection closes, so that no delay outlives its client. */
  gone: AbortSignal;
}

/** What becomes of the connection. */
export type Outcome =
  | { kind: 'answer'; answer: WireAnswer; error?: string }
  | { kind: 'cut'; error: string }
  | { kind: 'hang' };

/** Performs a call and puts its answer or its error into the service's words. Throws nothing. */
export async function perform(state: EndpointState, arrival: Arrival): Promise<Outcome> {
  const schemas = await schemasOf(arrival.service);
  try {
    return await answer(state, arrival, schemas);
  } catch (error) {
    if (arrival.gone.aborted) return { kind: 'hang' };
    return refusal(state, arrival, schemas, error);
  }
}

async function answer(state: EndpointState, arrival: Arrival, schemas: Schemas): Promise<Outcome> {
  const { service, dialogue, call, requestId } = arrival;
  const { schema, operation } = findOperation(service, schemas, dialogue.operation);
  call.input = await dialogue.wire.read(schema, arrival.body);
  if (state.faults.latency > 0) await setTimeout(state.faults.latency, undefined, { signal: arrival.gone });
  const { caller, account } = admit(state, arrival);
  const action = `${call.service}:${call.operation}`;
  const resource = operation.resource(call.input, account);
  const deny = (fault: { resource?: string; explicit?: boolean }) =>
    denied(caller, action, fault.resource ?? resource, dialogue.dialect, fault.explicit);
  if (!account && service.scope !== 'none') throw deny({});
  for (const also of operation.alsoNeeds ?? [])
    if (isRefused(state, also, account)) throw denied(caller, also, '*', dialogue.dialect, undefined);
  if (account?.role.allows && !account.role.allows.includes(action)) {
    const reason = 'the policy of the role does not allow it';
    state.unexpected.push({ service: call.service, operation: call.operation, reason });
    throw deny({});
  }
  const faults = state.faults.meet(action, call.account);
  const broken = await suffer(faults, deny, arrival.gone);
  if (broken) return broken;
  const output = await operation.run(call.input, {
    caller,
    account,
    accounts: state.accounts,
    credentials: state.credentials,
    now: state.now(),
    url: state.url,
  });
  return { kind: 'answer', answer: dialogue.wire.write(schema, withPuts(output, faults), requestId) };
}

function findOperation(
  service: ServiceDefinition,
  schemas: Schemas,
  name: string,
): { schema: OperationSchema; operation: Operation } {
  const schema = operationSchema(schemas, name);
  const operation = Object.hasOwn(service.operations, name) ? service.operations[name] : undefined;
  if (!schema) throw new NotInSandbox('the service has no such operation');
  if (!operation) throw new NotInSandbox('the sandbox does not have this operation');
  return { schema, operation };
}

/** Finds out who calls and on which account; base credentials that may only call STS have none. */
function admit(state: EndpointState, arrival: Arrival): { caller: Caller; account: Account | undefined } {
  const { service, scope, call } = arrival;
  const caller = identify(scope, arrival.token, state.credentials, state.now());
  call.account = caller.account;
  call.sessionName = caller.session?.name;
  call.sourceIdentity = caller.session?.sourceIdentity;
  if (service.scope === 'none' || !caller.reads) return { caller, account: undefined };
  return { caller, account: accountFor(caller, scope, service.scope === 'global', state.accounts) };
}

function isRefused(state: EndpointState, action: string, account: Account | undefined): boolean {
  if (account?.role.allows && !account.role.allows.includes(action)) return true;
  return state.faults.meet(action, account?.id).some(({ kind }) => kind === 'deny');
}

async function suffer(
  faults: readonly Fault[],
  deny: (fault: { resource?: string; explicit?: boolean }) => AwsError,
  gone: AbortSignal,
): Promise<Outcome | undefined> {
  for (const fault of faults) {
    switch (fault.kind) {
      case 'delay':
        await setTimeout(fault.ms, undefined, { signal: gone });
        break;
      case 'deny':
        throw deny(fault);
      case 'throttle':
        throw commonFailure('throttled', 'Rate exceeded');
      case 'error':
        throw new AwsError(fault.name, fault.message);
      case 'hang':
        return { kind: 'hang' };
      case 'cut':
        return { kind: 'cut', error: 'ConnectionCut' };
      case 'status':
        return bare(fault.status, '', `Status${fault.status}`);
      case 'garbage':
        return bare(200, '<html>not an answer', 'Garbage');
      case 'put':
        break;
    }
  }
  return undefined;
}

function bare(status: number, body: string, error: string): Outcome {
  return { kind: 'answer', answer: { status, headers: { 'content-type': 'text/html' }, body }, error };
}

function withPuts(output: unknown, faults: readonly Fault[]): unknown {
  return faults.reduce(
    (answer, fault) => (fault.kind === 'put' ? withValueAt(answer, fault.path, fault.value) : answer),
    output,
  );
}

function denied(
  caller: Caller,
  action: string,
  resource: string,
  dialect: ErrorDialect,
  explicit: boolean | undefined,
): AwsError {
  // The services of the query protocol do not name a resource where the action has none.
  const shown = resource === '*' && dialect !== 'json' && dialect !== 'rest' ? undefined : resource;
  const message = deniedMessage(caller, action, shown, explicit);
  const opening = dialect === 'ec2' ? 'You are not authorized to perform this operation. ' : '';
  return commonFailure('access-denied', opening + message);
}

function refusal(state: EndpointState, arrival: Arrival, schemas: Schemas, thrown: unknown): Outcome {
  const { dialogue, call, requestId } = arrival;
  const error = thrown instanceof AwsError ? thrown : unexpected(state, call, thrown);
  const wireError = toWireError(error, dialogue.dialect, schemas);
  return { kind: 'answer', answer: dialogue.wire.writeError(wireError, requestId), error: wireError.code };
}

/** Remembers what the sandbox could not do: an empty success in its place would let a test pass that proves nothing. */
function unexpected(state: EndpointState, call: CallRecord, thrown: unknown): AwsError {
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  state.unexpected.push({ service: call.service, operation: call.operation, reason });
  return thrown instanceof NotInSandbox
    ? commonFailure('unknown-operation', reason)
    : commonFailure('internal', reason);
}
