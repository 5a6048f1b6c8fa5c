import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { incidents } from '#sandbox/incidents/index.ts';
import { type Sandbox, startSandbox } from '#sandbox/sandbox.ts';
import type { Message } from '#sandbox/slack/model.ts';
import { answered, choose, elementsOf, press, pressTab, replies } from '#test/src/slack/press.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
  await sandbox.startBot({ LOG_LEVEL: 'error' });
});
afterAll(() => sandbox.stop());
afterEach(() => {
  const { slack } = sandbox;
  expect(slack.unexpected).toEqual([]);
  const refused = slack.calls.filter(({ response }) =>
    /invalid|too_long|too_large/.test(String(response?.error)),
  );
  expect(refused).toEqual([]);
});

function firstReply(message: Message): Promise<Message> {
  return sandbox.slack.until(() => replies(sandbox.slack, message)[0]);
}

test('An on-call engineer goes from a command to the root cause, the crash log and the fix', async () => {
  const { slack } = sandbox;
  const message = await answered(slack, 'why-stopped api prod');
  expect(message.text).toContain('api in prod: out of memory');
  expect(JSON.stringify(message.blocks)).toContain('api:42');

  await press(slack, 'ada', message, 'Show logs');
  const logs = await firstReply(message);
  expect(JSON.stringify(logs.blocks)).toContain('rich_text_preformatted');

  await press(slack, 'ada', message, 'How to fix');
  await slack.until(() => JSON.stringify(slack.views('ada')).includes('memory = 1024 #'));
  await pressTab(slack, 'ada', 'fix:cli');
  await slack.until(() => JSON.stringify(slack.views('ada')).includes('aws ecs'));

  const { edited } = message;
  await press(slack, 'ada', message, 'Run again');
  await slack.until(() =>
    slack.messages('incidents').some((one) => one.ts === message.ts && one.edited?.ts !== edited?.ts),
  );
});

test('In the thread of an answer a mention needs no target', async () => {
  const { slack } = sandbox;
  const message = await answered(slack, 'why-stopped checkout prod');
  const text = `<@${slack.bot.userId}> status`;
  slack.say({ user: 'ada', channel: 'incidents', text, thread_ts: message.ts });
  const reply = await firstReply(message);
  expect(reply.text).toContain('checkout in prod');
});

test('The menu of deeper checks is answered in the thread', async () => {
  const { slack } = sandbox;
  const message = await answered(slack, 'why-stopped worker prod');
  const menu = elementsOf(message).find(({ action_id }) => action_id === 'menu');
  if (menu === undefined) throw new Error('The answer has no menu');
  await choose(slack, 'ada', message, menu.label, 'status');
  expect((await firstReply(message)).text).toContain('worker in prod');
});

test('Somebody who is not on call is told who may look, and nothing of what was found', async () => {
  const { slack } = sandbox;
  const before = slack.messages('incidents').length;
  await slack.command({ user: 'ben', channel: 'incidents', command: '/ecs', text: 'why-stopped api prod' });
  const [told] = await slack.until(() => slack.ephemerals('ben').length > 0 && slack.ephemerals('ben'));
  expect(told?.text).toContain('S0ONCALL');
  expect(slack.messages('incidents')).toHaveLength(before);
});

test('An alarm in the channel is diagnosed in its own thread', async () => {
  const { slack } = sandbox;
  const text =
    'ALARM: "api-memory"\nDimensions: [ServiceName = api] [ClusterName = prod]\nAWS Account: 222222222222';
  const { ts = '' } = slack.say({ user: 'ben', channel: 'incidents', text });
  await slack.shortcut({ user: 'ada', callback_id: 'diagnose_message', channel: 'C0INCIDENTS', ts });
  const [reply] = await slack.until(() => {
    const found = replies(slack, { channel: 'C0INCIDENTS', ts });
    return found.length > 0 && found;
  });
  expect(reply?.text).toContain('api in prod');
});

test('The form lists the services of the environment', async () => {
  const { slack } = sandbox;
  const { ts = '' } = slack.say({ user: 'ben', channel: 'incidents', text: 'prod is slow, anybody?' });
  const before = slack.views('ada').map(({ id }) => id);
  await slack.shortcut({ user: 'ada', callback_id: 'diagnose_message', channel: 'C0INCIDENTS', ts });
  const view = await slack.until(() =>
    slack.views('ada').find(({ id, callback_id }) => !before.includes(id) && callback_id === 'ask'),
  );
  const container = { type: 'view', view_id: view.id } as const;
  const { hash } = view;
  await slack.act({
    user: 'ada',
    container,
    block_id: 'environment',
    action_id: 'environment',
    selected_option: { text: { type: 'plain_text', text: 'prod' }, value: 'prod' },
  });
  await slack.until(() => slack.views('ada').find((one) => one.id === view.id && one.hash !== hash));
  const asked = { user: 'ada', container, block_id: 'service', action_id: 'service', value: 'checkou' };
  const { options } = (await slack.suggest(asked)) as { options?: { value: string }[] };
  expect(options?.[0]?.value).toBe('prod/checkout');
});

// By turns, for each account has its own rates to keep to.
const [inProd = [], inStaging = []] = ['prod', 'staging'].map((name) =>
  incidents.filter(({ environment }) => environment === name),
);
const byTurns = Array.from({ length: Math.max(inProd.length, inStaging.length) }, (_, index) =>
  [inProd[index], inStaging[index]].filter((incident) => incident !== undefined),
).flat();
/** What is said before an answer that takes a while, and after one with a long log. */
const besides = /^⏳|Earlier lines are left out here/;

test.each(byTurns.map(({ ask, name }) => [name, ask] as const))(
  'The incident %s is answered privately without anything that Slack would refuse',
  async (_name, ask) => {
    const { slack } = sandbox;
    const before = slack.ephemerals('ada').length;
    await slack.command({ user: 'ada', channel: 'incidents', command: '/ecs', text: `${ask} --private` });
    const answer = await slack.until(() =>
      slack
        .ephemerals('ada')
        .slice(before)
        .find(({ text = '' }) => !besides.test(text)),
    );
    expect(answer.text).not.toBe('');
    expect(answer.text).not.toContain('something inside the bot failed');
  },
);
