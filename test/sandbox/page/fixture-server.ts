import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Stands in for the workspace simulator: serves the page, one state, and answers that a test sets; records what the
 * page posted. It knows nothing of Slack's rules, so these tests are about the page alone.
 */

const ROOT = fileURLToPath(new URL('../../../sandbox/slack/page/', import.meta.url));

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
};

export interface Post {
  path: string;
  body: Record<string, unknown>;
}

export type Responder = (body: Record<string, unknown>) => unknown;

export interface FixtureServer {
  address: string;
  /** Everything that the page sent, oldest first. */
  posts: Post[];
  /** Forgets what a test set or caused, and serves this state and these files from now on. */
  reset(state: unknown, files: Record<string, string>): void;
  /** Resolves once a page follows the events. */
  followed(): Promise<void>;
  /** Sends an event to every open page. */
  emit(event: Record<string, unknown>): void;
  /** Answers for a path below `/sim/`; without one the answer is `{ok: true}`. A promise keeps the page waiting. */
  respond(path: string, responder: Responder): void;
  close(): Promise<void>;
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
}

async function sendStatic(path: string, response: ServerResponse): Promise<void> {
  const file = normalize(path === '/' ? '/index.html' : path);
  try {
    const content = await readFile(`${ROOT}${file}`);
    response
      .writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' })
      .end(content);
  } catch {
    response.writeHead(404).end();
  }
}

function sendJson(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

/** Starts on a free port. */
export async function startFixture(): Promise<FixtureServer> {
  let state: unknown;
  let files: Record<string, string> = {};
  const streams = new Set<ServerResponse>();
  const responders = new Map<string, Responder>();
  const posts: Post[] = [];
  let first = Promise.withResolvers<void>();

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    if (pathname === '/sim/state') return sendJson(response, state);
    if (pathname.startsWith('/sim/files/')) {
      const content = files[pathname.slice('/sim/files/'.length)];
      response.writeHead(content === undefined ? 404 : 200, { 'content-type': 'text/plain' }).end(content);
      return;
    }
    if (pathname === '/sim/events') {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      response.write(': open\n\n');
      streams.add(response);
      first.resolve();
      response.on('close', () => streams.delete(response));
      return;
    }
    if (!pathname.startsWith('/sim/')) return sendStatic(pathname, response);
    const path = pathname.slice('/sim/'.length);
    const body = await bodyOf(request);
    posts.push({ path, body });
    sendJson(response, (await responders.get(path)?.(body)) ?? { ok: true });
  }

  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.writeHead(500).end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}/`,
    posts,
    reset(newState, newFiles) {
      state = newState;
      files = newFiles;
      first = Promise.withResolvers<void>();
      responders.clear();
      posts.length = 0;
    },
    followed: () => first.promise,
    emit(event) {
      for (const stream of streams) stream.write(`data: ${JSON.stringify(event)}\n\n`);
    },
    respond: (path, responder) => void responders.set(path, responder),
    async close() {
      for (const stream of streams) stream.end();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
