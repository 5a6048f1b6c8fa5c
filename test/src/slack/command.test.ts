import { afterEach, expect, test } from 'vitest';
import { CannotLook } from '#commands/command.ts';
import { requestOfMetadata } from '#src/slack/state.ts';
import { answerWith, type BotUnderTest, gate, reportOf, type Setup, startBot } from './bot.ts';

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

const ada = { user: 'ada', channel: 'incidents', command: '/ecs' };

test('A command is acknowledged, shows at once that it is looked at, and is answered by an edit of that message', async () => {
  const done = gate();
  const { workspace } = await start({
    run: async (request) => {
      await done.promise;
      return { kind: 'report', report: reportOf(request) };
    },
  });
  expect(await workspace.command({ ...ada, text: 'why-stopped api prod' })).toEqual({ ok: true });
  const first = await workspace.until(() => workspace.messages('incidents')[0]);
  expect(first.text).toContain('Looking at api in prod');
  done.resolve();
  await workspace.until(() => workspace.messages('incidents')[0]?.edited);
  expect(workspace.messages('incidents')).toHaveLength(1);
  const [answer] = workspace.messages('incidents');
  expect(answer?.ts).toBe(first.ts);
  expect(answer?.text).toContain('api');
  expect(answer?.thread_ts).toBeUndefined();
  expect(workspace.frames[0]).toMatchObject({ type: 'slash_commands', response: {} });
});

test('The first message of a thread carries its target, resolved, for any later replica', async () => {
  const { workspace } = await start();
  await workspace.command({ ...ada, text: 'why-stopped ap prod' });
  await workspace.until(() => workspace.messages('incidents')[0]?.edited);
  expect(requestOfMetadata(workspace.messages('incidents')[0]?.metadata)).toMatchObject({
    command: 'why-stopped',
    service: 'ap',
    environment: 'prod',
    options: { cluster: 'prod' },
  });
});

test.each([
  ['as they were typed', 'logs api prod --filter "a && b <nil>"'],
  ['as entities', 'logs api prod --filter "a &amp;&amp; b &lt;nil&gt;"'],
])('A command is understood though Slack sends & < > %s', async (_what, text) => {
  const { workspace, ran } = await start();
  await workspace.command({ ...ada, text });
  await expect.poll(() => ran[0]?.options.filter).toBe('a && b <nil>');
});

test('A secret in a pasted text is in no message, button or metadata that the bot writes', async () => {
  const { workspace, ran } = await start();
  const secret = 'hunter2SuperSecret';
  const text = `explain CannotPullContainerError: postgres://app:${secret}@db.internal:5432/app refused`;
  await workspace.command({ ...ada, text });
  await workspace.until(() => workspace.messages('incidents')[0]?.edited);
  expect(ran[0]?.text).toContain('CannotPullContainerError: postgres://app:[redacted');
  const written = workspace.calls.filter(({ method }) => method.startsWith('chat.'));
  expect(requestOfMetadata(workspace.messages('incidents')[0]?.metadata)?.text).toContain('CannotPull');
  expect(JSON.stringify([written, workspace.messages('incidents')])).not.toContain(secret);
});

test.each([
  ['the other end', 'connect api postgres://app:hunter2SuperSecret@db.internal:5432 prod'],
  ['the service', 'why-stopped postgres://app:hunter2SuperSecret@db.internal:5432 prod'],
])(
  'A secret in the address that somebody gives for %s is in nothing that is written',
  async (_what, text) => {
    const { workspace, uses } = await start();
    await workspace.command({ ...ada, text });
    await expect.poll(() => uses.length).toBe(1);
    const written = workspace.calls.filter(({ method }) => method.startsWith('chat.'));
    expect(JSON.stringify([written, workspace.messages('incidents'), uses])).not.toContain(
      'hunter2SuperSecret',
    );
  },
);

test('A secret in what was not understood is not in the audit', async () => {
  const { workspace, uses } = await start();
  await workspace.command({ ...ada, text: 'postgres://app:hunter2SuperSecret@db.internal:5432/app refused' });
  await expect.poll(() => uses.map(({ outcome }) => outcome)).toEqual(['usage']);
  expect(uses[0]?.detail).toContain('There is no command');
  expect(JSON.stringify(uses)).not.toContain('hunter2SuperSecret');
});

