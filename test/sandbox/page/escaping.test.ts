import { describe, expect, test } from 'vitest';
import { LOG } from './answer.ts';
import { useBrowser } from './visit.ts';
import { CHANNEL, DANA, ROOT, showing, workspace } from './workspace.ts';

const visit = useBrowser();

const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } });

/** mrkdwn, and the HTML that stands for it: built by the page, read back for comparison only. */
const MRKDWN: [source: string, html: string][] = [
  ['*bold* _it_ ~no~ `x*y*`', '<strong>bold</strong> <em>it</em> <s>no</s> <code>x*y*</code>'],
  ['*a _b_ c*', '<strong>a <em>b</em> c</strong>'],
  ['snake_case_name and 2*3*4', 'snake_case_name and 2*3*4'],
  ['* not bold * and *open', '* not bold * and *open'],
  ['a &lt;!channel&gt; b', 'a &lt;!channel&gt; b'],
  ['&lt;@U0DANA&gt;', '&lt;@U0DANA&gt;'],
  ['&amp;lt;b&amp;gt;', '&amp;lt;b&amp;gt;'],
  ['&lt;script&gt;alert(1)&lt;/script&gt;', '&lt;script&gt;alert(1)&lt;/script&gt;'],
  ['<!channel>', '<span class="mention mention-broadcast">@channel</span>'],
  ['<@U0RIO>', '<span class="mention" data-user="U0RIO">@Rio Lind</span>'],
  ['<!subteam^S0ONCALL>', '<span class="mention mention-self">@oncall</span>'],
  [
    '<https://example.com/?a=1&amp;b=2|a &lt;b&gt;>',
    '<a href="https://example.com/?a=1&amp;b=2" target="_blank" rel="noopener noreferrer" class="link">a &lt;b&gt;</a>',
  ],
  ['x <javascript:alert(1)|click>', 'x <span>click</span>'],
  [
    '<!date^1767278460^{date_num} {time}|x>',
    '<time datetime="2026-01-01T14:41:00.000Z">2026-01-01 2:41 PM</time>',
  ],
  ['one\ntwo', 'one<br>two'],
];

describe('mrkdwn', () => {
  test('every piece is drawn as Slack draws it', async () => {
    const { page } = await visit(showing(...MRKDWN.map(([source]) => section(source))));
    const drawn = await page.locator('.block-section .text').evaluateAll((nodes) =>
      nodes.map((node) => {
        for (const time of node.querySelectorAll('time')) time.removeAttribute('title');
        return node.innerHTML.replaceAll('\u202f', ' ').replace(/^<span>(.*)<\/span>$/s, '$1');
      }),
    );
    const sources = MRKDWN.map(([source]) => source);
    expect(Object.fromEntries(sources.map((source, index) => [source, drawn[index]]))).toEqual(
      Object.fromEntries(MRKDWN),
    );
  });

  test('a fenced block keeps its lines and is not styled inside', async () => {
    const { page } = await visit(showing(section('before\n```a *b*\n  _c_```\nafter')));
    expect(await page.locator('pre').textContent()).toBe('a *b*\n  _c_');
    expect(await page.locator('.block-section strong, .block-section em').count()).toBe(0);
  });

  test('status emoji are drawn with their name, and unknown names stay text', async () => {
    const { page } = await visit(showing(section(':red_circle: :no_such_thing: 🔴')));
    expect(await page.getByRole('img', { name: ':red_circle:' }).count()).toBe(2);
    expect(await page.locator('.block-section').innerText()).toContain(':no_such_thing:');
  });
});

test('a log in a preformatted block is literal, whatever it contains', async () => {
  const block = {
    type: 'rich_text',
    elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text: LOG }] }],
  };
  const { page } = await visit(showing(block));
  expect(await page.locator('pre').textContent()).toBe(LOG);
  expect(await page.locator('pre').locator('script, .mention, strong').count()).toBe(0);
});

test('raw cells, labels and names are literal', async () => {
  const hostile = '<img src=x onerror=alert(1)> <!here> *b*';
  const { page } = await visit(
    showing(
      { type: 'table', rows: [[{ type: 'raw_text', text: hostile }], [{ type: 'raw_text', text: hostile }]] },
      { type: 'header', text: { type: 'plain_text', text: hostile } },
      {
        type: 'data_visualization',
        title: hostile,
        chart: { type: 'pie', segments: [{ label: hostile, value: 1 }] },
      },
    ),
  );
  expect(await page.getByRole('cell').innerText()).toBe(hostile);
  expect(await page.getByRole('columnheader').innerText()).toBe(hostile);
  expect(await page.getByRole('heading', { level: 3 }).innerText()).toBe(hostile);
  expect(await page.locator('.blocks').locator('img, .mention, strong').count()).toBe(0);
});

test('a message without blocks shows its text, escaped and parsed in that order', async () => {
  const state = workspace({
    messages: [{ channel: CHANNEL, ts: ROOT, user: DANA, text: '*see* &lt;!everyone&gt; <!everyone>' }],
  });
  const { page } = await visit(state);
  expect(await page.getByRole('article').locator('.text').innerText()).toBe('see <!everyone> @everyone');
  expect(await page.locator('.mention-broadcast').count()).toBe(1);
});
