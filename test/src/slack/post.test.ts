import { LogLevel, WebClient } from '@slack/web-api';
import nock from 'nock';
import pino from 'pino';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Message } from '#blocks/message.ts';
import { CannotPost, createPoster } from '#src/slack/post.ts';
import { targetMetadata } from '#src/slack/state.ts';

const base = 'http://slack.test';
const log = pino({ enabled: false });
const message: Message = {
  text: 'api: out of memory',
  blocks: [{ type: 'section', text: { type: 'mrkdwn', text: 'api: out of memory &amp; killed' } }],
};
const place = { channel: 'C1' };
const metadata = targetMetadata({ command: 'status', service: 'api', environment: 'prod', options: {} });

const silent = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => LogLevel.ERROR,
  setName() {},
};

beforeAll(() => {
  if (!nock.isActive()) nock.activate();
  nock.disableNetConnect();
});
afterEach(() => {
  const unused = nock.pendingMocks();
  nock.cleanAll();
  expect(unused).toEqual([]);
});
afterAll(() => {
  nock.enableNetConnect();
  nock.restore();
});

function setup() {
  let now = 0;
  const waits: number[] = [];
  const client = new WebClient('xoxb-test', {
    slackApiUrl: `${base}/api/`,
    retryConfig: { retries: 2, minTimeout: 1, maxTimeout: 2 },
    rejectRateLimitedCalls: true,
    logger: silent,
  });
  const poster = createPoster({
    log,
    now: () => now,
    wait: async (ms) => {
      waits.push(ms);
      now += ms;
    },
  });
  return { client, poster, waits };
}

type Form = Record<string, string>;

/** The next call of a method; what it was sent is noted. */
function next(
  method: string,
  answer: object,
  seen: Form[] = [],
  status = 200,
  headers: Record<string, string> = {},
) {
  nock(base)
    .post(`/api/${method}`, (body: Form) => {
      seen.push(body);
      return true;
    })
    .reply(status, answer, headers);
  return seen;
}

const ok = { ok: true, channel: 'C1', ts: '1.000100' };

test('Slack that asks to slow down is waited for as long as it says, and the message arrives', async () => {
  const { client, poster, waits } = setup();
  next('chat.postMessage', { ok: false, error: 'ratelimited' }, [], 429, { 'retry-after': '7' });
  next('chat.postMessage', ok);
  expect(await poster.post(client, place, message)).toMatchObject({ channel: 'C1', ts: '1.000100' });
  expect(waits).toEqual([7_000]);
});

test('Slack that asks for more patience than anybody has is an error, not a wait', async () => {
  const { client, poster, waits } = setup();
  next('chat.postMessage', { ok: false }, [], 429, { 'retry-after': '3600' });
  await expect(poster.post(client, place, message)).rejects.toThrow();
  expect(waits).toEqual([]);
});

test('A server error and a broken connection are tried again', async () => {
  const { client, poster } = setup();
  next('chat.postMessage', {}, [], 500);
  nock(base).post('/api/chat.postMessage').replyWithError('socket hang up');
  next('chat.postMessage', ok);
  expect(await poster.post(client, place, message)).toMatchObject({ ts: '1.000100' });
});

test('A call that Slack never answers ends in an error once its attempts are used up', async () => {
  let attempts = 0;
  const { poster } = setup();
  const client = new WebClient('xoxb-test', {
    logger: silent,
    timeout: 20,
    retryConfig: { retries: 2, minTimeout: 1, maxTimeout: 2 },
    fetch: (_url, init) => {
      attempts += 1;
      return new Promise((_resolve, reject) => {
        init?.signal?.addEventListener('abort', () => reject(init.signal?.reason));
      });
    },
  });
  await expect(poster.edit(client, { ...place, ts: '1.0' }, message)).rejects.toThrow();
  expect(attempts).toBe(3);
});

test.each(['invalid_blocks', 'msg_blocks_too_long', 'msg_too_long'])(
  'A message refused with %s goes through as plain text, and the whole of it as a file in the thread',
  async (error) => {
    const { client, poster } = setup();
    const posts = next('chat.postMessage', { ok: false, error });
    next('chat.postMessage', ok, posts);
    const uploads = next('files.getUploadURLExternal', {
      ok: true,
      upload_url: `${base}/upload`,
      file_id: 'F1',
    });
    let content = '';
    nock(base)
      .post('/upload', (body: string) => {
        content = String(body);
        return true;
      })
      .reply(200, 'OK');
    const completed = next('files.completeUploadExternal', { ok: true, files: [{ id: 'F1' }] });
    expect(await poster.post(client, place, message, metadata)).toMatchObject({ ts: '1.000100' });
    expect(posts[1]).toMatchObject({ blocks: '[]', parse: 'none' });
    expect(posts[1]?.text).toContain('out of memory');
    expect(posts[1]?.metadata).toBe(posts[0]?.metadata);
    expect(uploads[0]?.filename).toBe('answer.txt');
    expect(content).toContain('out of memory & killed');
    expect(completed[0]).toMatchObject({ channel_id: 'C1', thread_ts: '1.000100' });
  },
);

test.each(['not_in_channel', 'channel_not_found', 'is_archived', 'restricted_action'])(
  'A conversation that is closed to the bot with %s is told apart from other errors',
  async (error) => {
    const { client, poster } = setup();
    next('chat.postMessage', { ok: false, error });
    const failed = await poster.post(client, place, message).catch((reason: unknown) => reason);
    expect(failed).toBeInstanceOf(CannotPost);
    expect(failed).toMatchObject({ code: error });
  },
);

test('A message that is gone is posted anew, in the same thread', async () => {
  const { client, poster } = setup();
  next('chat.update', { ok: false, error: 'message_not_found' });
  const posts = next('chat.postMessage', { ...ok, ts: '2.000100' });
  const posted = await poster.edit(client, { ...place, ts: '1.5', threadTs: '1.0' }, message, metadata);
  expect(posted).toMatchObject({ ts: '2.000100', threadTs: '1.0' });
  expect(posts[0]).toMatchObject({ thread_ts: '1.0' });
});

test('A message whose metadata Slack refuses is posted without it', async () => {
  const { client, poster } = setup();
  const posts = next('chat.postMessage', { ok: false, error: 'metadata_too_large' });
  next('chat.postMessage', ok, posts);
  await poster.post(client, place, message, metadata);
  expect(posts.map((post) => post.metadata !== undefined)).toEqual([true, false]);
});

test('Edits that only show progress are left out when Slack has enough to do, and no answer waits for them', async () => {
  const { client, poster } = setup();
  next('chat.update', { ok: false }, [], 429, { 'retry-after': '2' });
  const posted = { ...place, ts: '1.0' };
  expect(await poster.editIfFree(client, posted, message)).toBe(false);
  expect(await poster.editIfFree(client, posted, message)).toBe(false);
  next('chat.postMessage', ok);
  expect(await poster.post(client, place, message)).toMatchObject({ ts: '1.000100' });
});

test('Progress over all channels takes at most its share of what chat.update allows', async () => {
  const { client, poster } = setup();
  nock(base).post('/api/chat.update').times(8).reply(200, ok);
  const made = [];
  for (let edit = 0; edit < 20; edit += 1)
    made.push(await poster.editIfFree(client, { ...place, ts: '1.0' }, message));
  expect(made.filter(Boolean)).toHaveLength(8);
});
