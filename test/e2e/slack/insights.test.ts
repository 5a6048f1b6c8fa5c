import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '#sandbox/sandbox.ts';
import type { Message } from '#sandbox/slack/model.ts';
import { queryAccounts } from '#test/query-accounts.ts';
import { choose, elementsOf, press, replies } from '#test/src/slack/press.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
  await sandbox.startBot({ LOG_LEVEL: 'error' });
});
afterAll(() => sandbox.stop());
beforeEach(() => sandbox.aws.setAccounts(queryAccounts(0)));
afterEach(() => {
  const { slack } = sandbox;
  expect(slack.unexpected).toEqual([]);
  const refused = slack.calls.filter(({ response }) =>
    /invalid|too_long|too_large/.test(String(response?.error)),
  );
  expect(refused).toEqual([]);
});

const has = (message: Message, label: string) =>
  elementsOf(message).some((element) => element.label === label);

/** The message of a command, as soon as it offers this. */
async function offering(text: string, label: string): Promise<Message> {
  const { slack } = sandbox;
  const before = slack.messages('incidents').length;
  await slack.command({ user: 'ada', channel: 'incidents', command: '/ecs', text });
  return slack.until(() => {
    const message = slack.messages('incidents')[before];
    return message !== undefined && has(message, label) ? structuredClone(message) : undefined;
  });
}

test('The rows come as a table, and the menu asks another query in the thread', async () => {
  const { slack } = sandbox;
  const message = await offering('insights fares prod', 'Run again');
  expect(message.text).toContain('fares in prod: nothing matched');

  await choose(slack, 'ada', message, 'Other queries', 'insights#latency');
  const reply = await slack.until(() => replies(slack, message).find((one) => has(one, 'Run again')));
  expect(reply.text).toMatch(
    /p95 rose from 9\d ms to 1,[89]\d\d ms at \d\d:\d\d UTC, with the deployment of fares:88/,
  );
  const kinds = (reply.blocks ?? []).map((block) => (block as { type?: string }).type);
  expect(kinds).toContain('data_visualization');
  expect(kinds).toContain('table');
  expect(JSON.stringify(reply.blocks)).toContain('pct(duration, 95) as p95');
  expect(elementsOf(reply).map(({ label }) => label)).toEqual([
    'Other queries',
    'Last hour',
    'Run again',
    'Open in CloudWatch',
  ]);
  // Beside a chart the table has room for a few rows; the file has them all.
  await slack.until(() => slack.calls.find(({ method }) => method === 'files.completeUploadExternal'));
});

test('A query that runs tells how far it is, and is cancelled by a press', async () => {
  const { slack } = sandbox;
  sandbox.aws.setAccounts(queryAccounts(1000));
  const message = await offering('insights refunds prod', 'Cancel');
  expect(JSON.stringify(message.blocks)).toMatch(/searches \/ecs\/refunds: \d+ lines? of \d+ matched/);

  await press(slack, 'ada', message, 'Cancel');
  const ended = await slack.until(() =>
    slack.messages('incidents').find((one) => one.ts === message.ts && has(one, 'Run again')),
  );
  expect(ended.text).toContain('the query was cancelled');
  expect(sandbox.aws.calls.map(({ operation }) => operation)).toContain('StopQuery');
  const said = await slack.until(() =>
    slack.ephemerals('ada').find(({ text }) => /cancelled/.test(text ?? '')),
  );
  expect(said.text).toBe('The query is cancelled.');
});

test('More than a day of log is asked about before it is searched', async () => {
  const { slack } = sandbox;
  const message = await offering('insights refunds prod --since 3d', 'Search 3 days');
  expect(message.text).toContain('AWS bills every gigabyte');
  await press(slack, 'ada', message, 'Search 3 days');
  const found = await slack.until(() =>
    slack.messages('incidents').find((one) => one.ts === message.ts && has(one, 'Run again')),
  );
  expect(found.text).toContain('gateway timeout');
});
