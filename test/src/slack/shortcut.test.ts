import { afterEach, expect, test } from 'vitest';
import { type BotUnderTest, gate, prod, type Setup, startBot } from './bot.ts';
import { press, replies } from './press.ts';

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

const arn = 'arn:aws:ecs:us-east-1:222222222222:service/prod/api';
const errorText = 'CannotPullContainerError: pull image manifest has been retried 5 time(s)';

function post({ workspace }: BotUnderTest, text: string) {
  const { ts = '' } = workspace.say({ user: 'ben', channel: 'incidents', text });
  return { user: 'ada', callback_id: 'diagnose_message', channel: 'C0INCIDENTS', ts };
}

test('A message that names its service for certain is diagnosed in its own thread', async () => {
  const started = await start();
  const { workspace, ran } = started;
  const use = post(started, `Deployment failed: ${arn}`);
  expect(await workspace.shortcut(use)).toEqual({ ok: true });
  await workspace.until(() => replies(workspace, use).length > 0);
  expect(ran.at(-1)).toMatchObject({ service: 'api', environment: 'prod', options: { cluster: 'prod' } });
  expect(workspace.views('ada')).toEqual([]);
});

test('A reply in a thread is diagnosed in that thread', async () => {
  const started = await start();
  const { workspace } = started;
  const use = post(started, 'something is broken');
  const reply = workspace.say({ user: 'ben', channel: 'incidents', text: arn, thread_ts: use.ts });
  await workspace.shortcut({ ...use, ts: reply.ts ?? '' });
  await workspace.until(() => replies(workspace, use).length > 0);
});

test('A message that does not say which service it is about opens the form, filled in as far as it goes', async () => {
  const started = await start();
  const { workspace } = started;
  await workspace.shortcut(post(started, '*Service:* api looks slow'));
  const [view] = await workspace.until(() => workspace.views('ada').length > 0 && workspace.views('ada'));
  expect(view?.callback_id).toBe('ask');
  const shown = JSON.stringify(view?.blocks);
  expect(shown).toContain('does not say for certain');
  expect(shown).toContain('"initial_option":{"text":{"type":"plain_text","text":"api"');
});

test('An error text without a target is explained in the thread, with an offer to name the service', async () => {
  const started = await start();
  const { workspace, ran } = started;
  const use = post(started, errorText);
  await workspace.shortcut(use);
  const [explained] = await workspace.until(
    () => replies(workspace, use).length > 0 && replies(workspace, use),
  );
  expect(ran.at(-1)).toMatchObject({ command: 'explain', text: errorText });
  if (explained === undefined) throw new Error('no answer');
  await press(workspace, 'ada', explained, 'Name the service');
  await workspace.until(() => workspace.views('ada').length > 0);
});

test('When reading takes long a window opens at once and becomes the form', async () => {
  const slow = gate();
  const { workspace, ...rest } = await start({
    deps: {
      environmentsFor: async () => {
        await slow.promise;
        return [prod];
      },
    },
  });
  await workspace.shortcut(post({ workspace, ...rest }, 'it is slow'));
  await workspace.until(() => JSON.stringify(workspace.views('ada')).includes('Reading the message'));
  slow.resolve();
  await workspace.until(() => JSON.stringify(workspace.views('ada')).includes('Where to answer'));
});

test('When reading takes long and the message is certain, the window says where the answer is', async () => {
  const slow = gate();
  const started = await start({
    deps: {
      environmentsFor: async () => {
        await slow.promise;
        return [prod];
      },
    },
  });
  const { workspace } = started;
  const use = post(started, arn);
  await workspace.shortcut(use);
  await workspace.until(() => workspace.views('ada').length > 0);
  slow.resolve();
  await workspace.until(() => JSON.stringify(workspace.views('ada')).includes('in the thread'));
  await workspace.until(() => replies(workspace, use).length > 0);
});

test('The global shortcut opens the form', async () => {
  const { workspace } = await start();
  await workspace.shortcut({ user: 'ada', callback_id: 'diagnose' });
  const [view] = await workspace.until(() => workspace.views('ada').length > 0 && workspace.views('ada'));
  expect(view?.callback_id).toBe('ask');
  expect(JSON.stringify(view?.blocks)).toContain('default_to_current_conversation');
});
