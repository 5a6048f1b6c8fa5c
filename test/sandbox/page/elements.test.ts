import { describe, expect, test } from 'vitest';
import { GALLERY } from './gallery.ts';
import { useBrowser } from './visit.ts';
import { CHANNEL, DANA, ROOT, showing } from './workspace.ts';

const visit = useBrowser();

const container = { type: 'message', channel: CHANNEL, ts: ROOT };

/** What the page posts for an action, without the state of everything else. */
const sent = (posts: { path: string; body: Record<string, unknown> }[]) =>
  posts.map(({ path, body: { values: _, ...body } }) => ({ path, ...body }));

describe('buttons', () => {
  test('a press is sent once, and the button is busy until the answer', async () => {
    const { page, server } = await visit(showing(GALLERY.actions));
    const answered = Promise.withResolvers<object>();
    server.respond('action', () => answered.promise);
    const button = page.getByRole('button', { name: 'Primary' });
    await button.click();
    await expect.poll(() => button.getAttribute('aria-busy')).toBe('true');
    await button.click();
    answered.resolve({ ok: true });
    await expect.poll(() => button.getAttribute('aria-busy')).toBe(null);
    expect(sent(server.posts)).toEqual([
      { path: 'action', user: DANA, container, block_id: 'actions', action_id: 'go', value: 'g' },
    ]);
  });

  test('a confirm dialog asks first, and its answers are the app’s words', async () => {
    const { page, server } = await visit(showing(GALLERY.actions));
    const dialog = page.getByRole('alertdialog', { name: 'Stop looking?' });
    await page.getByRole('button', { name: 'Danger' }).click();
    await dialog.getByRole('button', { name: 'Keep on' }).click();
    expect(server.posts).toEqual([]);
    await page.getByRole('button', { name: 'Danger' }).click();
    await dialog.getByRole('button', { name: 'Stop it' }).click();
    await expect.poll(() => sent(server.posts)).toMatchObject([{ action_id: 'stop', value: 's' }]);
  });

  test('an app that does not answer is told to the reader', async () => {
    const { page, server } = await visit(showing(GALLERY.actions));
    server.respond('action', () => ({ ok: false, error: 'no such option' }));
    await page.getByRole('button', { name: 'Plain' }).click();
    await page.getByRole('alert').getByText('no such option').waitFor();
  });

  test('an overflow menu sends the option', async () => {
    const { page, server } = await visit(showing(GALLERY.section));
    await page.locator('.block-section').getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Hand over' }).press('Enter');
    await expect
      .poll(() => sent(server.posts))
      .toMatchObject([{ action_id: 'more', selected_option: { value: 'hand' } }]);
  });

  test('feedback sends the value of its half', async () => {
    const { page, server } = await visit(showing(GALLERY.contextActions));
    await page.getByRole('button', { name: 'Wrong' }).click();
    await expect.poll(() => sent(server.posts)).toMatchObject([{ action_id: 'rate', value: 'no' }]);
  });
});

describe('menus', () => {
  test('a static select filters while typing, and the keyboard chooses', async () => {
    const { page, server } = await visit(showing(GALLERY.actions));
    const menu = page.getByRole('combobox', { name: 'Pick a check' });
    await menu.click();
    expect(await page.getByRole('option').allInnerTexts()).toEqual(['Network', 'Image', 'Roles']);
    await page.getByText('Later').waitFor();
    await menu.pressSequentially('ro');
    expect(await page.getByRole('option').allInnerTexts()).toEqual(['Roles']);
    await menu.press('Enter');
    expect(await menu.inputValue()).toBe('Roles');
    await expect
      .poll(() => sent(server.posts))
      .toMatchObject([{ action_id: 'pick', selected_option: { value: 'iam' } }]);
  });

  test('a choice that is refused goes back', async () => {
    const { page, server } = await visit(showing(GALLERY.actions));
    server.respond('action', () => ({ ok: false, error: 'no such option' }));
    const menu = page.getByRole('combobox', { name: 'Pick a check' });
    await menu.click();
    await page.getByRole('option', { name: 'Image' }).click();
    await expect.poll(() => menu.inputValue()).toBe('');
  });

  test('a users select and a date picker send by their own fields, with the state of the rest', async () => {
    const { page, server } = await visit(showing(GALLERY.actions));
    await page.getByRole('combobox', { name: 'Hand to' }).click();
    await page.getByRole('option', { name: 'Rio Lind' }).click();
    await page.locator('input[type=date]').fill('2026-02-03');
    await expect
      .poll(() => sent(server.posts))
      .toMatchObject([
        { action_id: 'who', selected_user: 'U0RIO' },
        { action_id: 'day', selected_date: '2026-02-03' },
      ]);
    expect(server.posts.at(-1)?.body.values).toMatchObject({
      actions: {
        who: { type: 'users_select', selected_user: 'U0RIO' },
        day: { selected_date: '2026-02-03' },
      },
    });
  });

  test('an external select asks the app for options once enough is typed', async () => {
    const element = {
      type: 'external_select',
      action_id: 'service',
      min_query_length: 2,
      placeholder: { type: 'plain_text', text: 'Service' },
    };
    const { page, server } = await visit(showing({ type: 'actions', block_id: 'a', elements: [element] }));
    server.respond('options', ({ value }) => ({
      ok: true,
      options: [{ text: { type: 'plain_text', text: `${value}-prod` }, value: 'x' }],
    }));
    const menu = page.getByRole('combobox', { name: 'Service' });
    await menu.click();
    await page.getByText('Type at least 2 characters').waitFor();
    await menu.pressSequentially('api');
    await page.getByRole('option', { name: 'api-prod' }).click();
    await expect
      .poll(() => sent(server.posts).at(-1))
      .toMatchObject({
        path: 'action',
        action_id: 'service',
        selected_option: { value: 'x' },
      });
    expect(
      sent(server.posts)
        .filter(({ path }) => path === 'options')
        .at(-1),
    ).toMatchObject({ block_id: 'a', value: 'api' });
  });
});
