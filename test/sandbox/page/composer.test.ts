import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { useBrowser } from './visit.ts';
import { CHANNEL, DANA, RIO, ROOT, workspace } from './workspace.ts';

const visit = useBrowser();

const field = (page: Page) => page.getByRole('textbox', { name: 'Message #incidents' });
const suggestions = (page: Page) => page.getByRole('listbox', { name: 'Suggestions' }).getByRole('option');

describe('completion', () => {
  test('a slash offers the commands with their usage, and Enter takes the marked one', async () => {
    const { page } = await visit(workspace());
    await field(page).pressSequentially('/e');
    expect(await suggestions(page).allInnerTexts()).toEqual([
      expect.stringContaining('/ecs [why-stopped | why-pending | status'),
    ]);
    await field(page).press('Enter');
    expect(await field(page).inputValue()).toBe('/ecs ');
  });

  test('the subcommands come from the usage hint; arrows choose, Tab takes', async () => {
    const { page } = await visit(workspace());
    await field(page).pressSequentially('/ecs ');
    expect(await suggestions(page).allInnerTexts()).toEqual([
      'why-stopped',
      'why-pending',
      'status',
      'logs',
      'triage',
      'help',
    ]);
    await field(page).pressSequentially('why');
    expect(await suggestions(page).allInnerTexts()).toEqual(['why-stopped', 'why-pending']);
    await field(page).press('ArrowDown');
    await field(page).press('Tab');
    expect(await field(page).inputValue()).toBe('/ecs why-pending ');
  });

  test('a hint in words offers its commands and not the words between them', async () => {
    const commands = [
      { command: '/ecs', usage_hint: 'why-stopped SERVICE ENVIRONMENT, or help', description: '' },
    ];
    const state = workspace();
    const { page } = await visit({ ...state, app: { ...state.app, commands } });
    await field(page).pressSequentially('/ecs ');
    expect(await suggestions(page).allInnerTexts()).toEqual(['why-stopped', 'help']);
  });

  test('Escape closes the list and keeps the text', async () => {
    const { page } = await visit(workspace());
    await field(page).pressSequentially('/ecs sta');
    await field(page).press('Escape');
    expect(await suggestions(page).count()).toBe(0);
    expect(await field(page).inputValue()).toBe('/ecs sta');
  });

  test('an @ offers the bot, people and groups', async () => {
    const { page } = await visit(workspace());
    await field(page).pressSequentially('please @');
    expect(await suggestions(page).allInnerTexts()).toEqual([
      expect.stringContaining('ECS Sleuth'),
      expect.stringContaining('Dana Okafor'),
      expect.stringContaining('Rio Lind'),
      expect.stringContaining('oncall'),
    ]);
    await field(page).pressSequentially('sle');
    await field(page).press('Enter');
    expect(await field(page).inputValue()).toBe('please @ECS Sleuth ');
  });
});

describe('sending', () => {
  test('Enter sends a command as the user at the screen', async () => {
    const { page, server } = await visit(workspace());
    await page.getByRole('radio', { name: 'Rio Lind' }).click();
    await field(page).fill('/ecs why-stopped api prod');
    await field(page).press('Enter');
    await expect
      .poll(() => server.posts)
      .toEqual([
        {
          path: 'command',
          body: { user: RIO, channel: CHANNEL, command: '/ecs', text: 'why-stopped api prod' },
        },
      ]);
    expect(await field(page).inputValue()).toBe('');
  });

  test('a message goes out escaped, with mentions and links as Slack writes them', async () => {
    const { page, server } = await visit(workspace());
    await field(page).fill('@ECS Sleuth why is a<b & c? https://example.com/x?y=1&z=2 @oncall');
    await page.getByRole('button', { name: 'Send' }).click();
    await expect
      .poll(() => server.posts)
      .toEqual([
        {
          path: 'message',
          body: {
            user: DANA,
            channel: CHANNEL,
            text: '<@U0SLEUTH> why is a&lt;b &amp; c? <https://example.com/x?y=1&amp;z=2> <!subteam^S0ONCALL>',
          },
        },
      ]);
  });

  test('Shift and Enter begins a new line', async () => {
    const { page, server } = await visit(workspace());
    await field(page).fill('one');
    await field(page).press('Shift+Enter');
    await field(page).pressSequentially('two');
    expect(await field(page).inputValue()).toBe('one\ntwo');
    expect(server.posts).toEqual([]);
  });

  test('a command that the app does not have is refused privately, and the text is given back', async () => {
    const { page, server } = await visit(workspace());
    await field(page).fill('/nope now');
    await field(page).press('Enter');
    const note = page.getByRole('article', { name: /^Slackbot/ });
    expect(await note.innerText()).toContain('/nope is not a valid command');
    expect(await note.innerText()).toContain('Only visible to you');
    expect(await field(page).inputValue()).toBe('/nope now');
    expect(server.posts).toEqual([]);
  });

  test('a command in a thread is refused in the thread, once', async () => {
    const { page, server } = await visit(workspace(), { hash: `channel=${CHANNEL}&thread=${ROOT}` });
    const text = '/ecs is not supported in threads. Sorry!';
    server.respond('command', () => {
      server.emit({ type: 'failure', user: DANA, channel: CHANNEL, text });
      return { ok: false, error: text };
    });
    const reply = page.getByRole('textbox', { name: 'Reply…' });
    await reply.fill('/ecs status api prod');
    await reply.press('Enter');
    await page.getByRole('complementary', { name: 'Thread' }).getByText(text).waitFor();
    await expect.poll(() => page.getByText(text).count()).toBe(1);
    expect(server.posts.map(({ body }) => body.thread_ts)).toEqual([ROOT]);
  });
});

describe('shortcuts', () => {
  test('the bolt menu runs a global shortcut', async () => {
    const { page, server } = await visit(workspace());
    await page.getByRole('button', { name: 'Shortcuts' }).click();
    await page.getByRole('menuitem', { name: 'Diagnose a service' }).click();
    await expect
      .poll(() => server.posts)
      .toEqual([{ path: 'shortcut', body: { user: DANA, callback_id: 'ask' } }]);
  });

  test('the menu of a message runs a message shortcut on it', async () => {
    const { page, server } = await visit(workspace());
    const answer = page.getByRole('article', { name: /^ECS Sleuth/ }).first();
    await answer.hover();
    await answer
      .getByRole('group', { name: 'Message actions' })
      .getByRole('button', { name: 'More actions' })
      .click();
    await page.getByRole('menuitem', { name: 'Explain with ECS Sleuth' }).click();
    await expect
      .poll(() => server.posts)
      .toEqual([
        {
          path: 'shortcut',
          body: { user: DANA, callback_id: 'explain_message', channel: CHANNEL, ts: ROOT },
        },
      ]);
  });
});
