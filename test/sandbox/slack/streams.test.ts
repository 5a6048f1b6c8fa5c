import { afterEach, expect, test } from 'vitest';
import { client, refusal, startWorkspace, stopAll } from './harness.ts';

afterEach(stopAll);

const channel = 'C0INCIDENTS';
const recipient = { recipient_user_id: 'U0ADA', recipient_team_id: 'T0SANDBOX' };

async function thread() {
  const workspace = await startWorkspace();
  const { ts: thread_ts = '' } = workspace.say({ user: 'ada', channel: 'incidents', text: 'api is down' });
  return { workspace, web: client(workspace), thread_ts };
}

test('a streamed answer grows and ends', async () => {
  const { workspace, web, thread_ts } = await thread();
  const { ts = '' } = await web.chat.startStream({
    channel,
    thread_ts,
    ...recipient,
    markdown_text: 'Tasks ',
  });
  expect(await refusal(web.chat.update({ channel, ts, text: 'x' }))).toMatchObject({
    error: 'streaming_state_conflict',
  });
  await web.chat.appendStream({ channel, ts, markdown_text: 'stop' });
  await web.chat.stopStream({ channel, ts, blocks: [{ type: 'divider' }] });
  expect(workspace.thread('incidents', thread_ts)[1]).toMatchObject({
    text: 'Tasks stop',
    blocks: [{ type: 'markdown', text: 'Tasks stop' }, { type: 'divider' }],
  });
  expect(await refusal(web.chat.appendStream({ channel, ts, markdown_text: 'x' }))).toMatchObject({
    error: 'message_not_in_streaming_state',
  });
});

test("a streamed plan's tasks change in place", async () => {
  const { workspace, web, thread_ts } = await thread();
  const task = { type: 'task_update' as const, id: 'pull', title: 'Image' };
  const { ts = '' } = await web.chat.startStream({
    channel,
    thread_ts,
    ...recipient,
    task_display_mode: 'plan',
    chunks: [
      { type: 'plan_update', title: 'Looking' },
      { ...task, status: 'in_progress' },
    ],
  });
  await web.chat.appendStream({ channel, ts, chunks: [{ ...task, status: 'complete', output: 'found' }] });
  expect(workspace.thread('incidents', thread_ts)[1]?.blocks).toMatchObject([
    { type: 'plan', title: 'Looking', tasks: [{ task_id: 'pull', status: 'complete' }] },
  ]);
});

test('a stream in a channel names who it is for', async () => {
  const { web, thread_ts } = await thread();
  expect(await refusal(web.chat.startStream({ channel, thread_ts, markdown_text: 'x' }))).toMatchObject({
    error: 'missing_recipient_user_id',
  });
});

test("a thread's status ends with the answer, or after two minutes", async () => {
  const { workspace, web, thread_ts } = await thread();
  const status = () => workspace.thread('incidents', thread_ts)[0]?.status;
  await web.assistant.threads.setStatus({ channel_id: channel, thread_ts, status: 'is looking' });
  expect(status()).toBe('is looking');
  await web.chat.postMessage({ channel, thread_ts, text: 'found' });
  expect(status()).toBeUndefined();
  await web.assistant.threads.setStatus({ channel_id: channel, thread_ts, status: 'is looking' });
  workspace.advance(120_000);
  expect(status()).toBeUndefined();
});
