import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { type Sandbox, startSandbox } from '#sandbox/sandbox.ts';
import { openBrowser, openContext, openPage } from '#test/browser.ts';

/**
 * Draws the pictures of the README: what somebody sees in the demo who types the first command, in light and dark,
 * as wide as the table of stops, so that the text stays readable on a phone.
 */

const command = '/ecs why-stopped api prod';
const window = { viewport: { width: 960, height: 1600 }, deviceScaleFactor: 2 };

async function draw(browser: Browser, { slack }: Sandbox, colorScheme: 'light' | 'dark', file: string) {
  const context = await openContext(browser, { ...window, colorScheme });
  const { page } = await openPage(context, slack.url);
  const answer = page.getByRole('article', { name: /^ECS Sleuth/ }).first();
  await answer.getByRole('button', { name: 'Show logs' }).waitFor();
  // Beside the answer nothing may be pointed at or in focus.
  await page.mouse.move(0, 0);
  await answer.screenshot({ path: fileURLToPath(new URL(file, import.meta.url)), animations: 'disabled' });
  await context.close();
  process.stdout.write(`docs/${file}\n`);
}

async function ask(browser: Browser, { slack }: Sandbox): Promise<void> {
  const context = await openContext(browser, window);
  const { page } = await openPage(context, slack.url);
  const composer = page.getByRole('textbox', { name: 'Message #incidents' });
  await composer.fill(command);
  await page.keyboard.press('Escape');
  await composer.press('Enter');
  await page.getByRole('button', { name: 'Show logs' }).waitFor();
  await context.close();
}

const sandbox = await startSandbox();
const browser = await openBrowser();
try {
  await sandbox.startBot();
  await ask(browser, sandbox);
  await draw(browser, sandbox, 'light', 'answer.png');
  await draw(browser, sandbox, 'dark', 'answer-dark.png');
} finally {
  await browser.close();
  await sandbox.stop();
}
