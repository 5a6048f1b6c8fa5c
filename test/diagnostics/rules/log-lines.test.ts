import { describe, expect, it } from 'vitest';
import { cluesInLog } from '#diagnostics/explain.ts';

describe('the last lines of a container', () => {
  it.each([
    ['Error: Missing required environment variable: STRIPE_KEY', 'app-config-missing'],
    ["thread 'main' panicked at src/main.rs:12: DATABASE_URL must be set: NotPresent", 'app-config-missing'],
    ['FATAL: password authentication failed for user "app"', 'app-config-missing'],
    ['dial tcp 10.1.2.3:5432: connect: connection refused', 'app-dependency-unreachable'],
    ['Error: getaddrinfo EAI_AGAIN postgres', 'app-dependency-unreachable'],
    ['Unable to locate credentials', 'app-credentials-missing'],
    ['java.lang.OutOfMemoryError: Java heap space', 'oom-heap'],
    ['listen tcp :8080: bind: address already in use', 'app-port-in-use'],
    ['Error: ENOSPC: no space left on device, write', 'app-disk-full'],
    ['/bin/sh: 1: gunicorn: not found', 'app-command-not-found'],
    ['exec /usr/bin/node: exec format error', 'image-arch-mismatch'],
    ['Segmentation fault (core dumped)', 'app-segfault'],
    ["Error: Cannot find module 'express'", 'app-exit-error'],
  ])('"%s" speak of %s', (line, cause) => {
    expect(cluesInLog(['listening', line])?.cause).toBe(cause);
  });

  it.each(['0 errors, 0 warnings', 'error_count=0', 'build finished without error', 'GET /health 200', ''])(
    '"%s" say nothing',
    (line) => {
      expect(cluesInLog([line])).toBeUndefined();
    },
  );

  it('are read from the end, past the stack trace, to the line that names the cause', () => {
    const lines = [
      'boot',
      'Error: connect ETIMEDOUT 10.0.0.5:5432',
      '    at TCPConnectWrap.afterConnect',
      'npm ERR! code ELIFECYCLE',
    ];
    expect(cluesInLog(lines)).toMatchObject({
      cause: 'app-dependency-unreachable',
      names: { host: '10.0.0.5', port: '5432' },
    });
  });

  it('do not blame a failure that the program lived through', () => {
    const lines = [
      'redis: connection refused, retrying',
      'connected',
      'AssertionError: price must be positive',
    ];
    expect(cluesInLog(lines)?.cause).toBe('app-exit-error');
  });

  it('stay likely: nobody promises what a program prints', () => {
    expect(cluesInLog(['panic: boom'])?.status).toBe('likely');
  });

  it('are read without their colours', () => {
    expect(
      cluesInLog(['\u001b[31mError: listen EADDRINUSE: address already in use :::80\u001b[0m'])?.cause,
    ).toBe('app-port-in-use');
  });
});
