import { Agent } from 'node:http';
import { Agent as SecureAgent } from 'node:https';

/** Time to open a connection, in milliseconds; a lost packet should cost a retry, not the whole answer. */
const connectionTimeout = 1_000;
const quiet = () => undefined;

/**
 * One pool of kept-alive connections for every client there is: who signs a request has no part in the connection,
 * so ten people in three environments of one region share a handful of them.
 */
export function createRequestHandler(): object {
  // Node leaves own agents out of HTTPS_PROXY; whoever switched that on means all of them.
  const proxied = process.env.NODE_USE_ENV_PROXY === '1' ? { proxyEnv: process.env } : {};
  const options = { keepAlive: true, maxSockets: 128, ...proxied };
  return {
    httpAgent: new Agent(options),
    httpsAgent: new SecureAgent(options),
    connectionTimeout,
    // Else the SDK writes its warnings of busy sockets to the console.
    logger: { trace: quiet, debug: quiet, info: quiet, warn: quiet, error: quiet },
  };
}
