import type { Locator } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { GALLERY } from './gallery.ts';
import { useOnePage } from './visit.ts';
import { showing } from './workspace.ts';

const page = useOnePage(showing(...Object.values(GALLERY)), { viewport: { width: 1280, height: 4000 } });

const seen = (block: Locator, role: Parameters<Locator['getByRole']>[0], name: string) =>
  block.getByRole(role, { name, exact: true }).waitFor();

/** Block by block: what a reader can find on the page. */
const CASES: [name: keyof typeof GALLERY, shows: string, look: (block: Locator) => Promise<unknown>][] = [
  [
    'section',
    'text, fields and an accessory menu',
    async (block) => {
      await block.locator('blockquote', { hasText: 'quoted line' }).waitFor();
      expect(await block.locator('.fields .text').allInnerTexts()).toEqual([
        'Running\n1 of 2',
        'Revision\napi:42',
      ]);
      await block.getByRole('button', { name: 'More actions' }).click();
      expect(await page().getByRole('menuitem').allInnerTexts()).toEqual(['Silence', 'Hand over']);
    },
  ],
  [
    'header',
    'a heading with emoji',
    async (block) => {
      expect(await block.getAttribute('role')).toBe('heading');
      expect(await block.innerText()).toContain('Deployment of api:42');
      expect(await block.getByRole('img', { name: ':rocket:' }).count()).toBe(1);
    },
  ],
  ['divider', 'a line', async (block) => expect(await block.evaluate((node) => node.tagName)).toBe('HR')],
  ['context', 'an image beside small text', (block) => seen(block, 'img', 'sign')],
  [
    'actions',
    'buttons in their styles, a link button and menus',
    async (block) => {
      expect(await block.getByRole('button', { name: 'Primary' }).getAttribute('class')).toContain(
        'button-primary',
      );
      expect(await block.getByRole('button', { name: 'Danger' }).getAttribute('class')).toContain(
        'button-danger',
      );
      expect(await block.getByRole('link', { name: 'Console' }).getAttribute('href')).toBe(
        'https://console.aws.amazon.com/ecs',
      );
      await block.getByRole('combobox', { name: 'Hand to' }).click();
      expect(await page().getByRole('option').allInnerTexts()).toEqual([
        'Dana Okafor',
        'Rio Lind',
        'ECS Sleuth',
      ]);
    },
  ],
  ['image', 'a titled picture', (block) => seen(block, 'img', 'a sign')],
  [
    'richText',
    'styles, lists, quotes, mentions and a log that scrolls sideways',
    async (block) => {
      expect(await block.locator('strong').innerText()).toBe('bold');
      expect(await block.locator('ul.list li').allInnerTexts()).toEqual(['first', 'second']);
      expect(await block.locator('ol.list').getAttribute('data-indent')).toBe('1');
      expect(await block.locator('.mention-broadcast').innerText()).toBe('@here');
      const [inner, outer] = await block
        .locator('pre')
        .evaluate((node) => [node.scrollWidth, node.clientWidth]);
      expect(inner).toBeGreaterThan(outer ?? 0);
    },
  ],
  [
    'table',
    'a head row, alignment and formatted cells',
    async (block) => {
      expect(await block.getByRole('columnheader').allInnerTexts()).toEqual(['Task', 'Exit', 'Reason']);
      const cell = block.getByRole('cell', { name: '137' });
      expect(await cell.getAttribute('class')).toContain('align-right');
      await block.getByRole('cell', { name: 'OutOfMemoryError' }).locator('code').waitFor();
    },
  ],
  [
    'dataTable',
    'pages, sorting by number and search',
    async (block) => {
      const names = () => block.getByRole('rowheader').allInnerTexts();
      expect(await names()).toEqual(['api', 'worker', 'mail']);
      await block.getByRole('button', { name: 'Next' }).click();
      expect(await names()).toEqual(['search']);
      await block.getByRole('button', { name: 'Stopped' }).click();
      expect(await names()).toEqual(['mail', 'api', 'worker']);
      await block.getByRole('searchbox').fill('sea');
      expect(await names()).toEqual(['search']);
    },
  ],
  [
    'markdown',
    'headings, lists, tables, code and mentions',
    async (block) => {
      await block.getByRole('heading', { name: 'Steps' }).waitFor();
      expect(await block.locator('ol li').allInnerTexts()).toEqual(['Raise memory', 'Run terraform apply']);
      expect(await block.getByRole('cell').allInnerTexts()).toEqual(['1', '2']);
      expect(await block.locator('pre').innerText()).toBe('plan <b>');
      expect(await block.locator('.mention').innerText()).toBe('@Dana Okafor');
    },
  ],
  [
    'container',
    'a group that unfolds',
    async (block) => {
      expect(await block.getByText('image, roles').isVisible()).toBe(false);
      await block.getByRole('button', { name: 'Ruled out 4 checks' }).click();
      expect(await block.getByText('image, roles').isVisible()).toBe(true);
    },
  ],
  [
    'line',
    'axes, a legend and a point for each value',
    async (block) => {
      await block
        .getByRole('img', { name: 'line chart: CPU, percent. web from 20 to 40, highest 90' })
        .waitFor();
      expect(await block.getByRole('list', { name: 'Legend' }).getByRole('listitem').allInnerTexts()).toEqual(
        ['web', 'db'],
      );
      expect(await block.locator('.chart-dot').count()).toBe(6);
      expect(await block.locator('.chart-axis-name').allTextContents()).toEqual(['Time', '%']);
    },
  ],
  [
    'bar',
    'a bar for each value',
    async (block) => expect(await block.locator('.chart rect').count()).toBe(6),
  ],
  ['area', 'a filled line', async (block) => expect(await block.locator('.chart-area').count()).toBe(1)],
  [
    'pie',
    'shares in the legend',
    async (block) => {
      const legend = block.getByRole('list', { name: 'Legend' }).getByRole('listitem');
      expect(await legend.allInnerTexts()).toEqual(['137\n75%', '1\n25%']);
    },
  ],
  ['card', 'a title and its buttons', (block) => block.getByRole('button', { name: 'Look' }).waitFor()],
  ['carousel', 'its cards', async (block) => expect(await block.locator('.card').count()).toBe(3)],
  [
    'plan',
    'steps with their states in words',
    async (block) => {
      for (const state of ['Complete', 'In progress', 'Failed']) await seen(block, 'img', state);
      await block.getByText('1 of 3').waitFor();
    },
  ],
  [
    'contextActions',
    'feedback and an icon button',
    async (block) => {
      await block.getByRole('group', { name: 'Feedback' }).getByRole('button', { name: 'Right' }).waitFor();
      await seen(block, 'button', 'Delete');
    },
  ],
  ['video', 'a link to it', (block) => seen(block, 'link', 'Walkthrough')],
  [
    'input',
    'a labelled field with its hint',
    (block) => block.getByRole('textbox', { name: 'Service (optional)' }).waitFor(),
  ],
  [
    'unknown',
    'that it cannot be shown',
    (block) => block.getByText('Block "hologram" cannot be shown').waitFor(),
  ],
];

describe('Block Kit', () => {
  test('has a case for every family in the gallery', () => {
    expect(CASES.map(([name]) => name).toSorted()).toEqual(Object.keys(GALLERY).toSorted());
  });

  test.each(CASES)('%s shows %s', async (name, _shows, look) => {
    const place = Object.keys(GALLERY).indexOf(name);
    await look(page().locator('.blocks').first().locator('> .block').nth(place));
  });
});
