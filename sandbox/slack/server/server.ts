import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type Core, noteUnexpected } from '../core.ts';
import { parseJson } from '../json.ts';
import { answerResponseUrl } from '../response-url.ts';
import { answerApiCall } from '../web-api/index.ts';
import { contentType, parseArgs, readBody, sendJson, uploadedContent } from './http-io.ts';
import type { Mode } from './mode.ts';
import { handleSim, simLog, simState } from './sim-api.ts';
import { sendStaticFile } from './static-files.ts';

interface Parts {
  core: Core;
  mode: Mode;
  pageDirectory: string;
}

/** The workspace's HTTP server, not yet listening: Web API, uploads, response URLs, the page and its API. */
export function createWorkspaceServer(parts: Parts): Server {
  return createServer((request, response) => {
    route(parts, request, response).catch((error: unknown) => {
      const detail = error instanceof Error ? error.stack : String(error);
      noteUnexpected(parts.core, { code: 'unknown_path', message: `${request.url} failed`, detail });
      if (!response.headersSent) sendJson(response, 500, { ok: false, error: 'internal_error', detail });
    });
  });
}

async function route(parts: Parts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { core, mode } = parts;
  const url = new URL(request.url ?? '/', core.url());
  const [, first = '', second = '', third = ''] = url.pathname.split('/');
  if (first === 'api') return api(core, request, response, second, url.searchParams);
  if (first === 'upload') return upload(core, request, response, third);
  if (first === 'response') return responseUrl(core, request, response, third);
  if (first === 'sim' && request.method === 'POST') {
    const body = parseJson((await readBody(request)).toString());
    const answer = await handleSim(core, mode, second, body);
    if (answer !== undefined) {
      sendJson(response, 200, answer);
      return;
    }
  }
  if (request.method === 'GET') {
    if (url.pathname === '/sim/state') {
      sendJson(response, 200, simState(core));
      return;
    }
    if (url.pathname === '/sim/log') {
      sendJson(response, 200, simLog(core));
      return;
    }
    if (url.pathname === '/sim/events') return stream(core, request, response);
    if (first === 'sim' && second === 'files') return download(core, response, third);
    if (await sendStaticFile(parts.pageDirectory, url.pathname, response)) return;
  }
  // Browsers ask for icons and the like by themselves; only the workspace's own addresses count.
  if (request.method !== 'GET' || ['api', 'sim', 'upload', 'response'].includes(first)) {
    noteUnexpected(core, { code: 'unknown_path', message: `${request.method} ${url.pathname}` });
  }
  sendJson(response, 404, { ok: false, error: 'not_found' });
}

async function api(
  core: Core,
  request: IncomingMessage,
  response: ServerResponse,
  method: string,
  query: URLSearchParams,
): Promise<void> {
  const args = parseArgs(request, await readBody(request), query);
  const bearer = /^Bearer (?<token>.+)$/i.exec(request.headers.authorization ?? '')?.groups?.token;
  const token = bearer ?? (typeof args.token === 'string' ? args.token : '');
  const answer = await answerApiCall(core, method, token, args);
  if (answer.kind === 'answer') sendJson(response, answer.status, answer.body, answer.headers);
}

async function upload(
  core: Core,
  request: IncomingMessage,
  response: ServerResponse,
  id: string,
): Promise<void> {
  const content = await uploadedContent(request, await readBody(request));
  const file = core.state.files.get(id);
  if (file === undefined || file.uploaded) {
    sendJson(response, 404, { ok: false, error: 'file_not_found' });
    return;
  }
  if (content.length !== file.size) {
    sendJson(response, 400, { ok: false, error: 'length_mismatch' });
    return;
  }
  Object.assign(file, { content, uploaded: true });
  if (/^text\/|json$/.test(file.mimetype))
    file.preview = content.toString().split('\n').slice(0, 20).join('\n');
  core.changes.touch();
  response.writeHead(200, { 'content-type': 'text/plain' });
  response.end(`OK - ${content.length}`);
}

async function responseUrl(
  core: Core,
  request: IncomingMessage,
  response: ServerResponse,
  id: string,
): Promise<void> {
  const body = (await readBody(request)).toString();
  const isForm = contentType(request) === 'application/x-www-form-urlencoded';
  const payload = parseJson(isForm ? (new URLSearchParams(body).get('payload') ?? '') : body);
  core.calls.push({ method: 'response_url', args: { id, payload }, at: core.clock.now() });
  const answer = answerResponseUrl(core, id, payload);
  const call = core.calls.at(-1);
  if (call !== undefined) call.response = answer.body;
  core.changes.touch();
  sendJson(response, answer.status, answer.body);
}

function stream(core: Core, request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-cache',
    connection: 'keep-alive',
  });
  response.write(': open\n\n');
  const unsubscribe = core.changes.subscribe((event) => {
    response.write(`data: ${JSON.stringify(event)}\n\n`);
  });
  request.on('close', unsubscribe);
}

function download(core: Core, response: ServerResponse, id: string): void {
  const file = core.state.files.get(id);
  if (file === undefined || !file.uploaded) {
    sendJson(response, 404, { ok: false, error: 'file_not_found' });
    return;
  }
  response.writeHead(200, {
    'content-type': file.mimetype,
    // An uploaded page must not run as one of the workspace's own.
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
    'content-security-policy': 'sandbox',
  });
  response.end(file.content);
}
