import { createServer, type Server, type ServerResponse } from 'node:http';

/** 200 while Slack can reach the bot, 503 otherwise. */
export function answerHealth(response: ServerResponse, healthy: boolean): void {
  response.writeHead(healthy ? 200 : 503, { 'content-type': 'text/plain' });
  response.end(healthy ? 'ok\n' : 'not connected to Slack\n');
}

/** A port for health checks alone, for Socket Mode, which needs none otherwise. */
export function serveHealth(port: number, healthy: () => boolean): Promise<Server> {
  const server = createServer((request, response) => {
    if (request.url?.split('?')[0] === '/healthz') return answerHealth(response, healthy());
    response.writeHead(404);
    response.end();
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, () => resolve(server));
  });
}
