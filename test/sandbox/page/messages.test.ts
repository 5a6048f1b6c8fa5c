import { describe, expect, test } from 'vitest';
import { PHONE, useBrowser } from './visit.ts';
import { BOT, CHANNEL, DANA, MESSAGES, RIO, ROOT, workspace } from './workspace.ts';

const visit = useBrowser();

const base = { channel: CHANNEL, user: BOT, bot_id: 'B0SLEUTH' };

describe('a channel', () => {
  test('shows who wrote what and when, in the zone of the reader, and what was edited', async () => {
    const { page } = await visit(workspace(), { timezoneId: 'Asia/Tokyo' });
    const answer = page.getByRole('article', { name: /^ECS Sleuth/ });
    const text = (await answer.innerText()).replaceAll('\u202f', ' ');
    expect(text).toContain('APP');
    expect(text).toContain('as of 11:41 PM');
    expect(text).toContain('(edited)');
  });

  test('runs of one author stand under one name', async () => {
    const { page } = await visit(workspace());
    expect(await page.locator('.author').allInnerTexts()).toEqual(['Dana Okafor', 'ECS Sleuth']);
  });

  test('an edit changes the message in its place and leaves what is typed alone', async () => {
    const { page, server } = await visit(workspace());
    await page.getByRole('textbox', { name: 'Message #incidents' }).fill('half a thought');
    const [first] = MESSAGES;
    server.emit({ type: 'message', message: { ...first, text: 'Orders work again', edited: { ts: ROOT } } });
    await page.getByText('Orders work again').waitFor();
    expect(await page.getByRole('article').first().innerText()).toContain('Orders work again');
    expect(await page.getByRole('textbox', { name: 'Message #incidents' }).inputValue()).toBe(
      'half a thought',
    );
  });

  test('a deleted message goes', async () => {
    const { page, server } = await visit(workspace());
    server.emit({ type: 'message_deleted', channel: CHANNEL, ts: MESSAGES[0]?.ts });
    await page.getByText('Orders are failing').waitFor({ state: 'detached' });
    expect(await page.getByRole('article').count()).toBe(2);
  });

  test('news in another channel marks it unread until it is opened', async () => {
    const { page, server } = await visit(workspace());
    server.emit({
      type: 'message',
      message: { ...base, channel: 'C0DEPLOYS', ts: '1767279000.000100', text: 'done' },
    });
    await page.getByRole('button', { name: /^deploys.*unread$/ }).click();
    await page.getByText('done').waitFor();
    await page.getByRole('button', { name: 'deploys', exact: true }).waitFor();
  });

  test('the app can be added where it is missing', async () => {
    const channels = [{ id: CHANNEL, name: 'incidents', topic: '', members: [DANA], is_private: false }];
    const { page, server } = await visit(workspace({ channels }));
    await page.getByRole('button', { name: 'Add ECS Sleuth' }).click();
    await expect
      .poll(() => server.posts)
      .toEqual([{ path: 'invite', body: { user: DANA, channel: CHANNEL } }]);
    server.emit({ type: 'channel', channel: { ...channels[0], members: [DANA, BOT] } });
    await page.getByRole('button', { name: 'Add ECS Sleuth' }).waitFor({ state: 'hidden' });
  });

  test('says when the app is not connected', async () => {
    const { page, server } = await visit(workspace());
    await page.getByRole('button', { name: 'ECS Sleuth connected' }).waitFor();
    server.emit({ type: 'connected', connected: false });
    await page.getByRole('button', { name: 'ECS Sleuth not connected' }).waitFor();
  });
});

describe('what only one person sees', () => {
  const note = { ...base, ts: '1767279000.000100', text: 'prod is not open to you', to: DANA };

  test('an ephemeral message is marked, can be dismissed, and is not there for others', async () => {
    const { page } = await visit(workspace({ ephemerals: [note] }));
    const shown = page
      .getByRole('article', { name: /^ECS Sleuth/ })
      .filter({ hasText: 'Only visible to you' });
    await page.getByRole('radio', { name: 'Rio Lind' }).click();
    expect(await shown.count()).toBe(0);
    await page.getByRole('radio', { name: 'Dana Okafor' }).click();
    await shown.getByRole('button', { name: 'Dismiss' }).click();
    expect(await shown.count()).toBe(0);
  });

  test('an ephemeral message that the app replaces or deletes changes', async () => {
    const { page, server } = await visit(workspace({ ephemerals: [note] }));
    server.emit({ type: 'ephemeral', message: { ...note, text: 'looking' } });
    await page.getByText('looking').waitFor();
    server.emit({ type: 'ephemeral_deleted', channel: CHANNEL, ts: note.ts, to: DANA });
    await page.getByText('looking').waitFor({ state: 'detached' });
  });

  test('Slackbot tells only the asker that the app failed', async () => {
    const { page, server } = await visit(workspace());
    server.emit({ type: 'failure', user: RIO, channel: CHANNEL, text: '/ecs failed for Rio' });
    server.emit({
      type: 'failure',
      user: DANA,
      channel: CHANNEL,
      text: '/ecs failed with the error "operation_timeout"',
    });
    await page
      .getByRole('article', { name: /^Slackbot/ })
      .getByText('operation_timeout')
      .waitFor();
    expect(await page.getByText('/ecs failed for Rio').count()).toBe(0);
  });
});

