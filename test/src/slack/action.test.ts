import { afterEach, expect, test } from 'vitest';
import { encodeRequest } from '#src/slack/state.ts';
import { answerWith, type BotUnderTest, gate, reportOf, type Setup, startBot } from './bot.ts';
import { answered, choose, elementsOf, press, replies } from './press.ts';

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

const logs = answerWith({
  details: {
    stops: [
      {
        cause: 'app-oom',
        severity: 'error',
        count: 6,
        reason: 'OutOfMemoryError',
        container: 'app',
        revisions: [],
        zones: [],
        exampleTask: 'a1b2',
      },
    ],
  },
});

test('A button brings its answer into the thread and leaves its own message as it is', async () => {
  const { workspace, ran } = await start({ run: logs });
  const message = await answered(workspace, 'why-stopped api prod');
  expect(await press(workspace, 'ben', message, 'Show logs')).toEqual({ ok: true });
  const [reply] = await workspace.until(
    () => replies(workspace, message).length > 0 && replies(workspace, message),
  );
  expect(reply?.thread_ts).toBe(message.ts);
  expect(ran.at(-1)).toMatchObject({
    command: 'logs',
    service: 'api',
    environment: 'prod',
    options: { cluster: 'prod', container: 'app', task: 'a1b2' },
  });
  const [now] = workspace.messages('incidents');
  expect(now).toMatchObject({ text: message.text, blocks: message.blocks, edited: message.edited });
});

test('A double click has one answer, and a press by somebody else another', async () => {
  const { workspace, ran } = await start({ run: logs });
  const message = await answered(workspace, 'why-stopped api prod');
  await Promise.all([
    press(workspace, 'ada', message, 'Show logs'),
    press(workspace, 'ada', message, 'Show logs'),
    press(workspace, 'ben', message, 'Show logs'),
  ]);
  await workspace.until(() => replies(workspace, message).length === 2);
  expect(ran.filter(({ command }) => command === 'logs')).toHaveLength(2);
});

test('"Run again" edits the message itself, as of a new time', async () => {
  let runs = 0;
  const { workspace } = await start({
    run: async (request) => {
      runs += 1;
      return { kind: 'report', report: reportOf(request, { asOf: `2026-01-01T12:0${runs}:00Z` }) };
    },
  });
  const message = await answered(workspace, 'why-stopped api prod');
  const { edited } = message;
  await press(workspace, 'ada', message, 'Run again');
  await workspace.until(() => workspace.messages('incidents')[0]?.edited?.ts !== edited?.ts);
  expect(workspace.thread('incidents', message.ts)).toHaveLength(1);
  expect(JSON.stringify(workspace.messages('incidents')[0]?.blocks)).toContain('12:02 UTC');
});

test('What is wrong with a question in place is told to whoever asked alone, and the answer before it stays', async () => {
  const { UsageError } = await import('#commands/command.ts');
  let runs = 0;
  const { workspace } = await start({
    run: async (request) => {
      runs += 1;
      if (runs > 1) throw new UsageError('CloudWatch does not take “<!channel> §” to search by: Invalid.');
      return { kind: 'report', report: reportOf(request) };
    },
  });
  const message = await answered(workspace, 'why-stopped api prod');
  await press(workspace, 'ada', message, 'Run again');
  const told = await workspace.until(() => workspace.ephemerals('ada')[0]);
  expect(told.text).toContain('does not take “&lt;!channel&gt; §” to search by');
  const [now] = workspace.messages('incidents');
  expect(now).toMatchObject({ text: message.text, blocks: message.blocks, edited: message.edited });
});

test('The menu of deeper checks asks about the target of the buttons beside it', async () => {
  const { workspace, ran } = await start();
  const message = await answered(workspace, 'why-stopped api prod');
  await choose(workspace, 'ada', message, 'Deeper checks', 'status');
  await workspace.until(() => replies(workspace, message).length > 0);
  expect(ran.at(-1)).toEqual({
    command: 'status',
    service: 'api',
    environment: 'prod',
    options: { cluster: 'prod' },
  });
});

test('The menu asks about the service of the answer, not about the one task whose log a button shows', async () => {
  const { workspace, ran } = await start({ run: logs });
  const message = await answered(workspace, 'why-stopped api prod');
  await choose(workspace, 'ada', message, 'Deeper checks', 'status');
  await workspace.until(() => replies(workspace, message).length > 0);
  expect(ran.at(-1)).toEqual({
    command: 'status',
    service: 'api',
    environment: 'prod',
    options: { cluster: 'prod' },
  });
});

test('A choice between services takes the place of the question', async () => {
  const { workspace } = await start({
    run: async (request) =>
      request.options.cluster === undefined
        ? {
            kind: 'choice',
            question: 'Which one?',
            choices: ['blue', 'green'].map((cluster) => ({
              label: `api in ${cluster}`,
              request: { ...request, options: { cluster } },
            })),
          }
        : { kind: 'report', report: reportOf(request) },
  });
  const message = await answered(workspace, 'why-stopped api staging');
  expect(elementsOf(message).map(({ label }) => label)).toEqual(['api in blue', 'api in green']);
  await press(workspace, 'ada', message, 'api in green');
  const now = await workspace.until(() => {
    const [first] = workspace.messages('incidents');
    return first?.edited?.ts === message.edited?.ts ? undefined : first;
  });
  expect(now.ts).toBe(message.ts);
  expect(now.text).toContain('api in staging');
});

