import { fc } from '#test/property.ts';

/** Texts that try to mention, link, format, hide or overflow. */
const tricks = [
  '<!channel>',
  '<!here|x>',
  '<@U0123456>',
  '<#C0123456>',
  '<!subteam^S0123456>',
  '<http://evil.test|AWS console>',
  '<!date^1^{date}^http://evil.test|x>',
  'https://evil.test/x',
  '&lt;!everyone&gt;',
  '&',
  '*bold*',
  '_it_',
  '~no~',
  '`code`',
  '```',
  ':boom:',
  '> quote',
  '\u001b[31mred\u001b[0m',
  '\u001b]8;;http://evil.test\u0007x\u001b]8;;\u0007',
  '\u202e',
  '\u200b',
  '\u2028',
  '\ud83d',
  '\udd34',
  '🔴',
  '👩‍🚒',
  '\u0000',
  '\r\n',
  '\t',
  '|',
  '2026-01-01T14:02:00Z',
  '9999-99-99T99:99:99Z',
];

/** Rare, since every one of them makes a report of some ten thousand characters. */
const long = ['|<>'.repeat(300), '&'.repeat(700), '🔥'.repeat(700), 'x'.repeat(3_100), '\n'.repeat(300)];

export const hostile = fc
  .array(
    fc.oneof(
      { weight: 20, arbitrary: fc.constantFrom(...tricks) },
      { weight: 10, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
      { weight: 1, arbitrary: fc.constantFrom(...long) },
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.join(''));
