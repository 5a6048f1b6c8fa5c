import { describe, expect, it } from 'vitest';
import { containerChecks, hintsFor, timeToUnhealthy } from '#diagnostics/health/container-check.ts';
import { definition, revision, running } from '../checks/facts.ts';

describe('what a health command makes doubtful', () => {
  it.each<[string, string, string[], RegExp | undefined]>([
    [
      'a tool that a slim image seldom holds',
      'registry/app:1.0-slim',
      ['CMD-SHELL', 'curl -f http://127.0.0.1/ || exit 1'],
      /curl is in few images/,
    ],
    [
      'a tool that distroless never holds',
      'gcr.io/distroless/java21',
      ['CMD', 'wget', '-q', 'http://127.0.0.1/'],
      /wget is in few images/,
    ],
    [
      'curl on Alpine',
      'node:26-alpine',
      ['CMD-SHELL', 'curl -f http://127.0.0.1/'],
      /Alpine images hold no curl/,
    ],
    [
      'wget on Alpine, which holds it',
      'node:26-alpine',
      ['CMD-SHELL', 'wget -q http://127.0.0.1/'],
      undefined,
    ],
    ['a line for a shell without one', 'app', ['CMD', '/bin/check || exit 1'], /CMD takes the whole text/],
    ['operators without a shell', 'app', ['CMD', '/bin/check', '||', 'exit', '1'], /CMD runs no shell/],
    ['no form', 'app', ['/bin/check', '--fast'], /without CMD or CMD-SHELL/],
    ['localhost', 'app', ['CMD-SHELL', '/bin/check localhost:80'], /::1/],
    ['a reserved exit code', 'app', ['CMD-SHELL', '/bin/check || exit 2'], /exit codes other than/],
    ['a program of the image itself', 'app:slim', ['CMD-SHELL', '/app/healthcheck'], undefined],
    ['a name that only contains a tool’s', 'app:slim', ['CMD', '/app/curling-check'], undefined],
  ])('%s', (_, image, command, expected) => {
    const hints = hintsFor({ image }, { command });
    if (expected === undefined) expect(hints).toEqual([]);
    else expect(hints.join('; ')).toMatch(expected);
  });

  it('a timeout longer than the interval', () => {
    const check = { command: ['CMD', '/bin/check'], interval: 5, timeout: 10 };
    expect(hintsFor({ image: 'app' }, check)).toEqual(['its timeout is longer than its interval']);
  });
});

describe('the time until a container counts as unhealthy', () => {
  it.each([
    [{ command: ['CMD', 'x'] }, 90],
    [{ command: ['CMD', 'x'], interval: 10, retries: 5, startPeriod: 60 }, 110],
  ])('%j', (check, seconds) => {
    expect(timeToUnhealthy(check)).toBe(seconds);
  });
});

describe('the checks of running tasks', () => {
  const checked = definition(2, [
    { name: 'app', image: 'app', healthCheck: { command: ['CMD', '/app/check'] } },
    { name: 'sidecar', image: 'sidecar', healthCheck: { command: ['NONE'] } },
    { name: 'agent', image: 'agent' },
  ]);
  const of = (healthStatus: 'HEALTHY' | 'UNHEALTHY' | 'UNKNOWN') =>
    running({ taskDefinitionArn: revision(2), containers: [{ name: 'app', healthStatus }] });

  it('are counted by container and command; one that is switched off is none', () => {
    expect(
      containerChecks([of('HEALTHY'), of('UNHEALTHY'), of('UNKNOWN')], { [revision(2)]: checked }),
    ).toEqual([
      { container: 'app', command: '/app/check', healthy: 1, unhealthy: 1, total: 3, seconds: 90, hints: [] },
    ]);
  });

  it('are not known of a revision that was not read', () => {
    expect(containerChecks([of('HEALTHY')], {})).toEqual([]);
  });
});
