import { afterEach, describe, expect, test } from 'vitest';
import { client, refusal, startWorkspace, stopAll } from './harness.ts';

afterEach(stopAll);

const CHANNEL = 'C0INCIDENTS';
const plain = (text: string) => ({ type: 'plain_text' as const, text });
const divider = { type: 'divider' as const };
const table = { type: 'table' as const, rows: [[{ type: 'raw_text' as const, text: 'x' }]] };
const rich = (text: string) => ({ type: 'section' as const, text: plain(text) });

describe('a call is refused', () => {
  test.each<[string, Record<string, unknown>, string]>([
    ['chat.postMessage', { channel: 'C0NONE', text: 'x' }, 'channel_not_found'],
    ['chat.postMessage', { text: 'x' }, 'channel_not_found'],
    ['chat.postMessage', { channel: 'C0GENERAL', text: 'x' }, 'not_in_channel'],
    ['chat.postMessage', { channel: 'C0OLD', text: 'x' }, 'is_archived'],
    ['chat.postMessage', { channel: 'C0SECRET', text: 'x' }, 'channel_not_found'],
    ['chat.postMessage', { channel: CHANNEL }, 'no_text'],
    ['chat.postMessage', { channel: CHANNEL, text: 'x', thread_ts: '1.000000' }, 'thread_not_found'],
    ['chat.postMessage', { channel: CHANNEL, text: 'x', blocks: '[' }, 'invalid_blocks_format'],
    ['chat.postMessage', { channel: CHANNEL, text: 'x', blocks: [table, table] }, 'invalid_blocks'],
    [
      'chat.postMessage',
      { channel: CHANNEL, text: 'x', blocks: Array(5).fill(rich('x'.repeat(2900))) },
      'msg_blocks_too_long',
    ],
    ['chat.postMessage', { channel: CHANNEL, text: 'x', markdown_text: 'y' }, 'markdown_text_conflict'],
    ['chat.postMessage', { channel: CHANNEL, markdown_text: 'x'.repeat(12_001) }, 'msg_too_long'],
    [
      'chat.postMessage',
      { channel: CHANNEL, text: 'x', metadata: { event_type: 'a' } },
      'invalid_metadata_format',
    ],
    [
      'chat.postMessage',
      { channel: CHANNEL, text: 'x', metadata: { event_type: 'a', event_payload: { a: { b: { c: 1 } } } } },
      'invalid_metadata_schema',
    ],
    [
      'chat.postMessage',
      { channel: CHANNEL, text: 'x', metadata: { event_type: 'a', event_payload: { a: 'x'.repeat(8000) } } },
      'metadata_too_large',
    ],
    ['chat.postEphemeral', { channel: CHANNEL, user: 'U0NONE', text: 'x' }, 'user_not_in_channel'],
    ['chat.postEphemeral', { channel: CHANNEL, user: 'U0ADA', text: 'x', blocks: [table] }, 'invalid_blocks'],
    ['chat.update', { channel: CHANNEL, ts: '1.000000', text: 'x' }, 'message_not_found'],
    ['chat.delete', { channel: CHANNEL, ts: '1.000000' }, 'message_not_found'],
    ['chat.getPermalink', { channel: CHANNEL, message_ts: '1.000000' }, 'message_not_found'],
    ['usergroups.users.list', { usergroup: 'S0NONE' }, 'no_such_subteam'],
    ['files.completeUploadExternal', { files: [{ id: 'F0' }] }, 'file_not_found'],
    ['views.open', { view: {} }, 'invalid_arguments'],
    ['users.info', { user: 'U0ADA' }, 'missing_scope'],
    ['conversations.history', { channel: CHANNEL }, 'missing_scope'],
    ['reactions.add', { channel: CHANNEL, timestamp: '1.000000', name: 'eyes' }, 'missing_scope'],
    ['apps.connections.open', {}, 'not_allowed_token_type'],
  ])('%s %j: %s', async (method, args, error) => {
    const channels = [
      { id: CHANNEL, name: 'incidents', topic: '', members: ['U0ADA', 'U0SLEUTH'], is_private: false },
      { id: 'C0GENERAL', name: 'general', topic: '', members: ['U0ADA'], is_private: false },
      { id: 'C0SECRET', name: 'secret', topic: '', members: ['U0ADA'], is_private: true },
      { id: 'C0OLD', name: 'old', topic: '', members: ['U0SLEUTH'], is_private: false, is_archived: true },
    ];
    const workspace = await startWorkspace({ channels });
    expect(await refusal(client(workspace).apiCall(method, args))).toMatchObject({ ok: false, error });
    expect(workspace.unexpected).toEqual([]);
  });

  test.each([
    ['', 'not_authed'],
    ['xoxb-other', 'invalid_auth'],
  ])('with the token "%s": %s', async (token, error) => {
    const workspace = await startWorkspace();
    const headers = { authorization: `Bearer ${token}` };
    const response = await fetch(`${workspace.apiUrl}auth.test`, { method: 'POST', headers });
    expect(await response.json()).toMatchObject({ ok: false, error });
  });

  test('with the lines that name each fault of its blocks', async () => {
    const workspace = await startWorkspace();
    const blocks = [{ type: 'header' as const, text: plain('x'.repeat(151)) }];
    const call = client(workspace).chat.postMessage({ channel: CHANNEL, text: 'x', blocks });
    expect(await refusal(call)).toMatchObject({
      error: 'invalid_blocks',
      response_metadata: {
        messages: ['[ERROR] must be less than 151 characters [json-pointer:/blocks/0/text/text]'],
      },
    });
  });

  test('and remembered when its method is unknown', async () => {
    const workspace = await startWorkspace();
    expect(await refusal(client(workspace).apiCall('chat.shout'))).toMatchObject({ error: 'unknown_method' });
    expect(workspace.unexpected).toEqual([{ code: 'unknown_method', message: 'chat.shout' }]);
  });
});

test('blocks.validate needs no token and answers with pointers', async () => {
  const workspace = await startWorkspace();
  const check = (blocks: unknown) =>
    client(workspace, '').apiCall('blocks.validate', { blocks: JSON.stringify(blocks) });
  expect(await check([divider])).toMatchObject({ ok: true });
  expect(await refusal(check([{ type: 'header' }]))).toMatchObject({
    error: 'invalid_blocks',
    errors: [{ pointer: '/0', code: 'missing_field', message: 'missing required field: text' }],
  });
});
