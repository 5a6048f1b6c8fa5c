import { createServer } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { type BotUnderTest, startBot } from './bot.ts';
import { answered } from './press.ts';

let bot: BotUnderTest | undefined;
afterEach(async () => {
  await bot?.stop();
  bot = undefined;
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

test('Without an app token Slack calls the bot by signed requests, and the same port answers health checks', async () => {
  const port = await freePort();
  bot = await startBot({ http: port });
  const { workspace } = bot;
  await workspace.useRequestUrl(`http://127.0.0.1:${port}/slack/events`);
  await answered(workspace, 'why-stopped api prod');
  const health = await fetch(`http://127.0.0.1:${port}/healthz`);
  expect([health.status, await health.text()]).toEqual([200, 'ok\n']);
  const forged = await fetch(`http://127.0.0.1:${port}/slack/events`, {
    method: 'POST',
    body: 'command=%2Fecs',
  });
  expect(forged.status).toBe(401);
});
