import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { redact, redactAll, redactDeep } from '#diagnostics/redact.ts';
import { fc } from '#test/property.ts';

// Split, so that no scanner takes this file for a leak.
const github = `ghp_${'wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx'}`;
const jwt = `eyJ${'hbGciOiJIUzI1NiJ9'}.eyJ${'zdWIiOiIxMjM0In0'}.SflKxwRJSMeKKF2QT4fwpM`;
const awsKey = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYzzzzzzzzzz';
const stsToken = `IQoJb3JpZ2lu${'X2VjEPz'.repeat(8)}`;
/** As random bytes look in base64, in lines of this width. */
const encoded = (width: number, rows: number, seed = 7) =>
  Array.from({ length: rows }, (_, row) =>
    createHash('sha512').update(`${seed} ${row}`).digest('base64').replaceAll('=', 'x').slice(0, width),
  );
const begin = '-----BEGIN PRIVATE KEY-----';
const end = '-----END PRIVATE KEY-----';

describe('what is hidden', () => {
  it.each([
    [
      'a token in a sentence',
      `clone failed for ${github}, retry`,
      'clone failed for [redacted: github token], retry',
    ],
    ['a secret access key', `AWS_SECRET_ACCESS_KEY=${awsKey} x`, 'AWS_SECRET_ACCESS_KEY=[redacted: key] x'],
    [
      'a session token by its name',
      `AWS_SESSION_TOKEN=${stsToken}`,
      'AWS_SESSION_TOKEN=[redacted: aws session token]',
    ],
    [
      'a session token without a name',
      `got ${stsToken} from STS`,
      'got [redacted: aws session token] from STS',
    ],
    ['a JWT', `session ${jwt}.`, 'session [redacted: jwt]'],
    ['a bearer token', 'sent bearer abcdef123456 to it', 'sent bearer [redacted: bearer token] to it'],
    [
      'an authorization header',
      'Authorization: Bearer abc.def',
      'Authorization: Bearer [redacted: authorization]',
    ],
    [
      'a header in JSON',
      '{"authorization":"Basic dXNlcg"}',
      '{"authorization":"Basic [redacted: authorization]"}',
    ],
    ['a cookie', 'Cookie: sid=abcd; theme=dark', 'Cookie: [redacted: cookie]'],
    [
      'a password in an address',
      'postgres://app:pa55word@db:5432/x',
      'postgres://app:[redacted: password]@db:5432/x',
    ],
    [
      'a password without a user',
      'redis://:pa55word@cache:6379/0',
      'redis://:[redacted: password]@cache:6379/0',
    ],
    ['a Go data source', 'root:pa55word@tcp(db:3306)/app', 'root:[redacted: password]@tcp(db:3306)/app'],
    ['env notation', 'DB_PASSWORD=hunter2 npm start', 'DB_PASSWORD=[redacted: password] npm start'],
    ['a short name', 'DB_PASS=hunter2', 'DB_PASS=[redacted: password]'],
    ['quotes with blanks', 'api_key = "two words" next', 'api_key = "[redacted: key]" next'],
    ['YAML', '  password: hunter', '  password: [redacted: password]'],
    ['JSON', '{"clientSecret":"a\\"b","user":"bob"}', '{"clientSecret":"[redacted: secret]","user":"bob"}'],
    [
      'JSON in JSON',
      '{"m":"{\\"token\\":\\"abc\\",\\"n\\":1}"}',
      '{"m":"{\\"token\\":\\"[redacted: token]\\",\\"n\\":1}"}',
    ],
    ['Python', "{'passwd': 'hunter2'}", "{'passwd': '[redacted: password]'}"],
    ['Ruby', '{:token=>"abc"}', '{:token=>"[redacted: token]"}'],
    ['XML', '<Password>hunter2</Password>', '<Password>[redacted: password]</Password>'],
    ['an option', 'run --db-password hunter2 -v', 'run --db-password [redacted: password] -v'],
    ['a query string', 'GET /x?token=abc&n=1', 'GET /x?token=[redacted: token]&n=1'],
    [
      'a presigned signature',
      `GET /x?X-Amz-Signature=${'ab12'.repeat(16)}`,
      'GET /x?X-Amz-Signature=[redacted: signature]',
    ],
    [
      'a variable of a task definition',
      '{"name":"DB_PASSWORD","value":"x1"}',
      '{"name":"DB_PASSWORD","value":"[redacted: password]"}',
    ],
    ['a quote that is never closed', 'token="abc def', 'token="[redacted: token]'],
    ['a key in one line', `"${begin}\\nMIIE\\n${end}\\n"`, '"[redacted: private key]\\n"'],
  ])('%s', async (_name, text, expected) => {
    expect(await redact(text)).toBe(expected);
  });

  it('is not switched off by a comment in the log', async () => {
    expect(await redact(`// secretlint-disable\n${github}`)).toBe(
      '// secretlint-disable\n[redacted: github token]',
    );
  });
});

