import { describe, expect, it } from 'vitest';
import { errorsOnly, patternWords, saying } from '#diagnostics/insights/errors-only.ts';
import { shapeOf } from '#diagnostics/insights/shape.ts';

describe('what the newest lines tell of a log', () => {
  it.each([
    ['"GET /orders/7 HTTP/1.1" 200 31 ms', { path: '/orders/7', status: '200', duration: '31' }, 'ms'],
    [
      '10.0.1.7 - - [24/Nov/2026:14:41:07 +0000] "POST /pay?id=1 HTTP/1.1" 502 158 "-" "curl/8" 0.912',
      { path: '/pay', status: '502', duration: '0.912' },
      's',
    ],
    ['GET /rates 200 18.4 ms - 211', { path: '/rates', status: '200', duration: '18.4' }, 'ms'],
    [
      'level=info method=GET path=/rates status=503 bytes=0 duration=12ms',
      { path: '/rates', status: '503', duration: '12' },
      'ms',
    ],
    ['10.0.1.7 - - [24/Nov/2026] "GET / HTTP/1.1" 404 158', { path: '/', status: '404' }, 'ms'],
  ])('a request in %s', (line, parts, unit) => {
    const shape = shapeOf(['starting', line]);
    expect(shape).toMatchObject({ kind: 'text', unit });
    expect({ ...new RegExp(shape.request ?? '').exec(line)?.groups }).toEqual(parts);
    expect(Object.keys(shape.fields).sort()).toEqual(Object.keys(parts).sort());
  });

  it.each([
    [
      { level: 50, msg: 'no', err: { type: 'Refused' }, res: { statusCode: 503 }, responseTime: 12 },
      {
        level: 'level',
        message: 'msg',
        type: 'err.type',
        status: 'res.statusCode',
        duration: 'responseTime',
      },
    ],
    [
      { severity: 'ERROR', message: 'no', http: { status_code: 500, target: '/x' }, duration_ms: '9' },
      {
        level: 'severity',
        message: 'message',
        status: 'http.status_code',
        path: 'http.target',
        duration: 'duration_ms',
      },
    ],
    [{ log: 'ERROR no', container_name: 'app', source: 'stdout' }, { message: 'log' }],
    // Fields of these names that hold something else.
    [{ status: 'done', duration: 'long', message: 'ok' }, { message: 'message' }],
  ])('the fields of %j', (record, fields) => {
    const shape = shapeOf([JSON.stringify(record)]);
    expect(shape.kind).toBe('json');
    expect(shape.fields).toEqual(fields);
  });

  it('a line that only begins like JSON is text', () => {
    expect(shapeOf(['{"cut":', 'plain', 'plain']).kind).toBe('text');
    expect(shapeOf(['', '  ']).kind).toBe('unknown');
  });
});

describe('the condition that keeps errors', () => {
  it('is by the level where lines have one', () => {
    expect(errorsOnly(shapeOf(['{"level":50,"msg":"a"}']))).toBe('filter level >= 50');
    expect(errorsOnly(shapeOf(['{"log-level":"ERROR","msg":"a"}']))).toMatch(/^filter `log-level` like /);
  });

  it.each([
    ['ERROR cannot connect', true],
    ['java.lang.IllegalStateException: no', true],
    ['panic: runtime error', true],
    ['done, 0 errors', false],
    ['poll: no failures, error_count=0', false],
    ['all is well', false],
  ])('is by words else: %s', (line, isError) => {
    const condition = errorsOnly(shapeOf(['all is well']));
    const [, sounds = '', harmless = ''] =
      /like \/\(\?i\)(.*)\/ and @message not like \/\(\?i\)(.*)\/$/.exec(condition) ?? [];
    expect(new RegExp(sounds, 'i').test(line) && !new RegExp(harmless, 'i').test(line)).toBe(isError);
  });

  it('clusters the message of JSON alone, which parse takes out', () => {
    const { commands, field } = saying(shapeOf(['{"msg":"a"}']));
    const [, pattern = ''] = /^parse @message \/(.*)\/$/.exec(commands[0] ?? '') ?? [];
    expect(new RegExp(pattern).exec('{"level":30,"msg":"say \\"hi\\" to 7","pid":1}')?.groups?.[field]).toBe(
      'say \\"hi\\" to 7',
    );
    expect(saying(shapeOf(['a'])).commands).toEqual([]);
  });

  it('shows a pattern without the names of what differs', () => {
    expect(patternWords('order <Token-1> took <Number-2> ms <*>')).toBe('order … took … ms …');
  });
});
