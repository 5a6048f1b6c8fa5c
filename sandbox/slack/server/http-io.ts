import type { IncomingMessage, ServerResponse } from 'node:http';
import { isObject, parseJson } from '../json.ts';

export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts);
}

/** Arguments of a Web API call, from a form or a JSON body and from the query. */
export function parseArgs(
  request: IncomingMessage,
  body: Buffer,
  query: URLSearchParams,
): Record<string, unknown> {
  const args: Record<string, unknown> = Object.fromEntries(query);
  if (contentType(request) === 'application/json') {
    const parsed = parseJson(body.toString());
    return { ...args, ...(isObject(parsed) ? parsed : {}) };
  }
  return { ...args, ...Object.fromEntries(new URLSearchParams(body.toString())) };
}

export function contentType(request: IncomingMessage): string {
  return (request.headers['content-type'] ?? '').split(';')[0]?.trim() ?? '';
}

/** The bytes of an upload: the one part of a multipart body, or the body itself. */
export async function uploadedContent(request: IncomingMessage, body: Buffer): Promise<Buffer> {
  if (contentType(request) !== 'multipart/form-data') return body;
  const headers = { 'content-type': request.headers['content-type'] ?? '' };
  const form = await new Response(new Uint8Array(body), { headers }).formData();
  for (const part of form.values()) {
    if (typeof part !== 'string') return Buffer.from(await part.arrayBuffer());
    return Buffer.from(part);
  }
  return Buffer.alloc(0);
}

export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(JSON.stringify(body));
}
