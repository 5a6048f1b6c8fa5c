import { afterEach, describe, expect, test } from 'vitest';
import type { SlackWorkspace } from '#sandbox/slack/workspace.ts';
import { start, stopAll } from './harness.ts';

afterEach(stopAll);

async function responseUrl() {
  const { workspace } = await start((app) => app.command('/ecs', async ({ ack }) => ack()));
  await workspace.command({ user: 'ada', channel: 'general', command: '/ecs', text: '' });
  return { workspace, url: String(workspace.frames[0]?.payload.response_url) };
}

async function post(url: string, body: object) {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  const answer = (await response.json()) as Record<string, unknown>;
  return { status: response.status, ...answer };
}

const texts = (workspace: SlackWorkspace) => workspace.ephemerals('ada').map((message) => message.text);

test('answers only the asker, even where the bot is no member', async () => {
  const { workspace, url } = await responseUrl();
  expect(await post(url, { text: 'only you' })).toEqual({ status: 200, ok: true });
  expect(texts(workspace)).toEqual(['only you']);
  expect(workspace.messages('general')).toEqual([]);
});

test('posts to the channel and into threads when it is told to', async () => {
  const { workspace, url } = await responseUrl();
  await post(url, { response_type: 'in_channel', text: 'for all' });
  const [root] = workspace.messages('general');
  await post(url, { response_type: 'in_channel', text: 'below', thread_ts: root?.ts });
  expect(workspace.messages('general')).toMatchObject([
    { text: 'for all', reply_count: 1 },
    { text: 'below', thread_ts: root?.ts },
  ]);
});

test('takes five posts and no more', async () => {
  const { workspace, url } = await responseUrl();
  for (const text of ['1', '2', '3', '4', '5']) await post(url, { text });
  expect(await post(url, { text: '6' })).toEqual({ status: 404, ok: false, error: 'used_url' });
  expect(texts(workspace)).toEqual(['1', '2', '3', '4', '5']);
});

test('works for half an hour', async () => {
  const { workspace, url } = await responseUrl();
  workspace.advance(30 * 60 * 1000 + 1);
  expect(await post(url, { text: 'late' })).toEqual({ status: 404, ok: false, error: 'expired_url' });
});

describe('refuses', () => {
  test.each([
    ['an empty message', {}, 400, 'no_text'],
    ['markdown_text', { markdown_text: '*x*' }, 400, 'no_text'],
    [
      'a table',
      { text: 'x', blocks: [{ type: 'table', rows: [[{ type: 'raw_text', text: 'x' }]] }] },
      404,
      'invalid_blocks',
    ],
    [
      'a file that is not shared there',
      { text: 'x', blocks: [{ type: 'image', alt_text: 'x', slack_file: { id: 'F1' } }] },
      404,
      'invalid_blocks',
    ],
    ['to delete where there is no original', { delete_original: true }, 404, 'no_original'],
  ])('%s', async (_what, body, status, error) => {
    const { workspace, url } = await responseUrl();
    expect(await post(url, body)).toMatchObject({ status, ok: false, error });
    expect(texts(workspace)).toEqual([]);
  });
});
