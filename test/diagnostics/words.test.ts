import { describe, expect, it } from 'vitest';
import { calledBy, cut, duration, listed, plural, revisionOf, times } from '#diagnostics/words.ts';

const minute = 60_000;
const now = 1_000 * minute;

describe('a duration reads at a glance', () => {
  it.each([
    [0, '1 second'],
    [45_000, '45 seconds'],
    [2 * minute, '2 minutes'],
    [119 * minute, '119 minutes'],
    [3 * 60 * minute, '3 hours'],
    [50 * 60 * minute, '2 days'],
  ])('%d ms', (ms, words) => {
    expect(duration(ms)).toBe(words);
  });
});

describe('how often says whether it goes on', () => {
  it.each([
    [1, now - 12 * minute, now - 12 * minute, 'once, 12 minutes ago'],
    [6, now - 40 * minute, now - 2 * minute, '6 times in the last 40 minutes'],
    [3, now - 50 * minute, now - 45 * minute, '3 times, the last 45 minutes ago'],
    [2, 0, 0, '2 times'],
  ])('%d times', (count, first, last, words) => {
    expect(times(count, first, last, now)).toBe(words);
  });
});

it('names a revision by family and number', () => {
  expect(revisionOf('arn:aws:ecs:us-east-1:222222222222:task-definition/api:42')).toBe('api:42');
  expect(revisionOf(undefined)).toBe('unknown');
});

it('lists words as a sentence does', () => {
  expect([listed([]), listed(['a']), listed(['a', 'b']), listed(['a', 'b', 'c'])]).toEqual([
    '',
    'a',
    'a and b',
    'a, b and c',
  ]);
});

it('cuts by code points, so that no character is halved', () => {
  expect(cut('🔴🔴🔴', 2)).toBe('🔴…');
  expect(cut('abc', 3)).toBe('abc');
});

it('counts one without an s', () => {
  expect([plural(1, 'task'), plural(2, 'task')]).toEqual(['1 task', '2 tasks']);
});

describe('a thing is called', () => {
  const arn = (service: string, place: string) => `arn:aws:${service}:us-east-1:222222222222:${place}`;
  it.each([
    ['by its name, a secret', arn('secretsmanager', 'secret:prod/api/database-B7tYw2'), 'prod/api/database'],
    ['by its name, a secret without the ending', arn('secretsmanager', 'secret:database'), 'database'],
    ['by its path, a parameter', arn('ssm', 'parameter/prod/api/key'), '/prod/api/key'],
    ['without its path, a role', 'arn:aws:iam::222222222222:role/teams/api-execution', 'api-execution'],
    ['by its group, a stream', arn('logs', 'log-group:/ecs/api:log-stream:ecs/app/1'), '/ecs/api'],
    ['by bucket and key, a file', 'arn:aws:s3:::acme-config/api/prod.env', 'acme-config/api/prod.env'],
    ['by bucket and key, a file in a quote', '"arn:aws:s3:::acme-config/prod.env', 'acme-config/prod.env'],
    ['in another partition too', 'arn:aws-cn:iam::222222222222:role/app', 'app'],
  ])('%s', (_, given, name) => {
    expect(calledBy(given)).toBe(name);
  });

  it.each([arn('kms', 'key/1111aaaa'), 'sg-0123456789abcdef0', 'arn:aws', 'arn:aws:iam::1:user/x', ''])(
    '%j, which has no shorter name',
    (text) => {
      expect(calledBy(text)).toBe(text);
    },
  );
});
