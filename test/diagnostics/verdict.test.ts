import { describe, expect, it } from 'vitest';
import type { Finding } from '#diagnostics/report.ts';
import { finding, minutesAgo, verdict } from './judged.ts';

describe('the root is the earliest stage that is confirmed', () => {
  it.each<[string, Finding[], string[]]>([
    ['one cause alone', [finding('oom-container')], ['oom-container']],
    [
      'the earlier stage',
      [finding('app-exit-error'), finding('image-not-found', { stage: 4 })],
      ['image-not-found'],
    ],
    [
      'a confirmed cause before a likely one of an earlier stage',
      [finding('oom-container'), finding('image-not-found', { stage: 4, status: 'likely' })],
      ['oom-container'],
    ],
    [
      'an error before a warning',
      [
        finding('sigkill-stop-timeout', { severity: 'warn' }),
        finding('app-exit-error', { status: 'likely' }),
      ],
      ['app-exit-error'],
    ],
    [
      'what all instances lack, not what an event says of the closest',
      [
        finding('capacity-insufficient-memory', { stage: 1, count: 9 }),
        finding('capacity-attribute-missing', {
          stage: 1,
          count: 1,
          evidence: [{ api: 'ecs:DescribeContainerInstances', field: 'attributes', value: 'x' }],
        }),
      ],
      ['capacity-attribute-missing'],
    ],
    [
      'why no instance is launched, not that there is none',
      [
        finding('capacity-provider-empty', { stage: 1, count: 9 }),
        finding('capacity-provider-launch-failed', {
          stage: 1,
          count: 1,
          evidence: [{ api: 'autoscaling:DescribeScalingActivities', field: 'StatusMessage', value: 'x' }],
        }),
      ],
      ['capacity-provider-launch-failed'],
    ],
    [
      'never what only an older revision shows',
      [finding('image-not-found', { stage: 4, alsoSeen: true }), finding('app-exit-error')],
      ['app-exit-error'],
    ],
    [
      'never what is ruled out',
      [finding('image-not-found', { stage: 4, status: 'ruled-out' }), finding('app-exit-error')],
      ['app-exit-error'],
    ],
    [
      'led to by a symptom',
      [finding('crash-loop-after-running'), finding('oom-container')],
      ['crash-loop-after-running', 'oom-container'],
    ],
    [
      'the more exact of two that say the same',
      [
        finding('elb-health-failed', { stage: 7 }),
        finding('elb-health-wrong-code', { stage: 7, status: 'likely' }),
      ],
      ['elb-health-failed', 'elb-health-wrong-code'],
    ],
    [
      'a boot that is cut short, rather than the refusal that comes of it',
      [
        finding('elb-health-connection-failed', { stage: 7 }),
        finding('elb-grace-too-short', { stage: 7, status: 'likely' }),
      ],
      ['elb-health-connection-failed', 'elb-grace-too-short'],
    ],
    [
      'symptoms alone, the nearest to the tasks last',
      [finding('service-start-impaired'), finding('circuit-breaker-tripped')],
      ['circuit-breaker-tripped', 'service-start-impaired'],
    ],
    [
      'not by a rollback that was over before the first failure',
      [
        finding('deployment-rolling-back', { severity: 'warn', lastAt: minutesAgo(1200) }),
        finding('oom-container', { firstAt: minutesAgo(50) }),
      ],
      ['oom-container'],
    ],
    [
      'never what healed, where something else has not',
      [
        finding('deployment-rolling-back', { severity: 'warn', lastAt: minutesAgo(20) }),
        finding('oom-container', { count: 1, firstAt: minutesAgo(50), lastAt: minutesAgo(50) }),
      ],
      ['deployment-rolling-back'],
    ],
    [
      'that nothing is left to read, only where nothing else is known',
      [finding('exit-unknown'), finding('service-start-impaired')],
      ['service-start-impaired'],
    ],
  ])('%s', (_, findings, chain) => {
    expect(verdict(findings)).toMatchObject({ state: 'problem', chain, cause: chain.at(-1) });
  });
});

describe('what a deeper check finds comes behind what it is the reason of', () => {
  const unreachable = finding('secrets-endpoint-unreachable', { stage: 3 });
  const noRoute = (more: Partial<Finding> = {}) =>
    finding('route-missing', {
      stage: 2,
      reasonOf: ['secrets-endpoint-unreachable', 'image-pull-timeout'],
      ...more,
    });

  it.each<[string, Finding[], string[]]>([
    [
      'though its stage is earlier',
      [noRoute(), unreachable],
      ['secrets-endpoint-unreachable', 'route-missing'],
    ],
    [
      'behind another reason',
      [
        finding('nat-failed', { stage: 2, reasonOf: ['route-missing'] }),
        noRoute(),
        unreachable,
        finding('circuit-breaker-tripped', { stage: 8 }),
      ],
      ['circuit-breaker-tripped', 'secrets-endpoint-unreachable', 'route-missing', 'nat-failed'],
    ],
    [
      'unless it is less sure than that',
      [noRoute({ status: 'likely' }), unreachable],
      ['secrets-endpoint-unreachable'],
    ],
    [
      'as sure as what it explains',
      [noRoute({ status: 'likely' }), finding('image-pull-timeout', { stage: 4, status: 'likely' })],
      ['image-pull-timeout', 'route-missing'],
    ],
    ['and is the cause itself where nothing fails yet', [noRoute()], ['route-missing']],
  ])('%s', (_name, findings, chain) => {
    expect(verdict(findings).chain).toEqual(chain);
  });
});
