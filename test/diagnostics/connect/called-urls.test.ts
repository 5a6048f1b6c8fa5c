import { describe, expect, it } from 'vitest';
import { type CalledUrl, urlsOf } from '#diagnostics/facts/connect/called-urls.ts';

function read(value: string): Omit<CalledUrl, 'variable'>[] {
  const containerDefinitions = [{ name: 'app', environment: [{ name: 'URL', value }] }];
  return urlsOf({ containerDefinitions }).map(({ variable: _, ...rest }) => rest);
}

describe('an address in a variable', () => {
  it.each<[string, Omit<CalledUrl, 'variable'>]>([
    ['https://api.example.com', { scheme: 'https', host: 'api.example.com', path: '/' }],
    [
      'http://API.example.com:8080/v1/reviews',
      { scheme: 'http', host: 'api.example.com', port: 8080, path: '/v1/reviews' },
    ],
    [
      'https://user:hunter2@api.example.com/x?key=abc#d',
      { scheme: 'https', host: 'api.example.com', path: '/x' },
    ],
    ['api.example.com:443', { host: 'api.example.com', port: 443, path: '/' }],
    ['reviews.internal', { host: 'reviews.internal', path: '/' }],
    // What a token looks like is not kept.
    ['https://hooks.example.com/services/T0AB12/B9/xYz', { scheme: 'https', host: 'hooks.example.com' }],
    ['https://api.example.com/0f3c9a2b7d', { scheme: 'https', host: 'api.example.com' }],
  ])('%s', (value, expected) => {
    expect(read(value)).toEqual([expected]);
  });

  it.each([
    '',
    'true',
    '1.2.3',
    'someone@example.com',
    'api',
    'https://',
    'https://a b.example.com',
    'x.y:99999',
    // A part of a password or of a token would be taken for the host.
    'postgres://user:p@ss/word@db.example.com/x',
    'redis://user:123/x@cache.example.com',
    'amqp://user:12?3@queue.example.com',
    'MTk4NjIyNDgz.Cl2FMQ.ZnCjmXVWvRzebCqsekKWsabcd',
  ])('is not %j', (value) => {
    expect(read(value)).toEqual([]);
  });
});
