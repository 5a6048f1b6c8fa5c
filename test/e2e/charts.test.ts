import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '#sandbox/sandbox.ts';
import { openBrowser, openContext, openPage } from '#test/browser.ts';

// Charts as somebody sees them on a phone: the unchanged bot, Slack's own block, and the page that draws it.

let sandbox: Sandbox;
let browser: Browser;
let page: Page;
let errors: string[];
beforeAll(async () => {
  sandbox = await startSandbox();
  [browser] = await Promise.all([openBrowser(), sandbox.startBot()]);
  const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
  ({ page, errors } = await openPage(await openContext(browser, phone), sandbox.slack.url));
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await sandbox?.stop();
});

async function answerTo(command: string, says: string): Promise<Locator> {
  const composer = page.getByRole('textbox', { name: 'Message #incidents' });
  await composer.fill(command);
  await page.keyboard.press('Escape');
  await composer.press('Enter');
  const answer = page.getByRole('article', { name: /^ECS Sleuth/ }).filter({ hasText: says });
  await answer.getByRole('button', { name: 'Run again' }).waitFor();
  return answer;
}

describe('a chart of CPU and memory', () => {
  it('shows the peak that the words speak of, and fits the width of a phone', async () => {
    const answer = await answerTo('/ecs perf boiler prod', 'memory climbs until its limit');
    const memory = answer.getByRole('img', { name: /^line chart: Memory, % of 512 MiB\./ });
    const peaks = (await memory.locator('.chart-dot title').allTextContents()).map((text) =>
      Number(/: ([\d.]+)$/.exec(text)?.[1]),
    );
    expect(peaks.length).toBeGreaterThan(10);
    expect(peaks.length).toBeLessThanOrEqual(20);
    expect(Math.max(...peaks)).toBeGreaterThan(95);
    expect(await memory.locator('.chart-axis-name').allTextContents()).toEqual([
      'UTC, each point is the highest of 10 min',
      '%',
    ]);
    const box = await memory.boundingBox();
    expect((box?.x ?? 0) + (box?.width ?? 999)).toBeLessThanOrEqual(390);
    const text = await answer.innerText();
    expect(text).toMatch(/Memory, % of 512 MiB: [▁▂▃▄▅▆▇█]{10,20} /);
    expect(text).toContain('Meanwhile');
  });

  it('draws the hottest task and the average as two lines', async () => {
    const answer = await answerTo('/ecs perf piston prod', 'one task carries the load');
    const cpu = answer.getByRole('img', { name: /^line chart: CPU/ });
    expect(await cpu.locator('.chart-line').count()).toBe(2);
    const legend = answer.getByRole('list', { name: 'Legend' }).first();
    expect(await legend.getByRole('listitem').allTextContents()).toEqual(['hottest task', 'average']);
  });
});

it('a chart of starts has a bar for each phase, now and before', async () => {
  const answer = await answerTo('/ecs startup crucible prod', 'slow to pull its images');
  const chart = answer.getByRole('img', { name: /^bar chart: Seconds of a start by phase, median\./ });
  expect(await chart.locator('rect').count()).toBe(6);
});

it('the page logged no error, Slack refused nothing, and AWS was asked nothing that it does not know', () => {
  expect(errors).toEqual([]);
  expect(sandbox.slack.unexpected).toEqual([]);
  expect(sandbox.slack.warnings.filter(({ code }) => code !== 'too_fast')).toEqual([]);
  expect(sandbox.aws.unexpected).toEqual([]);
});