test('"How to fix" opens a window at once and fills it when the findings have been read', async () => {
  const done = gate();
  let first = true;
  const { workspace } = await start({
    run: async (request) => {
      if (!first) await done.promise;
      first = false;
      return { kind: 'report', report: reportOf(request) };
    },
  });
  const message = await answered(workspace, 'why-stopped api prod');
  await press(workspace, 'ada', message, 'How to fix');
  const [loading] = await workspace.until(() => workspace.views('ada').length > 0 && workspace.views('ada'));
  expect(JSON.stringify(loading?.blocks)).toContain('Reading the findings');
  done.resolve();
  await workspace.until(() => JSON.stringify(workspace.views('ada')).includes('Raise the memory limit'));
  expect(workspace.thread('incidents', message.ts)).toHaveLength(1);
});

test('A window whose fix Slack does not take says so, instead of reading for ever', async () => {
  const { workspace } = await start();
  const message = await answered(workspace, 'why-stopped api prod');
  workspace.mode({ fault: { method: 'views.update', error: 'invalid_arguments', times: 1 } });
  await press(workspace, 'ada', message, 'How to fix');
  await workspace.until(() => JSON.stringify(workspace.views('ada')).includes('did not take the fix'));
});

test.each([
  ['garbage', 'run:logs', 'garbage'],
  ['a value of another version', 'run:logs', '9{"c":"logs"}'],
  ['a fix without a target', 'fix', '{}'],
])('A button with %s gets a private sentence', async (_what, action, value) => {
  const { workspace } = await start();
  const { client } = (bot as BotUnderTest).slack.bot;
  const button = {
    type: 'button',
    text: { type: 'plain_text', text: 'Old' },
    action_id: action,
    value,
  } as const;
  await client.chat.postMessage({
    channel: 'C0INCIDENTS',
    text: 'old',
    blocks: [{ type: 'actions', block_id: 'old', elements: [button] }],
  });
  const [message] = workspace.messages('incidents');
  if (message === undefined) throw new Error('nothing was posted');
  await press(workspace, 'ada', message, 'Old');
  const [told] = await workspace.until(
    () => workspace.ephemerals('ada').length > 0 && workspace.ephemerals('ada'),
  );
  expect(told?.text).toContain('made by another version');
  expect(workspace.messages('incidents')).toHaveLength(1);
});

test('A button that no version knows any more gets a private sentence', async () => {
  const { workspace, slack } = await start();
  const button = { type: 'button', text: { type: 'plain_text', text: 'Old' }, action_id: 'restart' } as const;
  await slack.bot.client.chat.postMessage({
    channel: 'C0INCIDENTS',
    text: 'old',
    blocks: [{ type: 'actions', block_id: 'old', elements: [button] }],
  });
  const [message] = workspace.messages('incidents');
  if (message === undefined) throw new Error('nothing was posted');
  await press(workspace, 'ada', message, 'Old');
  await workspace.until(() => workspace.ephemerals('ada')[0]?.text.includes('does not know'));
});

test('A button of a message that another replica posted is answered from its value alone', async () => {
  const { workspace, slack, ran } = await start();
  const value = encodeRequest({
    command: 'status',
    service: 'web',
    environment: 'staging',
    options: { cluster: 'blue' },
  });
  const button = {
    type: 'button',
    text: { type: 'plain_text', text: 'Status' },
    action_id: 'run:status',
    value,
  } as const;
  await slack.bot.client.chat.postMessage({
    channel: 'C0INCIDENTS',
    text: 'old',
    blocks: [{ type: 'actions', block_id: 'old', elements: [button] }],
  });
  const [message] = workspace.messages('incidents');
  if (message === undefined) throw new Error('nothing was posted');
  await press(workspace, 'ada', message, 'Status');
  await workspace.until(() => replies(workspace, message).length > 0);
  expect(ran).toEqual([
    { command: 'status', service: 'web', environment: 'staging', options: { cluster: 'blue' } },
  ]);
});

test('A button of a private answer is answered privately', async () => {
  const { workspace } = await start({ run: logs });
  await workspace.command({
    user: 'ada',
    channel: 'incidents',
    command: '/ecs',
    text: 'why-stopped api prod --private',
  });
  const [message] = await workspace.until(
    () => workspace.ephemerals('ada').length > 0 && workspace.ephemerals('ada'),
  );
  if (message === undefined) throw new Error('no answer');
  await press(workspace, 'ada', message, 'Show logs');
  await workspace.until(() => workspace.ephemerals('ada').length === 2);
  expect(workspace.messages('incidents')).toEqual([]);
  // A private message has no thread to answer in.
  expect(workspace.ephemerals('ada').map(({ thread_ts }) => thread_ts)).toEqual([undefined, undefined]);
});
