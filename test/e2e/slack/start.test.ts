import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '#sandbox/sandbox.ts';
import { queryAccounts } from '#test/query-accounts.ts';

const main = fileURLToPath(new URL('../../../src/main.ts', import.meta.url));

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.stop());

/** Starts the bot and waits for its end. */
async function runUntilEnd(env: Record<string, string>): Promise<{ status: number | null; err: string }> {
  const child = spawn(process.execPath, [main], {
    env: { PATH: process.env.PATH ?? '', ...sandbox.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let err = '';
  child.stderr.on('data', (chunk) => {
    err += String(chunk);
  });
  const [status] = await once(child, 'close');
  return { status, err };
}

test.each([
  ['a bot token that Slack refuses', { SLACK_BOT_TOKEN: 'xoxb-wrong' }, 'SLACK_BOT_TOKEN', 'invalid_auth'],
  ['an app token that Slack refuses', { SLACK_APP_TOKEN: 'xapp-wrong' }, 'SLACK_APP_TOKEN', 'invalid_auth'],
  [
    'a Slack that is not there',
    { SLACK_API_URL: 'http://127.0.0.1:9/api/' },
    'SLACK_API_URL',
    'cannot be reached',
  ],
  [
    'an accounts file that is not there',
    { ECS_SLEUTH_CONFIG: 'nowhere.yaml' },
    'nowhere.yaml',
    'does not exist',
  ],
])('With %s the bot ends with one line that says so', async (_what, env, key, why) => {
  const { status, err } = await runUntilEnd(env);
  expect(status).toBe(1);
  expect(err.trim().split('\n')).toHaveLength(1);
  expect(err).toContain(key);
  expect(err).toContain(why);
  expect(err).not.toMatch(/xox|xapp-w/);
});

test('A bot that is told to end stops the query that is under way, says so in its message, and ends with 0', async () => {
  const { aws, slack } = sandbox;
  aws.setAccounts(queryAccounts(1000));
  const bot = await sandbox.startBot();
  await slack.command({
    user: 'ada',
    channel: 'incidents',
    command: '/ecs',
    text: 'insights refunds prod',
  });
  const operations = () => aws.calls.map(({ operation }) => operation);
  await expect.poll(operations, { interval: 10, timeout: 10_000 }).toContain('GetQueryResults');
  bot.kill('SIGTERM');
  const [status] = await once(bot, 'exit');
  expect(status).toBe(0);
  expect(operations().at(-1)).toBe('StopQuery');
  const [message] = slack.messages('incidents');
  expect(message?.text).toContain('the query was stopped, since the bot was restarted');
});
