import { afterEach, expect, test } from 'vitest';
import { client, refusal, startWorkspace, stopAll } from './harness.ts';

afterEach(stopAll);

test('a file goes up in three steps and is shared in the thread', async () => {
  const workspace = await startWorkspace();
  const web = client(workspace);
  const { ts } = await web.chat.postMessage({ channel: 'C0INCIDENTS', text: 'api in prod' });
  const content = 'java.lang.OutOfMemoryError: Java heap space\nat Main.main';
  await web.filesUploadV2({
    channel_id: 'C0INCIDENTS',
    thread_ts: String(ts),
    initial_comment: 'The log of app',
    filename: 'app.log',
    title: 'app, task 3f2a',
    content,
  });
  const [, reply] = workspace.thread('incidents', String(ts));
  expect(reply).toMatchObject({
    text: 'The log of app',
    files: [
      {
        name: 'app.log',
        title: 'app, task 3f2a',
        mimetype: 'text/plain',
        size: content.length,
        preview: content,
      },
    ],
  });
  const download = await fetch(workspace.url + reply?.files?.[0]?.url);
  expect(await download.text()).toBe(content);
  expect(workspace.unexpected).toEqual([]);
});

test('a file that was not uploaded, or a channel without the bot, is refused', async () => {
  const workspace = await startWorkspace();
  const web = client(workspace);
  const { file_id = '', upload_url = '' } = await web.files.getUploadURLExternal({
    filename: 'a.txt',
    length: 1,
  });
  const complete = () =>
    web.files.completeUploadExternal({ files: [{ id: file_id }], channel_id: 'C0GENERAL' });
  expect(await refusal(complete())).toMatchObject({ error: 'file_not_found' });
  expect((await fetch(upload_url, { method: 'POST', body: 'too long' })).status).toBe(400);
  expect((await fetch(upload_url, { method: 'POST', body: 'x' })).status).toBe(200);
  expect(await refusal(complete())).toMatchObject({ error: 'not_in_channel' });
});
