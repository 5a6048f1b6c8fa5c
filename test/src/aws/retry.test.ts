import type { RetryErrorInfo, RetryStrategyV2, RetryToken } from '@aws-sdk/types';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { bounded } from '#src/aws/retry.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const failure: RetryErrorInfo = { errorType: 'THROTTLING' };

/** A strategy that waits this long before each retry, in milliseconds. */
function waiting(ms: number): RetryStrategyV2 {
  const token = (count: number): RetryToken => ({ getRetryCount: () => count, getRetryDelay: () => 0 });
  return {
    acquireInitialRetryToken: async () => token(0),
    async refreshRetryTokenForRetry(last) {
      await new Promise((resolve) => setTimeout(resolve, ms));
      return token(last.getRetryCount() + 1);
    },
    recordSuccess: () => undefined,
  };
}

it('lets retries happen for two seconds, all of them together', async () => {
  const strategy = bounded(waiting(900));
  const first = await strategy.acquireInitialRetryToken('');
  const second = strategy.refreshRetryTokenForRetry(first, failure);
  await vi.advanceTimersByTimeAsync(900);
  const third = strategy.refreshRetryTokenForRetry(await second, failure);
  await vi.advanceTimersByTimeAsync(900);
  expect((await third).getRetryCount()).toBe(2);
  const late = strategy
    .refreshRetryTokenForRetry(await third, failure)
    .catch((error: Error) => error.message);
  await vi.advanceTimersByTimeAsync(200);
  expect(await late).toBe('No time is left for another attempt');
});

it('does not wait for a retry that comes too late', async () => {
  const strategy = bounded(waiting(60_000));
  const first = await strategy.acquireInitialRetryToken('');
  const late = strategy.refreshRetryTokenForRetry(first, failure).catch((error: Error) => error.message);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(await late).toBe('No time is left for another attempt');
});
