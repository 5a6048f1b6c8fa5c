import { describe, expect, it } from 'vitest';
import { type Request, UsageError } from '#commands/command.ts';
import { parseRequest, parseWords } from '#commands/parse.ts';
import { fc } from '#test/property.ts';

const environments = [
  { name: 'prod', account: '222222222222', region: 'us-east-1' },
  { name: 'staging', account: '333333333333', region: 'eu-west-1' },
];
const id = '0123456789abcdef0123456789abcdef';

function failure(typed: string, defaults?: Partial<Request>): UsageError {
  try {
    parseRequest(typed, { environments, ...(defaults && { defaults }) });
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  }
  throw new Error(`“${typed}” was understood`);
}

describe('what was typed is read', () => {
  const api = { command: 'why-stopped', service: 'api', environment: 'prod' };
  it.each<[string, Request]>([
    ['why-stopped api prod', { ...api, options: {} }],
    ['  Why-Stopped   api  prod ', { ...api, options: {} }],
    ['why-stopped prod api', { ...api, options: {} }],
    ['why-stopped api prod --since 2h', { ...api, options: { since: 7_200_000 } }],
    ['why-stopped --since=90m api prod', { ...api, options: { since: 5_400_000 } }],
    ['why-stopped api —since 30s prod', { ...api, options: { since: 30_000 } }],
    ['why-stopped “api” prod –cluster main', { ...api, options: { cluster: 'main' } }],
    ['deployment --follow api prod', { ...api, command: 'deployment', options: { follow: true } }],
    ['why-stopped api Prod', { ...api, options: {} }],
    ['why-stopped `api` *prod*', { ...api, options: {} }],
    [
      'why-stopped --family nightly prod',
      { command: 'why-stopped', environment: 'prod', options: { family: 'nightly' } },
    ],
    [`logs prod --task ${id}`, { command: 'logs', environment: 'prod', options: { task: id } }],
    ['why-stopped api prod --private', { ...api, options: { private: true } }],
    [`why-stopped ${id}`, { command: 'why-stopped', service: id, environment: undefined, options: {} }],
    [
      'logs api prod --filter “timed out” --container app',
      {
        command: 'logs',
        service: 'api',
        environment: 'prod',
        options: { filter: 'timed out', container: 'app' },
      },
    ],
    ['doctor', { command: 'doctor', environment: undefined, options: {} }],
    ['doctor staging', { command: 'doctor', environment: 'staging', options: {} }],
    ['', { command: 'help', text: undefined, options: {} }],
    ['help logs', { command: 'help', text: 'logs', options: {} }],
    ['help me', { command: 'help', text: 'me', options: {} }],
    ['why-stopped api prod --since 2h --since 2h', { ...api, options: { since: 7_200_000 } }],
    [
      'explain Task failed to start --since "x',
      { command: 'explain', text: 'Task failed to start --since x', options: {} },
    ],
  ])('%s', (typed, expected) => {
    expect(parseRequest(typed, { environments })).toEqual(expected);
  });
});

describe('words as a shell hands them over', () => {
  const api = { command: 'why-stopped', service: 'api', environment: 'prod' };
  it.each<[string[], Request]>([
    [['why-stopped', '“api”', 'prod'], { ...api, options: {} }],
    [['why-stopped', 'api', 'prod', '—since', '2h'], { ...api, options: { since: 7_200_000 } }],
    [['logs', 'api', 'prod', '--filter', '“x”'], { ...api, command: 'logs', options: { filter: '“x”' } }],
  ])('%j', (words, expected) => {
    expect(parseWords(words, { environments })).toEqual(expected);
  });
});

describe('a thread knows its target', () => {
  const defaults = { service: 'api', environment: 'prod', options: { cluster: 'main', task: id } };
  const arn = `arn:aws:ecs:eu-west-1:333333333333:task/blue/${id}`;
  const api = { command: 'logs', service: 'api', environment: 'prod' };
  it.each<[string, Request]>([
    ['logs', { ...api, options: { cluster: 'main', task: id } }],
    ['logs --since 1h', { ...api, options: { cluster: 'main', task: id, since: 3_600_000 } }],
    ['logs --cluster other', { ...api, options: { cluster: 'other', task: id } }],
    ['logs api prod', { ...api, options: { cluster: 'main', task: id } }],
    ['logs staging', { ...api, environment: 'staging', options: {} }],
    ['logs web staging', { ...api, service: 'web', environment: 'staging', options: {} }],
    ['logs web', { ...api, service: 'web', options: { cluster: 'main' } }],
    [`logs ${id}`, { ...api, service: id, options: { cluster: 'main' } }],
    [`logs ${arn}`, { ...api, service: arn, environment: undefined, options: {} }],
  ])('%s', (typed, expected) => {
    expect(parseRequest(typed, { environments, defaults })).toEqual(expected);
  });
});

describe('what cannot be read is answered with what would be right', () => {
  it.each<[string, RegExp, string[]]>([
    ['why-stoped api prod', /no command “why-stoped”.*Did you mean why-stopped/, ['why-stopped api prod']],
    ['thanks', /no command “thanks”. help lists/, []],
    ['api prod', /first word is the command/, ['why-stopped api prod', 'status api prod']],
    [id, /first word is the command/, [`why-stopped ${id}`, `status ${id}`]],
    ['why-stopped api prd', /no environment “prd”.*Did you mean prod/, ['why-stopped api prod']],
    [
      'why-stopped',
      /needs a service and an environment/,
      ['why-stopped SERVICE prod', 'why-stopped SERVICE staging'],
    ],
    ['why-stopped prod', /Which service in prod/, ['why-stopped SERVICE prod']],
    ['why-stopped api', /In which environment/, ['why-stopped api prod', 'why-stopped api staging']],
    ['why-stopped api prod now please', /“now please” is too much/, ['why-stopped api prod']],
    ['why-stopped api prod --sinc 2h', /no option --sinc.*--since/, []],
    ['status api prod --filter x', /status has no option --filter/, []],
    ['logs api prod --since', /--since needs a value/, []],
    ['logs api prod --since yesterday', /not a time span.*--since 2h/, []],
    ['logs api prod --since 31d', /at most 30d/, []],
    ['logs api prod --filter --private', /--filter needs a value/, []],
    ['explain', /explain needs the text/, []],
    ['help why-stoped', /no command “why-stoped”. Did you mean why-stopped/, ['help why-stopped']],
    ['logs api prod --since 2h --since 3h', /--since is given twice: 2h and 3h/, []],
  ])('%s', (typed, message, suggestions) => {
    const error = failure(typed);
    expect(error.message).toMatch(message);
    if (suggestions.length > 0) expect(error.suggestions).toEqual(suggestions);
  });

  it('nothing that is typed does more than fail with a sentence', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (typed) => {
        try {
          parseRequest(`why-stopped ${typed}`, { environments });
        } catch (error) {
          expect(error).toBeInstanceOf(UsageError);
        }
      }),
    );
  });
});
