import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '#sandbox/sandbox.ts';
import { openBrowser, openContext, openPage } from '#test/browser.ts';

// The product as somebody sees it who types into Slack: the page in a real browser, the unchanged bot as a process
// of its own, both servers over real HTTP and WebSocket.

let sandbox: Sandbox;
let browser: Browser;
let page: Page;
let errors: string[];
beforeAll(async () => {
  sandbox = await startSandbox();
  [browser] = await Promise.all([openBrowser(), sandbox.startBot()]);
  ({ page, errors } = await openPage(await openContext(browser), sandbox.slack.url));
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await sandbox?.stop();
});

async function type(text: string): Promise<void> {
  const composer = page.getByRole('textbox', { name: 'Message #incidents' });
  await composer.fill(text);
  await page.keyboard.press('Escape');
  await composer.press('Enter');
}

describe('an investigation from the first line to the thread', () => {
  it('a command is answered in the channel with the cause and its proof', async () => {
    await type('/ecs why-stopped api prod');
    const answer = page.getByRole('article', { name: /^ECS Sleuth/ }).filter({ hasText: 'out of memory' });
    await answer.getByRole('button', { name: 'Show logs' }).waitFor();
    const text = await answer.innerText();
    expect(text).toContain('api in prod: out of memory');
    expect(text).toContain('out of memory, since api:42 lowered memory 1024 → 512 MiB');
    expect(text).toContain('prod · 222222222222 · us-east-1');
    expect(await answer.getByRole('table').innerText()).toContain('137');
    expect(text).toContain('price index: 1200000 entries');
  });

  it('a button brings the log into the thread, and the channel keeps its one message', async () => {
    await page.getByRole('button', { name: 'Show logs' }).click();
    await page.getByRole('button', { name: /1 reply/ }).click();
    const thread = page.getByRole('complementary', { name: /thread/i });
    await thread.getByText('loading price index').last().waitFor();
    expect(
      sandbox.slack.messages('incidents').filter(({ ts, thread_ts = ts }) => thread_ts === ts),
    ).toHaveLength(1);
  });

  it('the investigation goes on in the thread without naming the service again', async () => {
    const thread = page.getByRole('complementary', { name: /thread/i });
    const reply = thread.getByRole('textbox');
    await reply.fill('@ECS Sleuth status');
    await reply.press('Enter');
    await thread.getByText('1 of 2 running').last().waitFor();
  });

  it('the fix is shown with the real names, and nothing is executed', async () => {
    await page.getByRole('button', { name: 'How to fix' }).first().click();
    const modal = page.getByRole('dialog');
    await modal.getByText('memory = 1024 #').first().waitFor();
    await modal.getByRole('button', { name: 'Show AWS CLI' }).click();
    await modal.getByText('aws ecs update-service --cluster prod --service api').first().waitFor();
    await modal.getByRole('button', { name: 'AWS CLI, shown now' }).waitFor();
    expect(await modal.innerText()).not.toContain('memory = 1024 #');
    await modal.getByRole('button', { name: 'Show Console' }).click();
    const link = modal.getByRole('link', { name: 'Open it in the AWS console' }).first();
    await link.waitFor();
    expect(await link.getAttribute('href')).toContain('https://us-east-1.console.aws.amazon.com/ecs/v2/');
    expect(await modal.innerText()).toContain('Nothing here is executed');
    await modal.getByRole('button', { name: 'Close' }).last().click();
    await modal.waitFor({ state: 'detached' });
  });
});

it('a mistake is answered privately with what would be right', async () => {
  await type('/ecs why-stoped api prod');
  await page.getByText('Did you mean why-stopped').first().waitFor();
  expect(sandbox.slack.ephemerals('ada').length + sandbox.slack.failures('ada').length).toBeGreaterThan(0);
});

it('the page logged no error, Slack refused nothing, and AWS was asked nothing that it does not know', () => {
  expect(errors).toEqual([]);
  expect(sandbox.slack.unexpected).toEqual([]);
  // Two messages within a second are allowed where nothing hinges on it: Slack tolerates bursts.
  expect(sandbox.slack.warnings.filter(({ code }) => code !== 'too_fast')).toEqual([]);
  expect(sandbox.aws.unexpected).toEqual([]);
});
