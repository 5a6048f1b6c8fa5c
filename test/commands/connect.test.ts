import { describe, expect, it } from 'vitest';
import { type Request, UsageError } from '#commands/command.ts';
import { otherEndOf } from '#commands/other-end.ts';
import { parseRequest } from '#commands/parse.ts';

const environments = [
  { name: 'prod', account: '222222222222', region: 'us-east-1' },
  { name: 'staging', account: '333333333333', region: 'eu-west-1' },
];

function read(typed: string, defaults?: Partial<Request>): Request {
  return parseRequest(typed, { environments, ...(defaults && { defaults }) });
}

describe('the two ends of a connection are read', () => {
  const both = { command: 'connect', service: 'web', to: 'api', environment: 'prod', options: {} };

  it.each<[string, Request]>([
    ['connect web api prod', both],
    ['connect prod web api', both],
    ['connect web prod api', both],
    ['connect web api:9090 prod', { ...both, to: 'api:9090' }],
    ['connect web `api` prod', both],
  ])('%s', (typed, expected) => {
    expect(read(typed)).toEqual(expected);
  });

  it('takes the service of the thread for the one that connects', () => {
    const defaults = { service: 'web', environment: 'prod' };
    expect(read('connect api', defaults)).toEqual(both);
    expect(read('connect web api', defaults)).toEqual(both);
    expect(read('connect api staging', defaults)).toEqual({ ...both, environment: 'staging' });
  });

  it.each(['connect', 'connect web prod', 'connect web api db prod'])(
    'asks for both where “%s” was typed',
    (typed) => {
      expect(() => read(typed)).toThrow(UsageError);
    },
  );
});

describe('what the other end is', () => {
  it.each([
    ['api', { kind: 'service', name: 'api' }],
    ['api:8080', { kind: 'service', name: 'api', port: 8080 }],
    ['arn:aws:ecs:us-east-1:222222222222:service/prod/api', { kind: 'service', name: 'api' }],
    ['3f2a9c014d5e4b60a7c81d2e3f405162', { kind: 'task', task: '3f2a9c014d5e4b60a7c81d2e3f405162' }],
    [
      'arn:aws:ecs:us-east-1:222222222222:task/prod/3f2a9c014d5e4b60a7c81d2e3f405162',
      { kind: 'task', task: '3f2a9c014d5e4b60a7c81d2e3f405162' },
    ],
    ['db.example.com', { kind: 'host', host: 'db.example.com', port: 443 }],
    ['db.example.com:5432', { kind: 'host', host: 'db.example.com', port: 5432 }],
    ['10.0.0.4:5432', { kind: 'host', host: '10.0.0.4', port: 5432 }],
    ['fd00::1', { kind: 'host', host: 'fd00::1', port: 443 }],
    ['[fd00::1]:5432', { kind: 'host', host: 'fd00::1', port: 5432 }],
  ])('%s', (typed, expected) => {
    expect(otherEndOf(typed)).toEqual(expected);
  });

  it.each([
    'api:0',
    'api:70000',
    '10.0.0.999',
    '10.0.0:80',
    'a b',
    'https://x.example.com/',
    '$(id)',
    'x.$(id)',
  ])('refuses %j', (typed) => {
    expect(() => otherEndOf(typed)).toThrow(UsageError);
  });
});
