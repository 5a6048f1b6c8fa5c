import { afterEach, expect, test } from 'vitest';
import type { DeploymentState } from '#diagnostics/report.ts';
import { type BotUnderTest, reportOf, startBot } from './bot.ts';
import { answered } from './press.ts';

let bot: BotUnderTest | undefined;
afterEach(async () => {
  await bot?.stop();
  bot = undefined;
});

const deployment: DeploymentState = {
  revision: 'api:42',
  controller: 'ECS',
  status: 'IN_PROGRESS',
  ended: false,
  running: 1,
  pending: 1,
  desired: 2,
  says: [],
};

async function start(): Promise<BotUnderTest> {
  bot = await startBot({
    run: async (request) => ({ kind: 'report', report: reportOf(request, { details: { deployment } }) }),
  });
  return bot;
}

test('Told to stop, the bot follows nothing any more', async () => {
  const { workspace, slack } = await start();
  await answered(workspace, 'deployment api prod --follow');
  await expect.poll(() => slack.bot.follows.size).toBe(1);
  await slack.stop(1_000);
  expect(slack.bot.follows.size).toBe(0);
  expect(JSON.stringify(workspace.messages('incidents'))).toContain('ended by a restart of the bot');
});

test('What is answered while the bot stops is not followed, and says so', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  bot = await startBot({
    run: async (request) => {
      await promise;
      return { kind: 'report', report: reportOf(request, { details: { deployment } }) };
    },
  });
  const { workspace, slack, ran } = bot;
  await workspace.command({
    user: 'ada',
    command: '/ecs',
    channel: 'incidents',
    text: 'deployment api prod --follow',
  });
  await expect.poll(() => ran.length).toBe(1);
  const stopped = slack.stop(5_000);
  await expect.poll(() => slack.bot.ending.signal.aborted).toBe(true);
  resolve();
  await stopped;
  expect(slack.bot.follows.size).toBe(0);
  expect(JSON.stringify(workspace.messages('incidents'))).toContain('Not followed: the bot was restarted.');
});

test('Where too much is followed already, an edit that fails is no more than a line in the log', async () => {
  const { workspace, slack, logged } = await start();
  for (let index = 0; index < 20; index += 1) slack.bot.follows.set(`C${index}`, new AbortController());
  const { edit } = slack.bot.poster;
  let edits = 0;
  slack.bot.poster.edit = async (...given) => {
    edits += 1;
    if (edits > 1) throw new Error('Slack does not take it');
    return edit(...given);
  };
  await answered(workspace, 'deployment api prod --follow');
  const said = 'That something is not followed could not be said';
  await expect.poll(() => logged.map(({ msg }) => msg)).toContain(said);
});
