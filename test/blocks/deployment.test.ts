import { describe, expect, it } from 'vitest';
import { plainText } from '#blocks/plain-text.ts';
import { reportMessage } from '#blocks/report.ts';
import type { Report } from '#diagnostics/report.ts';

const actions = { request: () => '{}', commands: ['deployment', 'status'] };

function report(change: Partial<Report> = {}): Report {
  return {
    schema: 1,
    command: 'deployment',
    asOf: '2026-03-01T12:00:00.000Z',
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
      headline: 'api in prod: under way',
      chain: [],
    },
    findings: [],
    notChecked: [],
    aws: { calls: 8, waves: 3, ms: 300 },
    details: {
      deployment: {
        revision: 'api:42',
        controller: 'ECS',
        status: 'IN_PROGRESS',
        ended: false,
        running: 1,
        pending: 1,
        desired: 2,
        says: [
          { about: 'Breaker', text: '2 of 3 failures' },
          { about: 'Stage', text: 'paused until 2026-03-01T13:30:00.000Z' },
        ],
      },
    },
    ...change,
  };
}

const shown = (change?: Partial<Report>, provisional = false) =>
  plainText(reportMessage(report(change), actions, { provisional }));

describe('a deployment in Slack', () => {
  it('says what decides how it goes on, a line each, times in the zone of the reader', () => {
    expect(shown()).toMatch(/Breaker {2}2 of 3 failures\nStage {2}paused until <!date\^\d+\^/);
  });

  it('is not spoken of in the answer to another question', () => {
    expect(shown({ command: 'why-stopped' })).not.toContain('Breaker');
  });

  it('says that it is followed, with all that can be pressed', () => {
    const { deployment } = report().details;
    const followed = { details: { deployment, following: 'Following until it ends.' } };
    expect(shown(followed)).toContain('Following until it ends.');
    expect(reportMessage(report(followed), actions).blocks.map(({ type }) => type)).toContain('actions');
  });

  it.each([
    ['likely', 'api:42 does not come up: probably a setting is missing'],
    ['open', 'api:42 is only partly up: not decided, perhaps a setting is missing'],
  ] as const)('says once that a cause is %s', (status, said) => {
    const { text } = reportMessage(
      report({
        verdict: {
          state: 'problem',
          cause: 'app-config-missing',
          status,
          headline: `api in prod: ${said}`,
          chain: ['app-config-missing'],
        },
      }),
      actions,
    );
    expect(text).toContain(`api in prod: ${said}`);
  });
});
