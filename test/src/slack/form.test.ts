import { afterEach, expect, test } from 'vitest';
import { type BotUnderTest, gate, prod, type Setup, staging, startBot } from './bot.ts';
import { replies } from './press.ts';

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

const services = ['api', 'api-worker', 'checkout', 'billing'].map((service) => ({
  cluster: 'prod',
  service,
}));
const listed: Setup = { deps: { environments: ['prod', 'staging'], listServices: async () => services } };

async function open({ workspace }: BotUnderTest): Promise<string> {
  await workspace.shortcut({ user: 'ada', callback_id: 'diagnose' });
  const [view] = await workspace.until(() => workspace.views('ada').length > 0 && workspace.views('ada'));
  return view?.id ?? '';
}

function pick(value: string) {
  return { selected_option: { text: { type: 'plain_text', text: value }, value } };
}

function choice(value: string) {
  return { type: 'external_select', ...pick(value) };
}

function filled(service: string, channel = 'C0INCIDENTS') {
  return {
    environment: { environment: choice('prod') },
    service: { service: choice(service) },
    command: { command: { type: 'static_select', ...pick('why-stopped') } },
    channel: { channel: { type: 'conversations_select', selected_conversation: channel } },
  };
}

/** Types into a menu of the form and returns the values of what it offers. */
async function typed({ workspace }: BotUnderTest, view_id: string, menu: string, value: string) {
  const container = { type: 'view', view_id } as const;
  const answer = await workspace.suggest({ user: 'ada', container, block_id: menu, action_id: menu, value });
  if (!answer.ok) throw new Error(String(answer.error));
  return (answer.options as { text: { text: string }; value: string }[]).map(({ value: given }) => given);
}

async function chooseEnvironment({ workspace }: BotUnderTest, view_id: string, name: string) {
  const container = { type: 'view', view_id } as const;
  const before = workspace.views('ada')[0]?.hash;
  await workspace.act({
    user: 'ada',
    container,
    block_id: 'environment',
    action_id: 'environment',
    selected_option: { text: { type: 'plain_text', text: name }, value: name },
  });
  await workspace.until(() => workspace.views('ada')[0]?.hash !== before);
}

test('A filled form is answered in the chosen conversation', async () => {
  const started = await start();
  const { workspace, ran } = started;
  const view_id = await open(started);
  expect(await workspace.submit({ user: 'ada', view_id, values: filled('prod/api') })).toEqual({ ok: true });
  await workspace.until(() => workspace.messages('incidents')[0]?.edited);
  expect(workspace.views('ada')).toEqual([]);
  expect(ran).toEqual([
    { command: 'why-stopped', service: 'api', environment: 'prod', options: { cluster: 'prod' } },
  ]);
});

test("A form from a message is answered in that message's thread", async () => {
  const started = await start();
  const { workspace } = started;
  const { ts = '' } = workspace.say({ user: 'ben', channel: 'incidents', text: 'it is slow' });
  await workspace.shortcut({ user: 'ada', callback_id: 'diagnose_message', channel: 'C0INCIDENTS', ts });
  const [view] = await workspace.until(() => {
    const views = workspace.views('ada');
    return views.some(({ callback_id }) => callback_id === 'ask') && views;
  });
  await workspace.submit({ user: 'ada', view_id: view?.id ?? '', values: filled('api') });
  await workspace.until(() => replies(workspace, { channel: 'C0INCIDENTS', ts }).length > 0);
});

test('A form for a conversation without the bot is answered privately, with an invitation', async () => {
  const started = await start();
  const { workspace } = started;
  const view_id = await open(started);
  await workspace.submit({ user: 'ada', view_id, values: filled('api', 'C0GENERAL') });
  await workspace.until(() => JSON.stringify(workspace.ephemerals('ada')).includes('/invite'));
});

test('An entry that only says something is not accepted as a service', async () => {
  const started = await start();
  const view_id = await open(started);
  expect(await started.workspace.submit({ user: 'ada', view_id, values: filled('-') })).toEqual({
    ok: true,
    response_action: 'errors',
    errors: { service: 'Choose one.' },
  });
});

test('The menu of environments shows what is open to the asker', async () => {
  const started = await start({ allow: () => [staging], deps: { environments: ['staging'] } });
  const view_id = await open(started);
  expect(await typed(started, view_id, 'environment', '')).toEqual(['staging']);
});

test('The menu of services shows those of the chosen environment, the best match first', async () => {
  const started = await start(listed);
  const view_id = await open(started);
  expect(await typed(started, view_id, 'service', '')).toEqual(['-']);
  await chooseEnvironment(started, view_id, 'prod');
  expect(await typed(started, view_id, 'service', '')).toEqual([
    'prod/api',
    'prod/api-worker',
    'prod/billing',
    'prod/checkout',
  ]);
  expect((await typed(started, view_id, 'service', 'chekout'))[0]).toBe('prod/checkout');
  expect(await typed(started, view_id, 'service', 'api')).toEqual(['prod/api', 'prod/api-worker']);
});

test('While the list of services is being read, a menu is answered in time and takes a name as it is typed', async () => {
  const never = gate<typeof services>();
  const started = await start({
    deps: { environments: ['prod', 'staging'], listServices: () => never.promise },
  });
  const view_id = await open(started);
  await chooseEnvironment(started, view_id, 'prod');
  expect(await typed(started, view_id, 'service', 'api')).toEqual(['api']);
  expect(started.workspace.failures('ada')).toEqual([]);
  never.resolve([]);
});

test('Where rights depend on the conversation, the form asks for it first', async () => {
  const started = await start({
    allow: ({ channel }) => (channel === 'C0INCIDENTS' ? [prod] : []),
    deps: { environments: ['prod'] },
  });
  const { workspace } = started;
  const view_id = await open(started);
  expect(JSON.stringify(workspace.views('ada')[0]?.blocks[0])).toContain('Where to answer');
  expect(await typed(started, view_id, 'environment', '')).toEqual(['-']);
  const before = workspace.views('ada')[0]?.hash;
  await workspace.act({
    user: 'ada',
    container: { type: 'view', view_id },
    block_id: 'channel',
    action_id: 'channel',
    selected_conversation: 'C0INCIDENTS',
  });
  await workspace.until(() => workspace.views('ada')[0]?.hash !== before);
  expect(await typed(started, view_id, 'environment', '')).toEqual(['prod']);
});
