import { afterEach, describe, expect, test } from 'vitest';
import { client, manifestWith, refusal, startWorkspace, stopAll } from './harness.ts';

afterEach(stopAll);

const CHANNEL = 'C0INCIDENTS';
const divider = { type: 'divider' as const };

test('arguments may come as a form or as JSON, and the scopes come back', async () => {
  const workspace = await startWorkspace();
  const send = (body: string, type: string) =>
    fetch(`${workspace.apiUrl}chat.postMessage`, {
      method: 'POST',
      headers: { authorization: `Bearer ${workspace.botToken}`, 'content-type': type },
      body,
    });
  const json = await send(
    JSON.stringify({ channel: CHANNEL, text: 'j', blocks: [divider] }),
    'application/json; charset=utf-8',
  );
  const form = new URLSearchParams({ channel: CHANNEL, text: 'f', blocks: JSON.stringify([divider]) });
  await send(form.toString(), 'application/x-www-form-urlencoded');
  expect(workspace.messages('incidents')).toMatchObject([
    { text: 'j', blocks: [divider] },
    { text: 'f', blocks: [divider] },
  ]);
  expect(json.headers.get('x-oauth-scopes')).toBe(
    'app_mentions:read,chat:write,commands,files:write,usergroups:read',
  );
  expect(json.headers.get('x-accepted-oauth-scopes')).toBe('chat:write');
});

test('timestamps are unique, and rising in the order of posting', async () => {
  const workspace = await startWorkspace();
  const web = client(workspace);
  const posts = await Promise.all(
    Array.from({ length: 20 }, (_, index) => web.chat.postMessage({ channel: CHANNEL, text: `${index}` })),
  );
  const stamps = workspace.messages('incidents').map((message) => message.ts);
  expect(new Set(posts.map((post) => post.ts)).size).toBe(20);
  expect(stamps).toEqual([...stamps].sort());
  expect(stamps.every((ts) => /^\d{10}\.\d{6}$/.test(ts))).toBe(true);
});

test('an edit keeps what it does not name', async () => {
  const workspace = await startWorkspace();
  const web = client(workspace);
  const metadata = { event_type: 'target', event_payload: { service: 'api' } };
  const { ts = '' } = await web.chat.postMessage({
    channel: CHANNEL,
    text: 'a',
    blocks: [divider],
    metadata,
  });
  await web.chat.update({ channel: CHANNEL, ts, text: 'b' });
  expect(workspace.messages('incidents')).toMatchObject([{ text: 'b', blocks: [divider], metadata }]);
  await web.chat.update({ channel: CHANNEL, ts, text: 'c', blocks: [] });
  expect(workspace.messages('incidents')).toMatchObject([{ text: 'c', blocks: [] }]);
});

test("the bot edits and deletes only its own messages, and no edit is longer than Slack's limit", async () => {
  const workspace = await startWorkspace();
  const web = client(workspace);
  const { ts: other = '' } = workspace.say({ user: 'ada', channel: 'incidents', text: 'mine' });
  expect(await refusal(web.chat.update({ channel: CHANNEL, ts: other, text: 'x' }))).toMatchObject({
    error: 'cant_update_message',
  });
  expect(await refusal(web.chat.delete({ channel: CHANNEL, ts: other }))).toMatchObject({
    error: 'cant_delete_message',
  });
  const { ts = '' } = await web.chat.postMessage({ channel: CHANNEL, text: 'x' });
  const text = 'x'.repeat(4001);
  expect(await refusal(web.chat.update({ channel: CHANNEL, ts, text }))).toMatchObject({
    error: 'msg_too_long',
  });
  await web.chat.delete({ channel: CHANNEL, ts });
  expect(workspace.messages('incidents')).toHaveLength(1);
});

test('replies count at their root, whichever message of the thread they name', async () => {
  const workspace = await startWorkspace();
  const web = client(workspace);
  const { ts: root = '' } = await web.chat.postMessage({ channel: CHANNEL, text: 'root' });
  const { ts: reply = '' } = await web.chat.postMessage({ channel: CHANNEL, text: 'first', thread_ts: root });
  await web.chat.postMessage({ channel: CHANNEL, text: 'second', thread_ts: reply });
  expect(workspace.thread('incidents', root)).toMatchObject([
    { text: 'root', reply_count: 2 },
    { text: 'first', thread_ts: root },
    { text: 'second', thread_ts: root },
  ]);
  const { permalink } = await web.chat.getPermalink({ channel: CHANNEL, message_ts: reply });
  expect(permalink).toContain(`/archives/${CHANNEL}/p${reply.replace('.', '')}?thread_ts=${root}`);
});