test('Every message and edit is sent without parsing, without linked names and without unfurled links', async () => {
  const { workspace } = await start();
  await workspace.command({ ...ada, text: 'why-stopped api prod' });
  await workspace.until(() => workspace.messages('incidents')[0]?.edited);
  const post = workspace.calls.find(({ method }) => method === 'chat.postMessage');
  const edit = workspace.calls.find(({ method }) => method === 'chat.update');
  const literal = { parse: 'none', link_names: 'false' };
  expect(post?.args).toMatchObject({ ...literal, unfurl_links: 'false', unfurl_media: 'false' });
  expect(edit?.args).toMatchObject(literal);
});

test('With --private only the asker sees an answer, without a table', async () => {
  const { workspace } = await start();
  await workspace.command({ ...ada, text: 'why-stopped api prod --private' });
  const [answer] = await workspace.until(
    () => workspace.ephemerals('ada').length > 0 && workspace.ephemerals('ada'),
  );
  expect(answer?.text).toContain('api');
  expect(workspace.messages('incidents')).toEqual([]);
});

test.each([
  ['help', 'says why'],
  ['why-stoped api prod', 'no command'],
  ['why-stopped api nowhere', 'no environment'],
  ['why-stopped', 'needs a service'],
])('"%s" is answered privately and leaves nothing in the channel', async (text, part) => {
  const { workspace } = await start();
  await workspace.command({ ...ada, text });
  const [answer] = await workspace.until(
    () => workspace.ephemerals('ada').length > 0 && workspace.ephemerals('ada'),
  );
  expect(JSON.stringify(answer?.blocks)).toContain(part);
  expect(workspace.messages('incidents')).toEqual([]);
});

test('A suggestion is shown ready to be typed', async () => {
  const { workspace } = await start();
  await workspace.command({ ...ada, text: 'why-stoped api prod' });
  const [answer] = await workspace.until(
    () => workspace.ephemerals('ada').length > 0 && workspace.ephemerals('ada'),
  );
  expect(JSON.stringify(answer?.blocks)).toContain('/ecs why-stopped api prod');
});

test('Somebody with nothing open to them is refused privately, and the refusal is in the audit', async () => {
  const { workspace, uses, ran } = await start({ allow: () => [] });
  await workspace.command({ ...ada, user: 'ben', text: 'why-stopped api prod' });
  await workspace.until(() => workspace.ephemerals('ben').length > 0);
  expect(workspace.messages('incidents')).toEqual([]);
  expect(ran).toEqual([]);
  await expect
    .poll(() => uses)
    .toMatchObject([{ entry: 'command', outcome: 'refused', person: { id: 'U0BEN' } }]);
});

test('Where the bot is no member the answer comes privately and says how to invite it', async () => {
  const { workspace } = await start();
  await workspace.command({ ...ada, channel: 'general', text: 'why-stopped api prod' });
  const [answer] = await workspace.until(
    () => workspace.ephemerals('ada').length > 0 && workspace.ephemerals('ada'),
  );
  const shown = JSON.stringify(answer?.blocks);
  expect(shown).toContain('/invite');
  expect(shown).toContain('api');
  expect(workspace.messages('general')).toEqual([]);
});

test('An error inside the bot is said in place, with a reference that the log has too', async () => {
  const { workspace, logged } = await start({
    run: async () => {
      throw new Error('wires crossed');
    },
  });
  await workspace.command({ ...ada, text: 'why-stopped api prod' });
  await workspace.until(() => workspace.messages('incidents')[0]?.edited);
  const shown = JSON.stringify(workspace.messages('incidents')[0]?.blocks);
  const reference = /Reference for the log: ([0-9a-f]+)/.exec(shown)?.[1];
  expect(shown).not.toContain('wires crossed');
  expect(logged.some((line) => line.reference === reference)).toBe(true);
});

test('Ten commands at once are each acknowledged and each answered in a message of their own', async () => {
  const { workspace } = await start({ run: answerWith() });
  const sent = Array.from({ length: 10 }, (_, index) =>
    workspace.command({ ...ada, text: `why-stopped api-${index} prod` }),
  );
  expect(await Promise.all(sent)).toEqual(sent.map(() => ({ ok: true })));
  await workspace.until(
    () => workspace.messages('incidents').filter(({ edited }) => edited !== undefined).length === 10,
    { timeoutMs: 15_000 },
  );
});

test('What could not be looked at is said with its reason', async () => {
  const { workspace } = await start({
    run: async () => {
      throw new CannotLook('the services of prod could not be listed: not allowed to call ecs:ListServices');
    },
  });
  await workspace.command({ ...ada, text: 'status api prod' });
  await workspace.until(() => workspace.messages('incidents')[0]?.edited);
  expect(workspace.messages('incidents')[0]?.text).toContain('not allowed to call ecs:ListServices');
});
