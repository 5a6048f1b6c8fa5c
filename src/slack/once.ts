import { LRUCache } from 'lru-cache';

/** Remembers what was seen, for a while: double clicks and Slack's redeliveries get one answer. */
export interface Once {
  /** True the first time a key is seen within its time. */
  first(key: string): boolean;
}

/**
 * In memory and bounded: two replicas, or one before and after a restart, may both answer.
 * @param ttlMs how long a key is remembered, milliseconds
 */
export function createOnce({ ttlMs, max }: { ttlMs: number; max: number }): Once {
  const seen = new LRUCache<string, true>({ max, ttl: ttlMs });
  return {
    first(key) {
      if (seen.has(key)) return false;
      seen.set(key, true);
      return true;
    },
  };
}
