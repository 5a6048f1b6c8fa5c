import type { Task } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { isStuck, normalOf, type Phase, stationOf } from '#diagnostics/pending/phases.ts';

const now = new Date('2026-11-24T12:00:00Z');
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000);
const eni = (status: string) => ({ type: 'ElasticNetworkInterface', status, details: [] });
const pending = (more: Partial<Task>): Task => ({
  lastStatus: 'PENDING',
  desiredStatus: 'RUNNING',
  launchType: 'FARGATE',
  createdAt: ago(200),
  ...more,
});

describe('where a task stands', () => {
  it.each<[string, Task, Phase | undefined, number | undefined]>([
    [
      'asks for its interface',
      pending({ lastStatus: 'PROVISIONING', attachments: [eni('PRECREATED')] }),
      'network',
      200,
    ],
    ['has its interface', pending({ attachments: [eni('ATTACHED')], connectivityAt: ago(190) }), 'init', 190],
    ['pulls', pending({ connectivityAt: ago(190), pullStartedAt: ago(180) }), 'pull', 180],
    [
      'has pulled',
      pending({ connectivityAt: ago(190), pullStartedAt: ago(180), pullStoppedAt: ago(150) }),
      'create',
      150,
    ],
    [
      'waits for a volume',
      pending({
        connectivityAt: ago(190),
        attachments: [eni('ATTACHED'), { type: 'AmazonElasticBlockStorage', status: 'ATTACHING' }],
      }),
      'volume',
      190,
    ],
    [
      'waits for an instance of its provider',
      pending({ lastStatus: 'PROVISIONING', launchType: 'EC2', capacityProviderName: 'pool' }),
      'placement',
      200,
    ],
    [
      'is placed on an instance and not wired',
      pending({ launchType: 'EC2', containerInstanceArn: 'arn:instance' }),
      'init',
      200,
    ],
    [
      'on Fargate it never waits for an instance',
      pending({
        lastStatus: 'PROVISIONING',
        capacityProviderName: 'FARGATE_SPOT',
        attachments: [eni('ATTACHING')],
      }),
      'network',
      200,
    ],
    ['registers', pending({ lastStatus: 'ACTIVATING', pullStoppedAt: ago(30) }), 'activation', 30],
    ['runs', pending({ lastStatus: 'RUNNING', startedAt: ago(10) }), undefined, undefined],
    ['is to stop', pending({ desiredStatus: 'STOPPED' }), undefined, undefined],
  ])('%s', (_, task, phase, seconds) => {
    const station = stationOf(task);
    expect(station?.phase).toBe(phase);
    expect(station?.since && (now.getTime() - station.since.getTime()) / 1000).toBe(seconds);
  });
});

const started = (pullSeconds: number): Task => ({
  createdAt: ago(1000),
  pullStartedAt: ago(900),
  pullStoppedAt: ago(900 - pullSeconds),
});

describe('what is normal', () => {
  it('is the median of five tasks or more, and stuck is three times that', () => {
    expect(normalOf('pull', [40, 50, 60, 70, 800].map(started))).toEqual({
      median: 60,
      samples: 5,
      limit: 180,
    });
  });

  it('is the mean of the two in the middle where they are even in number', () => {
    expect(normalOf('pull', [10, 20, 30, 40, 50, 60].map(started)).median).toBe(35);
  });

  it('is not known from four tasks, and an absolute limit holds', () => {
    expect(normalOf('pull', [40, 50, 60, 70].map(started))).toEqual({ samples: 4, limit: 300 });
  });

  it.each<[Phase, number]>([
    ['placement', 300],
    ['network', 60],
    ['init', 90],
    ['create', 60],
  ])('without history %s is stuck after %i s', (phase, limit) => {
    expect(normalOf(phase, []).limit).toBe(limit);
  });

  it('counts no task that never got through the phase', () => {
    expect(normalOf('create', [10, 20, 30, 40, 50].map(started)).samples).toBe(0);
  });
});

describe('waiting for an instance', () => {
  const placed = Array.from({ length: 6 }, () => ({
    createdAt: ago(600),
    connectivityAt: ago(590),
    startedAt: ago(500),
  }));

  it('takes its minutes where one must be launched, however quick it was while there was room', () => {
    expect(normalOf('placement', placed)).toEqual({ median: 10, samples: 6, limit: 300 });
  });
});

describe('stuck', () => {
  const quick = [1, 1, 1, 1, 1].map(started);
  it.each([
    ['longer than normal', 200, 100, true],
    ['longer than normal, but in its first minute', 50, 40, false],
    ['as long as normal', 200, 3, false],
    ['a few seconds where normal is one: no phase is stuck that soon', 200, 20, false],
  ])('%s', (_, age, pulling, stuck) => {
    const task = pending({ createdAt: ago(age), pullStartedAt: ago(pulling) });
    const station = stationOf(task);
    expect(station && isStuck(task, station, normalOf('pull', quick), now)).toBe(stuck);
  });
});