test("a message to a user's id opens the conversation with them", async () => {
  const workspace = await startWorkspace();
  const { channel = '' } = await client(workspace).chat.postMessage({ channel: 'U0BEN', text: 'invite me' });
  expect(channel).toMatch(/^D/);
  expect(workspace.messages(channel)).toMatchObject([{ text: 'invite me' }]);
});

describe('with more scopes', () => {
  const scopes = [
    'users:read',
    'channels:read',
    'channels:history',
    'channels:join',
    'reactions:write',
    'team:read',
  ];
  const more = () => startWorkspace({ manifest: manifestWith({ scopes }) });

  test('history and replies come back page by page, with metadata when asked for', async () => {
    const workspace = await more();
    const web = client(workspace);
    const metadata = { event_type: 'target', event_payload: { service: 'api' } };
    const { ts = '' } = await web.chat.postMessage({ channel: CHANNEL, text: 'root', metadata });
    await web.chat.postMessage({ channel: CHANNEL, text: 'reply', thread_ts: ts });
    await web.chat.postMessage({ channel: CHANNEL, text: 'last' });
    const first = await web.conversations.history({ channel: CHANNEL, limit: 1 });
    const cursor = first.response_metadata?.next_cursor ?? '';
    const second = await web.conversations.history({ channel: CHANNEL, cursor, include_all_metadata: true });
    expect([first.messages, first.has_more]).toMatchObject([[{ text: 'last' }], true]);
    expect(second.messages).toMatchObject([{ text: 'root', metadata, reply_count: 1 }]);
    const replies = await web.conversations.replies({ channel: CHANNEL, ts });
    expect(replies.messages?.map((message) => message.text)).toEqual(['root', 'reply']);
    expect(replies.messages?.[0]).not.toHaveProperty('metadata');
  });

  test('people, groups, channels and the team can be read', async () => {
    const workspace = await more();
    const web = client(workspace);
    expect((await web.users.info({ user: 'U0ADA' })).user).toMatchObject({ real_name: 'Ada Okafor' });
    expect((await web.users.list({})).members).toHaveLength(3);
    expect((await web.usergroups.list({})).usergroups).toMatchObject([{ id: 'S0ONCALL', handle: 'oncall' }]);
    expect((await web.usergroups.users.list({ usergroup: 'S0ONCALL' })).users).toEqual(['U0ADA']);
    expect((await web.conversations.members({ channel: CHANNEL })).members).toContain('U0BEN');
    expect((await web.conversations.list({})).channels).toHaveLength(3);
    expect((await web.bots.info({ bot: 'B0SLEUTH' })).bot).toMatchObject({ name: 'ECS Sleuth' });
    expect((await web.team.info({})).team).toMatchObject({ id: 'T0SANDBOX' });
    expect((await web.conversations.info({ channel: 'C0GENERAL' })).channel).toMatchObject({
      is_member: false,
    });
    expect((await web.conversations.join({ channel: 'C0GENERAL' })).channel).toMatchObject({
      is_member: true,
    });
    await web.chat.postMessage({ channel: 'C0GENERAL', text: 'in' });
  });

  test('a reaction is put on once and taken off', async () => {
    const workspace = await more();
    const web = client(workspace);
    const { ts: timestamp = '' } = workspace.say({ user: 'ada', channel: 'incidents', text: 'x' });
    const eyes = { channel: CHANNEL, timestamp, name: 'eyes' };
    await web.reactions.add(eyes);
    expect(await refusal(web.reactions.add(eyes))).toMatchObject({ error: 'already_reacted' });
    expect(workspace.messages('incidents')).toMatchObject([{ reactions: [{ name: 'eyes', count: 1 }] }]);
    await web.reactions.remove(eyes);
    expect(await refusal(web.reactions.remove(eyes))).toMatchObject({ error: 'no_reaction' });
  });
});