describe('what stays', () => {
  it('a reference to a variable', async () => {
    const text = `password=$\{DB_PASSWORD} token="$\{TOKEN}"`;
    expect(await redact(text)).toBe(text);
  });

  it.each([
    'arn:aws:ecs:us-east-1:222222222222:task/prod/3f2a1b0c9d8e7f6a5b4c3d2e1f0a9b8c stopped in account 222222222222',
    'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    'i/o timeout: dial tcp 10.0.3.17:443, request id 8d5b1f0e-3c1f-4a57-9d7b-0f6f1f0b3f11',
    'secret: arn:aws:secretsmanager:us-east-1:222222222222:secret:prod/db-password-AbCdEf:password:AWSCURRENT:',
    'valueFrom of DB_PASSWORD is /prod/db/password',
    'password authentication failed for user "app"',
    'SyntaxError: invalid token: unexpected end of input',
    'invalid token: expired',
    'nextToken=eyJ2IjoiMiIsImMiOiJhYmMifQ clientToken: 7d9f',
    'max_tokens=100, tokens: 55',
    'PWD=/srv/app OLDPWD=/',
    'API_TOKEN=$API_TOKEN SECRET={{ secret }} password=<password> token=null',
    'bearer authentication is not configured; basic understanding',
    'GET http://example.com:8080/a@b?x=c@d',
    'User: arn:aws:sts::222222222222:assumed-role/app/x is not authorized to perform: secretsmanager:GetSecretValue',
    '-----BEGIN CERTIFICATE-----\nMIIDdzCCAl+gAwIBAgIEAgAAuTANBgkq\n-----END CERTIFICATE-----',
    'OutOfMemoryError: container killed due to memory usage',
  ])('%s', async (text) => {
    expect(await redact(text)).toBe(text);
  });
});

describe('several lines', () => {
  it('hides a key in all its lines and keeps the number of lines', async () => {
    const lines = ['before', begin, 'MIIEvQIBADANBgkqhkiG9w0BAQ', 'two\nlines', end, '', 'after'];
    const mask = '[redacted: private key]';
    expect(await redactAll(lines)).toEqual(['before', mask, mask, `${mask}\n${mask}`, mask, '', 'after']);
  });

  it.each([
    ['lines', ['MIIEvQIBADANBgkqhkiG9w0BAQ', 'hkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQ', 'ab=='].join('\n'), '\n'],
    ['one line of JSON', String.raw`{"key":"\nMIIEvQIBADANBgkqhkiG9w0BAQ\nab==`.slice(8), String.raw`\n`],
  ])(
    'hides a key whose beginning is cut off, of %s, and not what is before it',
    async (_what, body, line) => {
      expect(await redact(`ready${line === '\n' ? '\n' : ': '}${body}${line}${end}${line}next`)).toMatch(
        /^ready[\s\S]{0,3}(?:\[redacted: private key\](?:\n|\\n))+next$/,
      );
    },
  );

  it('hides a key whose end is cut off, and not what follows it', async () => {
    expect(await redact(`${begin}\nMIIEvQIBADANBgkqhkiG9w0BAQ\nError: bad key`)).toBe(
      '[redacted: private key]\n[redacted: private key]\nError: bad key',
    );
  });

  it.each([
    ['of PEM', encoded(64, 5)],
    ['of OpenSSH', encoded(70, 2)],
    ['that are indented', encoded(64, 3).map((row) => `    ${row}`)],
    ['with the rest of it behind', [...encoded(64, 3), 'q7Zk2w==']],
    ['with the rest of it before, the newest first', ['Tn4vXq81LmZr0aYcT9bE', ...encoded(64, 3)]],
    ['in a string of JSON', [encoded(64, 4).join(String.raw`\n`)]],
  ])('hides lines %s from within a key whose beginning and end are elsewhere', async (_what, body) => {
    const mask = '[redacted: private key]';
    expect(await redactAll(['ready', ...body, 'listening on 8080'])).toEqual([
      'ready',
      ...body.map(() => mask),
      'listening on 8080',
    ]);
  });

  it.each([
    [
      'a certificate',
      ['-----BEGIN CERTIFICATE-----', ...encoded(64, 4), 'q7Zk2w==', '-----END CERTIFICATE-----'],
    ],
    [
      'a certificate whose beginning is cut off',
      [...encoded(64, 4), 'q7Zk2w==', '-----END CERTIFICATE-----'],
    ],
    ['a certificate whose end is cut off', ['-----BEGIN CERTIFICATE-----', ...encoded(64, 4)]],
    [
      'a public key with headers',
      ['-----BEGIN PGP PUBLIC KEY BLOCK-----', 'Version: GnuPG v2', '', ...encoded(64, 3), '=aB3d'],
    ],
    ['one line alone', ['digest', ...encoded(64, 1), 'done']],
    ['lines of two widths', [...encoded(64, 1), ...encoded(70, 1)]],
    ['digests', [1, 2, 3].map((n) => createHash('sha256').update(`${n}`).digest('hex'))],
    [
      'digests in capitals',
      [1, 2].map((n) => createHash('sha256').update(`${n}`).digest('hex').toUpperCase()),
    ],
    [
      'paths',
      ['a', 'b'].map((name) => `/srv/app/Release42/node/modules/express/router/${name}/layer/handle`),
    ],
    ['a rule of letters', ['A'.repeat(64), 'A'.repeat(64)]],
    [
      'long words',
      [1, 2].map((n) =>
        'AbstractSingletonProxyFactoryBeanPostProcessorRegistrarSupport12'.replace('1', `${n}`),
      ),
    ],
  ])('leaves %s', async (_what, lines) => {
    expect(await redactAll(lines)).toEqual(lines);
  });

  it('hides a key that lies across the end of a chunk', async () => {
    const body = 'MIIEvQIBADANBgkqhkiG9w0BAQ\n'.repeat(20);
    const filling = `${'plain line of log\n'.repeat(58_240)}`;
    const redacted = await redact(`${filling}${begin}\n${body}${end}\nafter\n`);
    expect(redacted).not.toContain('MIIE');
    expect(redacted.endsWith('\nafter\n')).toBe(true);
  });

  it('answers no lines with no lines', async () => {
    expect(await redactAll([])).toEqual([]);
  });
});

