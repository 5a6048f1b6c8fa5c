import type {
  DeserializeMiddleware,
  FinalizeRequestMiddleware,
  MiddlewareStack,
  RetryStrategyV2,
} from '@aws-sdk/types';
import { LRUCache } from 'lru-cache';
import { failureOf } from './failure.ts';
import { bounded, maxAttempts, retryMode } from './retry.ts';
import { type Credentials, type ServiceName, services } from './services.ts';

/** A client's method: every operation takes its input and the options of the request. */
type Method = (input: unknown, options: { abortSignal: AbortSignal }) => Promise<unknown>;

interface SdkClient {
  config: { retryStrategy(): Promise<RetryStrategyV2> };
  middlewareStack: MiddlewareStack<object, object>;
}

export interface ClientHooks {
  credentials: () => Promise<Credentials>;
  requestHandler: object;
  /** Told of every attempt after the first. */
  retried(action: string, region: string): void;
  /** Told whenever AWS throttles an attempt. */
  throttled(action: string, region: string): void;
  /** Told of AWS's clock minus ours in milliseconds, with every answer. */
  clock(skew: number): void;
}

/** Clients kept: those of some ten regions. A region is whatever somebody types, and making a client is cheap. */
const kept = 200;

/** The clients of one session: one per service and region, loaded and made when first needed. */
export interface Clients {
  /** The method of this name. @throws TypeError when the client has none */
  method(service: ServiceName, region: string, name: string): Promise<Method>;
}

export function createClients(hooks: ClientHooks): Clients {
  const made = new LRUCache<string, Promise<Record<string, unknown>>>({ max: kept });

  async function make(service: ServiceName, region: string): Promise<Record<string, unknown>> {
    const { prefix, load } = services[service];
    const construct = await load();
    const { credentials, requestHandler } = hooks;
    const client = construct({ region, credentials, requestHandler, retryMode, maxAttempts });
    attach(client as SdkClient, prefix, region, hooks);
    return client as object as Record<string, unknown>;
  }

  return {
    async method(service, region, name) {
      const key = `${service} ${region}`;
      const making = made.get(key) ?? make(service, region);
      made.set(key, making);
      making.catch(() => made.delete(key));
      const client = await making;
      const method = client[name];
      if (typeof method !== 'function') throw new TypeError(`${service} has no operation ${name}`);
      return method.bind(client);
    },
  };
}

function attach(client: SdkClient, prefix: string, region: string, hooks: ClientHooks): void {
  const { config, middlewareStack } = client;
  const retryStrategy = config.retryStrategy().then(bounded);
  config.retryStrategy = () => retryStrategy;

  const watchAttempts: FinalizeRequestMiddleware<object, object> =
    (next, { commandName = '' }) =>
    async (args) => {
      const action = `${prefix}:${commandName.replace(/Command$/, '')}`;
      const { headers = {} } = args.request as { headers?: Record<string, string> };
      if (!headers['amz-sdk-request']?.startsWith('attempt=1;')) hooks.retried(action, region);
      try {
        return await next(args);
      } catch (error) {
        if (failureOf(error).reason === 'Throttled') hooks.throttled(action, region);
        throw error;
      }
    };
  // Retries happen above the low priorities of this step.
  middlewareStack.add(watchAttempts, { step: 'finalizeRequest', priority: 'low', name: 'watchAttempts' });

  const readClock: DeserializeMiddleware<object, object> = (next) => async (args) => {
    const asked = Date.now();
    const result = await next(args);
    const { headers = {} } = result.response as { headers?: Record<string, string> };
    const theirs = Date.parse(headers.date ?? '');
    // The header counts whole seconds: on average it is half a second old.
    if (!Number.isNaN(theirs)) hooks.clock(theirs + 500 - (asked + Date.now()) / 2);
    return result;
  };
  middlewareStack.add(readClock, { step: 'deserialize', priority: 'low', name: 'readClock' });
}
