import { describe, expect, it } from 'vitest';
import { NotInSandbox } from '#sandbox/aws/errors.ts';
import { filterPattern } from '#sandbox/aws/operations/filter-pattern.ts';

const event = JSON.stringify({
  detail: {
    taskArn: 'arn:aws:ecs:us-east-1:222222222222:task/prod/abc',
    version: 5,
    stopCode: null,
    ok: true,
  },
  containers: [{ name: 'app', exitCode: 137 }],
});

describe('a filter pattern', () => {
  it.each([
    ['', 'anything', true],
    ['ERROR', 'an ERROR here', true],
    ['ERROR', 'an error here', false],
    ['ERROR timeout', 'ERROR: timeout', true],
    ['ERROR timeout', 'ERROR', false],
    ['"connection refused"', 'dial: connection refused', true],
    ['"connection refused"', 'refused connection', false],
    ['"say \\"hi\\""', 'they say "hi" now', true],
    ['ERROR -debug', 'ERROR debug', false],
    ['ERROR -"a b"', 'ERROR a c', true],
    ['?ERROR ?WARN', 'WARN', true],
    ['?ERROR ?WARN', 'INFO', false],
    ['%exit code [1-9]%', 'exit code 3', true],
    ['%exit code [1-9]%', 'exit code 0', false],
  ])('%s over "%s" is %s', (pattern, message, expected) => {
    expect(filterPattern(pattern)(message)).toBe(expected);
  });

  it.each([
    ['{ $.detail.taskArn = "arn:aws:ecs:us-east-1:222222222222:task/prod/abc" }', true],
    ['{ $.detail.taskArn = "*task/prod/abc" }', true],
    ['{ $.detail.taskArn = "*task/prod/ab" }', false],
    ['{$.detail.taskArn="*abc"&&$.detail.version>=5}', true],
    ['{ $.detail.version > 5 || $.containers[0].exitCode = 137 }', true],
    ['{ ($.detail.version > 5 || $.detail.version < 2) && $.detail.ok IS TRUE }', false],
    ['{ $.detail.version != 6 }', true],
    ['{ $.detail.version = "5" }', false],
    ['{ $.detail.stopCode IS NULL }', true],
    ['{ $.detail.reason NOT EXISTS }', true],
    ['{ $.detail.taskArn NOT EXISTS }', false],
    ['{ $.detail.reason != "x" }', false],
    ["{ $['detail']['version'] = 5 }", true],
    ['{ $.containers[0].name = app }', true],
    ['{ $.detail.taskArn = %prod/[a-c]+$% }', true],
  ])('%s over a task event is %s', (pattern, expected) => {
    expect(filterPattern(pattern)(event)).toBe(expected);
  });

  it('over properties never matches a message that is no JSON', () => {
    expect(filterPattern('{ $.a NOT EXISTS }')('plain text')).toBe(false);
  });

  it.each(['foo-bar', '"open', '{ $.a }', '{ $.a = }', '{ a = 1 }', '{ $.a = 1 } x', '{ $.a > "x" }', '%(%'])(
    '%s is refused',
    (pattern) => {
      expect(() => filterPattern(pattern)).toThrow('Invalid filter pattern');
    },
  );

  it('over columns is more than the sandbox can', () => {
    expect(() => filterPattern('[ip, user, status = 500]')).toThrow(NotInSandbox);
  });
});
