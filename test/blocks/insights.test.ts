import { describe, expect, it } from 'vitest';
import { insightsMessages } from '#blocks/insights.ts';
import type { Insights } from '#diagnostics/insights-details.ts';
import type { Report } from '#diagnostics/report.ts';
import { validateMessage } from '#sandbox/slack/block-kit/validate.ts';

const give = { request: () => '1{}', insights: () => '1{}' };

function answer(more: Partial<Insights>, options = {}) {
  const insights: Insights = {
    query: 'errors',
    question: 'which errors were written',
    text: 'fields @message',
    groups: ['/ecs/api'],
    region: 'us-east-1',
    containers: ['app'],
    from: '2026-11-24T14:26:07.318Z',
    to: '2026-11-24T14:41:07.318Z',
    state: 'complete',
    columns: [
      { title: 'Times', kind: 'number' },
      { title: 'Pattern', kind: 'text' },
    ],
    rows: [['1204', 'refused']],
    cut: false,
    matched: 1204,
    scanned: 90_000,
    bytes: 1024 ** 2,
    dollars: 0.02,
    ...more,
  };
  const report: Report = {
    schema: 1,
    command: 'insights',
    asOf: '2026-11-24T14:41:07.318Z',
    target: {
      environment: 'prod',
      account: '222222222222',
      region: 'us-east-1',
      cluster: 'prod',
      service: 'api',
    },
    verdict: {
      state: 'healthy',
      cause: null,
      status: 'confirmed',
      headline: 'api in prod: 1 pattern',
      chain: [],
    },
    findings: [],
    notChecked: [],
    aws: { calls: 9, waves: 6, ms: 1_500 },
    details: { insights },
  };
  return insightsMessages(report, give, options);
}

describe('the answer of a query', () => {
  it('is a sentence, the rows, the query and what it cost', () => {
    const { message, file } = answer({});
    expect(validateMessage(message, 'message')).toEqual([]);
    const shown = JSON.stringify(message.blocks);
    for (const part of [
      '1,204',
      'fields @message',
      '90000 lines scanned, 1.0 MB, about $0.02',
      'Other queries',
    ])
      expect(shown).toContain(part);
    expect(file).toBeUndefined();
  });

  it('puts the rows that have no room into a file', () => {
    const rows = Array.from({ length: 300 }, (_, index) => [String(index), 'x'.repeat(500)]);
    const { message, file } = answer({ rows });
    expect(validateMessage(message, 'message')).toEqual([]);
    expect(JSON.stringify(message.blocks)).toMatch(/288 more rows in the file/);
    expect(file?.name).toBe('api-prod-errors.csv');
    expect(file?.content.split('\r\n')).toHaveLength(302);
  });

  it('lets nothing that a log says act, neither in Slack nor in a spreadsheet', () => {
    const hostile = '=HYPERLINK("http://x","<!channel> *now*")\u001b[31m';
    const { message, file } = answer({
      rows: [
        ['-5', hostile],
        ['1', 'a,b\n"c"'.padEnd(200, '.')],
      ],
    });
    expect(validateMessage(message, 'message')).toEqual([]);
    expect(message.text).not.toContain('<!channel>');
    expect(file?.content).toContain(`-5,"'=HYPERLINK(""http://x"",""<!channel> *now*"")"`);
  });

  it('is a list where a table is not known to be taken', () => {
    const { message } = answer({}, { private: true });
    const kinds = message.blocks.map(({ type }) => type);
    expect(kinds).not.toContain('table');
    expect(JSON.stringify(message.blocks)).toContain('rich_text_list');
  });

  it('says while it runs how far it is, and offers to end it', () => {
    const { message } = answer({ state: 'running', queryId: 'q', rows: [] }, { provisional: true });
    expect(validateMessage(message, 'message')).toEqual([]);
    expect(JSON.stringify(message.blocks)).toContain('insights:cancel');
    expect(message.text).toContain('1204 lines of 90000 matched');
  });
});
