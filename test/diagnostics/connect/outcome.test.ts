import { describe, expect, it } from 'vitest';
import { outcomeOf } from '#diagnostics/connect/outcome.ts';
import type { Way } from '#diagnostics/connect/way.ts';
import { service } from './ends.ts';

const target = { environment: 'prod', account: '1', region: 'us-east-1', cluster: 'prod', service: 'novel' };
const from = service('novel', 'subnet-0a', 'sg-0a');

const found: Record<'good' | 'bad' | 'open', Way['found']> = {
  good: { state: 'open-way', text: 'nothing is in the way' },
  bad: {
    state: 'broken',
    block: { cause: 'connect-ingress-missing', sentence: 'No rule.', evidence: [], names: {} },
  },
  open: { state: 'open', reason: 'not known', decide: 'looking' },
};

function byMap(state: keyof typeof found): Way {
  return { kind: 'cloud-map', about: 'Cloud Map', names: ['reviews.prod.internal'], found: found[state] };
}

function byBalancer(state: keyof typeof found): Way {
  return { kind: 'load-balancer', about: 'load balancer lb', names: ['lb.example.com'], found: found[state] };
}

/** The state of a healthy or unknown answer, else that of its findings. */
function said(ways: Way[], ...hosts: string[]): string {
  const urls = hosts.map((host) => ({ variable: 'REVIEWS_URL', host }));
  const { answer, findings } = outcomeOf(ways, { from, to: 'reviews', urls }, target);
  return answer?.state ?? findings.map(({ status }) => status).join(' ');
}

describe('several ways to one service', () => {
  it.each<[string, string, Way[], string[]]>([
    ['are blocked where all are', 'confirmed confirmed', [byMap('bad'), byBalancer('bad')], []],
    ['are not decided where one is open', 'open', [byMap('bad'), byBalancer('good')], []],
    ['are not decided where one is not known', 'unknown', [byMap('good'), byBalancer('open')], []],
    ['are open where all are', 'healthy', [byMap('good'), byBalancer('good')], []],
    [
      'are decided by the one that the environment names',
      'healthy',
      [byMap('bad'), byBalancer('good')],
      ['lb.example.com'],
    ],
    [
      'are likely blocked where that one is, and another is open',
      'likely',
      [byMap('bad'), byBalancer('good')],
      ['reviews.prod.internal'],
    ],
    [
      'are not decided where the environment names both',
      'open',
      [byMap('bad'), byBalancer('good')],
      ['reviews.prod.internal', 'lb.example.com'],
    ],
    [
      'are all meant where it names another host',
      'open',
      [byMap('bad'), byBalancer('good')],
      ['a.example.com'],
    ],
  ])('%s', (_told, expected, ways, hosts) => {
    expect(said(ways, ...hosts)).toBe(expected);
  });

  it('names the variable, and shows the other way as well', () => {
    const urls = [{ variable: 'REVIEWS_URL', host: 'lb.example.com' }];
    const ways = [byMap('bad'), byBalancer('good')];
    const { answer, details } = outcomeOf(ways, { from, to: 'reviews', urls }, target);
    expect(answer?.headline).toBe(
      'the way to reviews is open, by load balancer lb, as REVIEWS_URL of novel has it',
    );
    expect(details?.connect?.ways).toHaveLength(2);
  });
});
