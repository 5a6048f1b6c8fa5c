import { afterEach, expect, test } from 'vitest';
import { start } from './harness.ts';

const CHANNEL = 'C0INCIDENTS';
const running: { stop(): Promise<void> }[] = [];

afterEach(async () => {
  for (const one of running.splice(0)) await one.stop();
});

test('a slash command is acknowledged, answered in the channel and edited in place', async () => {
  const started = await start((app) => {
    app.command('/ecs', async ({ ack, command, client }) => {
      await ack();
      const posted = await client.chat.postMessage({
        channel: command.channel_id,
        text: `Looking at ${command.text}`,
      });
      await client.chat.update({
        channel: command.channel_id,
        ts: String(posted.ts),
        text: 'api in prod: out of memory',
      });
    });
  });
  running.push(started);
  const { workspace } = started;

  const outcome = await workspace.command({
    user: 'ada',
    channel: 'incidents',
    command: '/ecs',
    text: 'why-stopped api prod',
  });
  const message = await workspace.until(() => workspace.messages(CHANNEL).find((one) => one.edited));

  expect(outcome).toEqual({ ok: true });
  expect(message).toMatchObject({
    text: 'api in prod: out of memory',
    username: 'ECS Sleuth',
    user: workspace.bot.userId,
  });
  expect(workspace.calls.map((call) => call.method)).toEqual([
    'auth.test',
    'apps.connections.open',
    'chat.postMessage',
    'chat.update',
  ]);
  expect(workspace.frames).toEqual([
    expect.objectContaining({ type: 'slash_commands', response: {}, latencyMs: expect.any(Number) }),
  ]);
  expect(workspace.unexpected).toEqual([]);
});