describe('a thread', () => {
  test('opens from the reply count and shows the root, the replies and a composer of its own', async () => {
    const { page, server } = await visit(workspace());
    await page.getByRole('button', { name: '2 replies' }).click();
    const pane = page.getByRole('complementary', { name: 'Thread' });
    expect(await pane.getByRole('article').count()).toBe(3);
    await pane.getByRole('textbox', { name: 'Reply…' }).fill('thanks');
    await pane.getByRole('textbox', { name: 'Reply…' }).press('Enter');
    await expect
      .poll(() => server.posts)
      .toEqual([
        { path: 'message', body: { user: DANA, channel: CHANNEL, text: 'thanks', thread_ts: ROOT } },
      ]);
  });

  test('grows with new replies, and the count in the channel follows', async () => {
    const { page, server } = await visit(workspace(), { hash: `channel=${CHANNEL}&thread=${ROOT}` });
    server.emit({
      type: 'message',
      message: { ...base, ts: '1767279000.000100', thread_ts: ROOT, text: 'third' },
    });
    await page.getByRole('complementary', { name: 'Thread' }).getByText('third').waitFor();
    await page.getByRole('button', { name: '3 replies' }).waitFor();
  });

  test('shows what the app says that it is doing', async () => {
    const { page, server } = await visit(workspace(), { hash: `channel=${CHANNEL}&thread=${ROOT}` });
    server.emit({ type: 'status', channel: CHANNEL, thread_ts: ROOT, text: 'is reading the logs' });
    await page.getByText('ECS Sleuth is reading the logs').waitFor();
  });

  test('a snippet shows its first lines and opens to the whole file', async () => {
    const whole = `${'line\n'.repeat(30)}<b>the end</b>`;
    const { page } = await visit(workspace(), {
      hash: `channel=${CHANNEL}&thread=${ROOT}`,
      files: { F0LOG: whole },
    });
    const code = page.getByRole('region', { name: 'app.log' });
    await page.getByRole('button', { name: 'Expand' }).click();
    await page.getByRole('button', { name: 'Collapse' }).waitFor();
    expect(await code.textContent()).toBe(whole);
  });

  test('Escape closes it', async () => {
    const { page } = await visit(workspace(), { hash: `channel=${CHANNEL}&thread=${ROOT}` });
    await page.getByRole('textbox', { name: 'Reply…' }).press('Escape');
    await page.getByRole('complementary', { name: 'Thread' }).waitFor({ state: 'hidden' });
  });
});

describe('on a phone', () => {
  test('the verdict stands in view when the channel opens, and nothing is wider than the screen', async () => {
    const { page } = await visit(workspace(), PHONE);
    const verdict = await page.getByText('api in prod: out of memory').boundingBox();
    expect(verdict?.y).toBeGreaterThan(50);
    expect(verdict?.y).toBeLessThan(200);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
  });

  test('one pane shows at a time, and the sidebar is a drawer', async () => {
    const { page } = await visit(workspace(), PHONE);
    await page.getByRole('button', { name: '2 replies' }).click();
    expect(await page.getByRole('main').isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Back to channel' }).click();
    await page.getByRole('button', { name: 'Open sidebar' }).click();
    await page.getByRole('button', { name: 'deploys' }).click();
    await page.getByText('This is the very beginning of #deploys.').waitFor();
    await page.locator('nav').waitFor({ state: 'hidden' });
  });
});

test('the theme follows the system until the reader chooses one', async () => {
  const { page } = await visit(workspace(), { colorScheme: 'dark' });
  const background = () => page.evaluate('getComputedStyle(document.body).backgroundColor');
  const dark = await background();
  await page.getByRole('button', { name: 'Theme: as the system' }).click();
  expect(await background()).not.toBe(dark);
  await page.getByRole('button', { name: 'Theme: light' }).click();
  expect(await background()).toBe(dark);
});
