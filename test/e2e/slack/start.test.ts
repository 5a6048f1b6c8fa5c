import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '#sandbox/sandbox.ts';

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

test('A bot that is told to end does so with status 0', async () => {
  const bot = await sandbox.startBot();
  bot.kill('SIGTERM');
  const [status] = await once(bot, 'exit');
  expect(status).toBe(0);
});
