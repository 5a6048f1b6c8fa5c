import { describe, expect, test } from 'vitest';
import type { Request } from '#commands/command.ts';
import {
  decodePressed,
  decodeRequest,
  encodeRequest,
  requestOfMetadata,
  targetMetadata,
} from '#src/slack/state.ts';
import { fc } from '#test/property.ts';

const name = fc.stringMatching(/^[A-Za-z0-9_-]{1,255}$/);
const option = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const requests: fc.Arbitrary<Request> = fc
  .record({
    command: fc.constantFrom('status', 'why-stopped', 'logs'),
    service: option(name),
    environment: option(name),
    to: option(name),
    options: fc.record({
      cluster: option(name),
      region: option(fc.constantFrom('us-east-1', 'cn-north-1')),
      since: option(fc.nat()),
      task: option(fc.stringMatching(/^[0-9a-f]{32}$/)),
      container: option(name),
      filter: option(fc.string({ maxLength: 100, unit: 'binary' })),
      family: option(name),
      private: option(fc.constant(true)),
    }),
  })
  .map((request) => JSON.parse(JSON.stringify(request)) as Request);

describe('The value of a button', () => {
  test('gives back every request, with the longest names that AWS allows, in 2,000 characters', () => {
    fc.assert(
      fc.property(requests, (request) => {
        const value = encodeRequest(request);
        expect(value.length).toBeLessThanOrEqual(2_000);
        expect(decodeRequest(value)).toEqual(request);
      }),
    );
  });

  test('keeps the target and as much of a text as fits', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 3_000, maxLength: 6_000, unit: 'binary' }), (text) => {
        const value = encodeRequest({
          command: 'explain',
          text,
          service: 'api',
          environment: 'prod',
          options: {},
        });
        expect(value.length).toBeLessThanOrEqual(2_000);
        const decoded = decodeRequest(value);
        expect(decoded).toMatchObject({ command: 'explain', service: 'api', environment: 'prod' });
        expect(decoded?.text?.length).toBeGreaterThan(200);
      }),
      { numRuns: 20 },
    );
  });

  test('says whether the answer takes the place of the message', () => {
    const request: Request = { command: 'status', service: 'api', options: {} };
    expect(decodePressed(encodeRequest(request, { inPlace: true }))).toEqual({ request, inPlace: true });
    expect(decodePressed(encodeRequest(request))).toEqual({ request, inPlace: false });
  });

  test('holds none of the characters that Slack escapes', () => {
    const value = encodeRequest({ command: 'logs', options: { filter: 'a < b && c > d' } });
    expect(value).not.toMatch(/[&<>]/);
    expect(decodeRequest(value)?.options.filter).toBe('a < b && c > d');
  });

  test.each([
    ['nothing', undefined],
    ['an empty text', ''],
    ['a word', 'api'],
    ['half of a value', '1{"c":"logs"'],
    ['another version', '2{"c":"logs"}'],
    ['packed noise', 'z1AAAA'],
    ['a value without a command', '1{"s":"api"}'],
    ['a value of the wrong types', '1{"c":"logs","n":"soon"}'],
    ['a list', '1[]'],
  ])('is nothing where it is %s', (_what, value) => {
    expect(decodeRequest(value)).toBeUndefined();
  });

  test('never throws, whatever it holds', () => {
    fc.assert(
      fc.property(fc.constantFrom('', '1', 'z1'), fc.string({ unit: 'binary' }), (prefix, rest) => {
        decodeRequest(prefix + rest);
      }),
    );
  });
});

test('The metadata of a message gives its request back, and foreign metadata gives none', () => {
  const request: Request = { command: 'status', service: 'api', environment: 'prod', options: {} };
  expect(requestOfMetadata(targetMetadata(request))).toEqual(request);
  expect(
    requestOfMetadata({ event_type: 'deploy', event_payload: { v: 1, request: '1{"c":"logs"}' } }),
  ).toBeUndefined();
  expect(requestOfMetadata(undefined)).toBeUndefined();
});
