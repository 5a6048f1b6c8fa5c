import { WebAPIHTTPError, WebAPIRateLimitedError } from '@slack/web-api';
import { afterEach, describe, expect, test } from 'vitest';
import { client, startWorkspace, stopAll } from './harness.ts';

afterEach(stopAll);

const CHANNEL = 'C0INCIDENTS';
const plain = (text: string) => ({ type: 'plain_text' as const, text });
const divider = { type: 'divider' as const };
const rich = (text: string) => ({ type: 'section' as const, text: plain(text) });

describe('a fault that was switched on', () => {
  const authTest = (web: ReturnType<typeof client>) =>
    web.auth.test().then(
      () => 'ok',
      (error: unknown) => error,
    );

  test('is a rate limit with its wait', async () => {
    const workspace = await startWorkspace();
    workspace.mode({ rateLimit: { method: 'auth.test', retryAfter: 7, times: 1 } });
    const error = await authTest(client(workspace));
    expect(error).toBeInstanceOf(WebAPIRateLimitedError);
    expect(error).toMatchObject({ retryAfter: 7 });
    expect(await authTest(client(workspace))).toBe('ok');
  });

  test('is a status or an error, for one method or all', async () => {
    const workspace = await startWorkspace();
    workspace.mode({ fault: { method: 'auth.test', status: 503, times: 1 } });
    expect(await authTest(client(workspace))).toBeInstanceOf(WebAPIHTTPError);
    workspace.mode({ fault: { method: '*', error: 'fatal_error' } });
    expect(await authTest(client(workspace))).toMatchObject({ data: { error: 'fatal_error' } });
    workspace.mode({ clear: true });
    expect(await authTest(client(workspace))).toBe('ok');
  });

  test('is the documented rate of every method', async () => {
    const workspace = await startWorkspace();
    workspace.mode({ rateLimit: { tiers: true } });
    const web = client(workspace);
    for (let count = 0; count < 20; count += 1) await web.usergroups.list({});
    await expect(web.usergroups.list({})).rejects.toBeInstanceOf(WebAPIRateLimitedError);
    workspace.advance(60_000);
    await web.usergroups.list({});
  });
});

test('what a good app avoids is warned of', async () => {
  const workspace = await startWorkspace();
  const web = client(workspace);
  await web.chat.postMessage({ channel: CHANNEL, text: 'fine', blocks: [rich('<!channel> is plain here')] });
  expect(workspace.warnings).toEqual([]);
  await web.apiCall('chat.postMessage', { channel: CHANNEL, blocks: [divider] });
  workspace.advance(1000);
  await web.chat.postMessage({ channel: CHANNEL, text: '<!channel> look' });
  workspace.advance(1000);
  const mention = { type: 'section' as const, text: { type: 'mrkdwn' as const, text: 'x <!here|here>' } };
  await web.chat.postMessage({ channel: CHANNEL, text: '&lt;!channel&gt;', blocks: [mention] });
  workspace.advance(1000);
  await web.chat.postMessage({
    channel: CHANNEL,
    text: 'long',
    blocks: Array(4).fill(rich('x'.repeat(2900))),
  });
  expect(workspace.warnings.map((warning) => warning.code)).toEqual([
    'missing_text',
    'too_fast',
    'broadcast_mention',
    'broadcast_mention',
    'near_total',
  ]);
});
