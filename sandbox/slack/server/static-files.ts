import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.json': 'application/json',
};

/** Sends a file of the page's folder. False when there is none; paths cannot leave the folder. */
export async function sendStaticFile(
  directory: string,
  pathname: string,
  response: ServerResponse,
): Promise<boolean> {
  const relative = normalize(decodeURIComponent(pathname === '/' ? '/index.html' : pathname));
  const type = TYPES[extname(relative)];
  if (type === undefined) return false;
  let content: Buffer;
  try {
    content = await readFile(join(directory, relative));
  } catch {
    return false;
  }
  response.writeHead(200, { 'content-type': type, 'cache-control': 'no-cache' });
  response.end(content);
  return true;
}
