import type { RespondFn } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Poster } from '#src/slack/post.ts';
import { createTell } from '#src/slack/private.ts';

/** A person in a channel, and by which ways a word reached her. */
function ways(respond?: () => Promise<void>) {
  const used: string[] = [];
  const poster = {
    whisper: async () => {
      used.push('ephemeral');
    },
    post: async () => {
      used.push('direct');
    },
  } as object as Poster;
  const url = (async () => {
    used.push('url');
    await respond?.();
  }) as object as RespondFn;
  const tell = createTell({
    client: {} as WebClient,
    poster,
    log: pino({ level: 'silent' }),
    person: { id: 'U0ADA' },
    place: { channel: 'C0INCIDENTS' },
    respond: url,
  });
  return { used, told: tell({ text: 'only for you', blocks: [] }) };
}

describe('a private word', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('goes by the response URL alone where that takes it', async () => {
    const { used, told } = ways();
    await told;
    expect(used).toEqual(['url']);
  });

  it('goes another way where the URL refuses it, as blocks and as text', async () => {
    const { used, told } = ways(() => Promise.reject(new Error('expired_url')));
    await told;
    expect(used).toEqual(['url', 'url', 'ephemeral']);
  });

  it('is not said twice where Slack is only slow to confirm it', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const { used, told } = ways(() => promise);
    await vi.advanceTimersByTimeAsync(20_000);
    resolve();
    await told;
    expect(used).toEqual(['url']);
  });

  it('goes another way where the URL stays silent, which is not asked again', async () => {
    const { used, told } = ways(() => new Promise(() => {}));
    await vi.advanceTimersByTimeAsync(40_000);
    await told;
    expect(used).toEqual(['url', 'ephemeral']);
  });
});