describe('values', () => {
  it('hides by the name of a key or a pair, and leaves dates, numbers and references alone', async () => {
    const at = new Date(0);
    const value = {
      at,
      n: 1,
      none: undefined,
      environment: [
        { name: 'DB_PASSWORD', value: 'x' },
        { name: 'CACHE', value: 'redis://:pa55@cache/0' },
        { name: 'MODE', value: 'fast' },
      ],
      secrets: [{ name: 'API_TOKEN', valueFrom: 'arn:aws:ssm:us-east-1:222222222222:parameter/token' }],
      nextToken: 'abc',
      nested: [[github]],
    };
    expect(await redactDeep(value)).toEqual({
      ...value,
      environment: [
        { name: 'DB_PASSWORD', value: '[redacted: secret]' },
        { name: 'CACHE', value: 'redis://:[redacted: password]@cache/0' },
        { name: 'MODE', value: 'fast' },
      ],
      nested: [['[redacted: github token]']],
    });
  });

  it('changes nothing the second time', async () => {
    const first = await redactDeep({ token: 'abc', list: [`token=${github}`] });
    expect(await redactDeep(first)).toEqual(first);
  });
});

describe('any text', () => {
  const piece = fc.oneof(
    fc.string({ maxLength: 12 }),
    fc.constantFrom(
      'password',
      'token',
      '=',
      ': ',
      '"',
      "'",
      '\\"',
      '\n',
      ' ',
      '://a:',
      '@',
      'Bearer ',
      'Cookie: a=',
    ),
    fc.constantFrom(
      github,
      jwt,
      awsKey,
      stsToken,
      begin,
      end,
      '[redacted: ',
      '[redacted: token]',
      ']',
      '\uFDD0',
    ),
  );
  const text = fc.array(piece, { maxLength: 24 }).map((pieces) => pieces.join(''));

  it('never throws, keeps lines, and is the same after a second run', async () => {
    await fc.assert(
      fc.asyncProperty(text, async (before) => {
        const after = await redact(before);
        expect(await redact(after)).toBe(after);
        expect(after.split('\n').length).toBe(before.split('\n').length);
      }),
      { numRuns: 300 },
    );
  });

  it('leaves no known token standing, whatever is around it', async () => {
    const around = fc.string({ maxLength: 30 }).map((words) => words.replace(/[\w-]/g, ' '));
    await fc.assert(
      fc.asyncProperty(around, around, async (before, after) => {
        expect(await redact(`${before} ${github} ${after}`)).not.toContain(github);
      }),
      { numRuns: 200 },
    );
  });
});
