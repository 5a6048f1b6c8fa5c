import { afterEach, expect, test } from 'vitest';
import { answerWith, type BotUnderTest, gate, reportOf, type Setup, startBot } from './bot.ts';
import { answered, replies } from './press.ts';

let bot: BotUnderTest | undefined;
async function start(setup?: Setup): Promise<BotUnderTest> {
  bot = await startBot(setup);
  return bot;
}
afterEach(async () => {
  expect(bot?.workspace.unexpected).toEqual([]);
  await bot?.stop();
  bot = undefined;
});

const command = { user: 'ada', channel: 'incidents', command: '/ecs', text: 'why-stopped api prod' };

test('A link that Slack renews is replaced at once, and the next command is answered', async () => {
  const { workspace, slack } = await start();
  const [first] = workspace.connections();
  workspace.disconnect('refresh_requested');
  // socket-mode by itself would wait five seconds before it even asks for another.
  await workspace.until(() => workspace.connections().some((connection) => connection !== first), {
    timeoutMs: 4_500,
  });
  await expect.poll(() => slack.healthy()).toBe(true);
  await answered(workspace, command.text);
});

test('A link that is cut comes back by itself, and the bot says meanwhile that it is not reachable', async () => {
  const { workspace, slack } = await start();
  expect(slack.healthy()).toBe(true);
  workspace.mode({ connected: false });
  await expect.poll(() => slack.healthy()).toBe(false);
  workspace.mode({ connected: true });
  await workspace.until(() => workspace.isConnected(), { timeoutMs: 9_000 });
  await expect.poll(() => slack.healthy()).toBe(true);
  await answered(workspace, command.text);
});

test.each([
  ['asks to slow down', { rateLimit: { method: 'chat.postMessage', retryAfter: 1, times: 1 } }],
  ['fails once', { fault: { method: 'chat.postMessage', status: 500, times: 1 } }],
  ['fails at the answer', { fault: { method: 'chat.update', status: 500, times: 2 } }],
])('When Slack %s the answer still arrives', async (_what, mode) => {
  const { workspace } = await start();
  workspace.mode(mode);
  await answered(workspace, command.text);
  expect(workspace.messages('incidents')).toHaveLength(1);
});

test('When Slack does not take the answer at all, the asker gets it privately', async () => {
  const { workspace } = await start();
  workspace.mode({ fault: { method: 'chat.update', error: 'fatal_error' } });
  await workspace.command(command);
  await workspace.until(() =>
    JSON.stringify(workspace.ephemerals('ada')).includes('did not take the answer'),
  );
});

test('Blocks that Slack refuses become plain text, with the whole as a file in the thread', async () => {
  const { workspace } = await start();
  workspace.mode({ fault: { method: 'chat.update', error: 'invalid_blocks', times: 1 } });
  const message = await answered(workspace, command.text);
  expect(message.blocks ?? []).toEqual([]);
  expect(message.text).toContain('killed at its memory limit');
  await workspace.until(() => workspace.thread('incidents', message.ts).some(({ files }) => files?.length));
});

test('A message that somebody deleted while it was worked on is posted anew', async () => {
  const done = gate();
  const { workspace, slack } = await start({
    run: async (request) => {
      await done.promise;
      return { kind: 'report', report: reportOf(request) };
    },
  });
  await workspace.command(command);
  const first = await workspace.until(() => workspace.messages('incidents')[0]);
  await slack.bot.client.chat.delete({ channel: 'C0INCIDENTS', ts: first.ts });
  done.resolve();
  const anew = await workspace.until(() => workspace.messages('incidents').find(({ ts }) => ts !== first.ts));
  expect(anew.text).toContain('api');
});

test('A question that turns out to be none is taken out of the channel and told to the asker', async () => {
  const { UsageError } = await import('#commands/command.ts');
  const { workspace, uses } = await start({
    run: async () => {
      throw new UsageError('There is no service “ap”.', ['why-stopped api prod']);
    },
  });
  await workspace.command(command);
  await workspace.until(() => JSON.stringify(workspace.ephemerals('ada')).includes('There is no service'));
  expect(workspace.messages('incidents')).toEqual([]);
  await expect.poll(() => uses).toMatchObject([{ outcome: 'usage' }]);
});

test('What is found meanwhile is shown in place, and the answer comes after it', async () => {
  const done = gate();
  const { workspace } = await start({
    run: async (request, context) => {
      context.onProgress?.(reportOf(request));
      await done.promise;
      return { kind: 'report', report: reportOf(request) };
    },
  });
  await workspace.command(command);
  await workspace.until(() => JSON.stringify(workspace.messages('incidents')).includes('Still checking'));
  done.resolve();
  await workspace.until(() => !JSON.stringify(workspace.messages('incidents')).includes('Still checking'));
  expect(workspace.messages('incidents')).toHaveLength(1);
});

test('A long log comes as its end, with the whole of it as a file in the thread', async () => {
  const lines = Array.from({ length: 2_000 }, (_, index) => ({
    message: `line ${index} of a chatty application`,
  }));
  const { workspace } = await start({
    run: answerWith({ details: { logs: [{ container: 'app', task: 'a1b2', lines }] } }),
  });
  const message = await answered(workspace, 'logs api prod');
  await workspace.until(() => workspace.thread('incidents', message.ts).some(({ files }) => files?.length));
  const file = workspace.thread('incidents', message.ts).flatMap(({ files = [] }) => files)[0];
  expect(workspace.file(file?.id ?? '')?.content.toString()).toContain('line 0 of');
  expect(replies(workspace, message)).toEqual([]);
});

test('Told to stop, the bot finishes what is in work and takes nothing more', async () => {
  const done = gate();
  const { workspace, slack } = await start({
    run: async (request) => {
      await done.promise;
      return { kind: 'report', report: reportOf(request) };
    },
  });
  await workspace.command(command);
  await workspace.until(() => workspace.messages('incidents').length > 0);
  const stopped = slack.stop(5_000);
  await workspace.until(() => !workspace.isConnected());
  done.resolve();
  await stopped;
  expect(workspace.messages('incidents')[0]?.edited).toBeDefined();
  expect(await workspace.command(command)).toMatchObject({ ok: false });
});

test('What a restart cuts off says so in its message', async () => {
  const asked = gate();
  const never = gate();
  const { workspace, slack } = await start({
    run: async (request) => {
      asked.resolve();
      await never.promise;
      return { kind: 'report', report: reportOf(request) };
    },
  });
  await workspace.command(command);
  const first = await workspace.until(() => workspace.messages('incidents')[0]);
  // Slack shows the message before the bot has heard that it is there.
  await asked.promise;
  await slack.stop(0);
  const [message] = workspace.messages('incidents');
  expect(message?.ts).toBe(first.ts);
  expect(message?.text).toContain('restarted before it had found this out');
  expect(JSON.stringify(message?.blocks)).toContain('Ask again');
  never.resolve();
});
