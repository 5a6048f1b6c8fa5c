import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { credentialScope } from './authenticate.ts';
import { layerAt } from './operations/ecr-layers.ts';
import { type Outcome, perform } from './perform.ts';
import type { CallRecord } from './record.ts';
import { dialogueOf, readBody } from './request.ts';
import { schemasOf, services } from './services.ts';
import type { EndpointState } from './state.ts';

/** Answers one HTTP request: finds the service it was signed for, performs the call, and records both. */
export async function answerRequest(
  state: EndpointState,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const requestId = randomUUID();
  const body = await readBody(request);
  if (!body) return;
  const layer = layerAt(state.accounts, request);
  if (layer !== undefined) {
    response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(layer);
    return;
  }
  const scope = credentialScope(request.headers);
  const service = scope && services[scope.service];
  if (!service) {
    refuseService(state, scope?.service, response);
    return;
  }
  const dialogue = dialogueOf(request, body, service, await schemasOf(service));
  const call: CallRecord = {
    service: service.prefix,
    operation: dialogue.operation,
    input: undefined,
    region: scope.region,
    accessKeyId: scope.accessKeyId,
    started: Date.now(),
  };
  state.calls.push(call);
  const gone = new AbortController();
  response.once('close', () => {
    if (call.ended === undefined) finish(call, 'ConnectionClosed');
    gone.abort();
  });
  const token = request.headers['x-amz-security-token'];
  const outcome = await perform(state, {
    service,
    scope,
    token,
    dialogue,
    body,
    requestId,
    call,
    gone: gone.signal,
  });
  deliver(outcome, response, call, requestId);
}

function refuseService(state: EndpointState, service: string | undefined, response: ServerResponse): void {
  const reason = service ? 'the sandbox does not speak this service' : 'the request is not signed';
  state.unexpected.push({ service: service ?? '', operation: '', reason });
  response.writeHead(400, { 'content-type': 'application/x-amz-json-1.1' });
  response.end(JSON.stringify({ __type: 'UnknownOperationException', message: reason }));
}

function deliver(outcome: Outcome, response: ServerResponse, call: CallRecord, requestId: string): void {
  // Nothing is left to say to a client that went away while the call was in work.
  if (call.ended !== undefined) return;
  if (outcome.kind === 'hang') return;
  if (outcome.kind === 'cut') {
    finish(call, outcome.error);
    response.destroy();
    return;
  }
  const { status, headers, body } = outcome.answer;
  finish(call, outcome.error);
  response.writeHead(status, {
    ...headers,
    'x-amzn-requestid': requestId,
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
}

function finish(call: CallRecord, error: string | undefined): void {
  call.ended = Date.now();
  if (error !== undefined) call.error = error;
}
