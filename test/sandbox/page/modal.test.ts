import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { MODAL } from './modal-view.ts';
import { useBrowser } from './visit.ts';
import { DANA, workspace } from './workspace.ts';

const visit = useBrowser();

const opened = () => workspace({ views: [{ user: DANA, view: structuredClone(MODAL) }] });
const dialog = (page: Page, name = 'Diagnose a service') => page.getByRole('dialog', { name });
const errorsIn = (page: Page) => page.locator('.input-error:not(:empty)').allInnerTexts();

const CLUSTER = { text: { type: 'plain_text', text: 'prod-eu' }, value: 'prod-eu' };

async function fillIn(page: Page): Promise<void> {
  await page.getByRole('textbox', { name: 'Service' }).fill('api');
  await page.getByRole('combobox', { name: 'Cluster' }).pressSequentially('pr');
  await page.getByRole('option', { name: 'prod-eu' }).click();
  await page.getByRole('combobox', { name: 'Question' }).click();
  await page.getByRole('option', { name: 'Why are tasks pending' }).click();
  await page.getByRole('radio', { name: 'staging' }).check();
  await page.getByRole('checkbox', { name: 'Include logs' }).check();
}

describe('a modal', () => {
  test('takes the focus, keeps it inside and asks the app on Escape', async () => {
    const { page, server } = await visit(opened());
    await dialog(page).waitFor();
    const focused = () => page.evaluate('document.activeElement.closest("[role=dialog]") !== null');
    expect(await focused()).toBe(true);
    await dialog(page).getByRole('button', { name: 'Diagnose' }).focus();
    await page.keyboard.press('Tab');
    expect(await focused()).toBe(true);
    await page.keyboard.press('Escape');
    await expect
      .poll(() => server.posts)
      .toEqual([{ path: 'close', body: { user: DANA, view_id: 'V1', cleared: false } }]);
    server.emit({ type: 'view', user: DANA, views: [] });
    await dialog(page).waitFor({ state: 'detached' });
  });

  test('is not shown to the other user', async () => {
    const { page } = await visit(opened(), { hash: 'user=U0RIO' });
    await page.getByRole('article').first().waitFor();
    expect(await dialog(page).count()).toBe(0);
  });

  test('refuses empty required inputs before it asks the app', async () => {
    const { page, server } = await visit(opened());
    await dialog(page).getByRole('button', { name: 'Diagnose' }).click();
    expect(await errorsIn(page)).toEqual(
      Array.from({ length: 4 }, () => 'Please complete this required field.'),
    );
    expect(server.posts).toEqual([]);
  });

  test('submits the state of every input in Slack’s form', async () => {
    const { page, server } = await visit(opened());
    server.respond('options', () => ({ ok: true, options: [CLUSTER] }));
    await fillIn(page);
    await dialog(page).getByRole('button', { name: 'Diagnose' }).click();
    await expect.poll(() => server.posts.at(-1)?.path).toBe('submit');
    expect(server.posts.at(-1)?.body).toMatchObject({
      user: DANA,
      view_id: 'V1',
      values: {
        service: { name: { type: 'plain_text_input', value: 'api' } },
        cluster: { cluster: { type: 'external_select', selected_option: CLUSTER } },
        command: { command: { type: 'static_select', selected_option: { value: 'why-pending' } } },
        where: { env: { type: 'radio_buttons', selected_option: { value: 'staging' } } },
        extra: { extra: { type: 'checkboxes', selected_options: [{ value: 'logs' }] } },
        day: { day: { type: 'datepicker', selected_date: null } },
        time: { time: { type: 'timepicker', selected_time: '14:00' } },
      },
    });
  });

  test('shows the app’s errors at their inputs until they are changed', async () => {
    const { page, server } = await visit(opened());
    server.respond('options', () => ({ ok: true, options: [CLUSTER] }));
    server.respond('submit', () => ({
      ok: true,
      response_action: 'errors',
      errors: { service: 'No service is called api' },
    }));
    await fillIn(page);
    await dialog(page).getByRole('button', { name: 'Diagnose' }).click();
    const input = page.getByRole('textbox', { name: 'Service' });
    await page.getByText('No service is called api').waitFor();
    expect(await input.getAttribute('aria-invalid')).toBe('true');
    expect(await page.evaluate('document.activeElement.getAttribute("data-action-id")')).toBe('name');
    await input.pressSequentially('2');
    expect(await errorsIn(page)).toEqual([]);
  });

  test('says so when the app does not answer', async () => {
    const view = { ...MODAL, blocks: MODAL.blocks.slice(0, 1) };
    const { page, server } = await visit(workspace({ views: [{ user: DANA, view }] }));
    server.respond('submit', () => ({ ok: false, error: 'operation_timeout' }));
    await dialog(page).getByRole('button', { name: 'Diagnose' }).click();
    await page.getByRole('alert').getByText('did not answer within three seconds').waitFor();
  });

  test('an update keeps what was typed and where the focus was', async () => {
    const { page, server } = await visit(opened());
    await page.getByRole('textbox', { name: 'Service' }).fill('half');
    const title = { type: 'plain_text', text: 'Diagnose now' };
    server.emit({ type: 'view', user: DANA, views: [{ ...structuredClone(MODAL), title }] });
    await dialog(page, 'Diagnose now').waitFor();
    expect(await page.getByRole('textbox', { name: 'Service' }).inputValue()).toBe('half');
    expect(await page.evaluate('document.activeElement.getAttribute("data-action-id")')).toBe('name');
  });

  test('a pushed view lies on top, and going back shows the one below as it was', async () => {
    const { page, server } = await visit(opened());
    await page.getByRole('textbox', { name: 'Service' }).fill('half');
    const pushed = {
      ...structuredClone(MODAL),
      id: 'V2',
      title: { type: 'plain_text', text: 'Permissions' },
    };
    server.emit({ type: 'view', user: DANA, views: [MODAL, pushed] });
    await dialog(page, 'Permissions').getByRole('button', { name: 'Back' }).click();
    await expect
      .poll(() => server.posts)
      .toEqual([{ path: 'close', body: { user: DANA, view_id: 'V2', cleared: false } }]);
    server.emit({ type: 'view', user: DANA, views: [MODAL] });
    await dialog(page).waitFor();
    expect(await page.getByRole('textbox', { name: 'Service' }).inputValue()).toBe('half');
    await dialog(page).getByRole('button', { name: 'Close' }).click();
    await expect.poll(() => server.posts.at(-1)?.body).toEqual({ user: DANA, view_id: 'V1', cleared: true });
  });

  test('buttons inside it act on the view, so that tabs can be made of them', async () => {
    const tab = {
      type: 'button',
      action_id: 'tab:terraform',
      text: { type: 'plain_text', text: 'Terraform' },
      value: 'tf',
    };
    const view = { ...MODAL, blocks: [{ type: 'actions', block_id: 'tabs', elements: [tab] }] };
    const { page, server } = await visit(workspace({ views: [{ user: DANA, view }] }));
    await dialog(page).getByRole('button', { name: 'Terraform' }).click();
    await expect
      .poll(() => server.posts)
      .toMatchObject([
        {
          path: 'action',
          body: {
            container: { type: 'view', view_id: 'V1' },
            block_id: 'tabs',
            action_id: 'tab:terraform',
            value: 'tf',
          },
        },
      ]);
  });
});

test('the app’s Home shows its view, and opening it is told to the app', async () => {
  const home = {
    id: 'V9',
    type: 'home',
    blocks: [{ type: 'header', text: { type: 'plain_text', text: 'Environments' } }],
  };
  const { page, server } = await visit(workspace({ homes: { [DANA]: home } }));
  await page.getByRole('button', { name: 'ECS Sleuth connected' }).click();
  await page.getByRole('heading', { name: 'Environments' }).waitFor();
  await expect.poll(() => server.posts).toEqual([{ path: 'home', body: { user: DANA } }]);
  await page.getByRole('tab', { name: 'About' }).click();
  await page.getByText('Say why an ECS service is in trouble').waitFor();
});
