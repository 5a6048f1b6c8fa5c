import type { RetryStrategyV2, RetryToken } from '@aws-sdk/types';

export const maxAttempts = 3;
/** No attempt begins later than this after the first, in milliseconds. */
const window = 2_000;

/**
 * Not the SDK's adaptive mode: its rate limiter is each client's own, and after a first throttle lets a quiet
 * client send once in two seconds, which is no retry for somebody who waits. Its part is the budget's, which is
 * shared by all clients of an account and region.
 */
export const retryMode = 'standard';

/** Bounds the SDK's retries in time: a Retry-After can ask for seconds while somebody looks at an unanswered question. */
export function bounded(strategy: RetryStrategyV2): RetryStrategyV2 {
  const ends = new WeakMap<RetryToken, number>();
  return {
    async acquireInitialRetryToken(scope) {
      const end = performance.now() + window;
      const token = await strategy.acquireInitialRetryToken(scope);
      ends.set(token, end);
      return token;
    },
    async refreshRetryTokenForRetry(token, failure) {
      const end = ends.get(token) ?? performance.now();
      const next = await before(end, strategy.refreshRetryTokenForRetry(token, failure));
      ends.set(next, end);
      return next;
    },
    recordSuccess: (token) => strategy.recordSuccess(token),
  };
}

/** The SDK takes a refused token as the end of its attempts, and throws the failure that it wanted to retry. */
async function before<Value>(end: number, promise: Promise<Value>): Promise<Value> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => reject(new Error('No time is left for another attempt')),
    Math.max(0, end - performance.now()),
  );
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
