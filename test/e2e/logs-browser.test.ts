import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '#sandbox/sandbox.ts';
import { openBrowser, openContext, openPage } from '#test/browser.ts';

// A log as somebody reads it on a telephone: paged, searched, followed and stopped, all in the one message. The steps
// build on one another, as they do for a reader.

let sandbox: Sandbox;
let browser: Browser;
let page: Page;
let errors: string[];
beforeAll(async () => {
  sandbox = await startSandbox();
  [browser] = await Promise.all([openBrowser(), sandbox.startBot()]);
  const context = await openContext(browser, { viewport: { width: 390, height: 844 } });
  ({ page, errors } = await openPage(context, sandbox.slack.url));
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await sandbox?.stop();
});

let answer: Locator;
const press = (name: string) => answer.getByRole('button', { name, exact: true }).click();
const shows = (text: string | RegExp) => answer.getByText(text).first().waitFor();

it('a log is shown with its secrets hidden and nobody called', async () => {
  const composer = page.getByRole('textbox', { name: 'Message #incidents' });
  await composer.fill('/ecs logs parrot prod');
  await page.keyboard.press('Escape');
  await composer.press('Enter');
  answer = page.getByRole('article', { name: /^ECS Sleuth/ }).filter({ hasText: 'parrot in prod' });
  await answer.getByRole('button', { name: 'Older' }).waitFor();
  const text = await answer.innerText();
  expect(text).toContain('[redacted: password]@db.internal');
  expect(text).toContain('<!channel> <@U0ADA>');
  expect(text).not.toContain('Tr0ub4dor');
  expect(await answer.getByText('@channel', { exact: true }).count()).toBe(0);
});

it('older lines take the place of the newest, and newer ones lead back', async () => {
  await press('Older');
  await shows(/older lines of app/);
  await shows(/call 150$/m);
  await press('Newer');
  await shows(/call 290/);
  await shows(/newer lines of app|log of app/);
});

it('a bad time span is refused in the form, and a good filter is applied', async () => {
  await press('Filter…');
  const form = page.getByRole('dialog');
  await form.getByRole('textbox', { name: /Lines that hold/ }).fill('call 17');
  await form.getByRole('textbox', { name: /Looking back/ }).fill('soon');
  await form.getByRole('button', { name: 'Show' }).click();
  await form
    .getByText(/A number with s, m, h or d/)
    .last()
    .waitFor();
  await form.getByRole('textbox', { name: /Looking back/ }).fill('2h');
  await form.getByRole('button', { name: 'Show' }).click();
  await form.waitFor({ state: 'detached' });
  await shows(/with “call 17”/);
  await shows(/call 170/);
});

it('a followed log grows in the same message until it is stopped', async () => {
  await press('Filter…');
  const form = page.getByRole('dialog');
  await form.getByRole('textbox', { name: /Lines that hold/ }).fill('');
  await form.getByRole('button', { name: 'Show' }).click();
  await form.waitFor({ state: 'detached' });
  // The buttons of the filtered log would follow what the filter lets through.
  await shows(/log of app, \d+ lines/);
  await press('Follow');
  await answer.getByRole('button', { name: 'Stop' }).waitFor();
  const before = await answer.innerText();
  const heard = (text: string) => Number(/live (\d+)(?![\s\S]*live \d)/.exec(text)?.[1] ?? 0);
  await expect
    .poll(async () => heard(await answer.innerText()), { timeout: 20_000 })
    .toBeGreaterThan(heard(before));
  await press('Stop');
  await shows('Following was stopped.');
  await answer.getByRole('button', { name: 'Follow' }).waitFor();
}, 40_000);

it('the channel has kept one message, and nothing was refused', () => {
  const own = sandbox.slack.messages('incidents').filter(({ ts, thread_ts = ts }) => thread_ts === ts);
  expect(own).toHaveLength(1);
  expect(errors).toEqual([]);
  expect(sandbox.slack.unexpected).toEqual([]);
  expect(sandbox.slack.warnings.filter(({ code }) => code !== 'too_fast')).toEqual([]);
  expect(sandbox.aws.unexpected).toEqual([]);
});
