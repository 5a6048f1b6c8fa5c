import type { LogEvent } from '#sandbox/aws/world.ts';
import { after, before, hours } from '../build/times.ts';
import { withLogs } from '../build/with-logs.ts';
import type { Incident } from '../incident.ts';

const birds = 'heron wren robin finch osprey plover martin dunlin siskin curlew bunting kestrel'.split(' ');

/** Three hundred ordinary lines, hostile ones at the end, and one every three seconds for an hour to come. */
export const parrotHostileLog: Incident = {
  name: 'parrot-hostile-log',
  title: 'parrot logs passwords, mentions, colours, half characters and lines of 64 KB',
  environment: 'prod',
  ask: 'logs parrot prod',
  expected: { state: 'healthy', cause: null, status: 'confirmed' },
  world: (now, place) =>
    withLogs(place, now, {
      service: 'parrot',
      ago: hours(7),
      says: { app: () => ({ events: [...ordinary(now), ...hostile(now)], later: toCome(now) }) },
    }),
};

function ordinary(now: Date): LogEvent[] {
  const ago = before(now);
  return Array.from({ length: 300 }, (_, index) => ({
    at: ago(60 - index / 6),
    message: `${birds[index % 12]} ${birds[Math.floor(index / 12) % 12]} told ${birds[Math.floor(index / 144)]}: call ${index + 1}`,
  }));
}

function hostile(now: Date): LogEvent[] {
  const ago = before(now);
  return [
    'connecting to postgres://parrot:Tr0ub4dor-and-3@db.internal:5432/birds',
    'AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYzPq3mN8aLd',
    'pass\u001b[1mword\u001b[0m=correct-horse-battery',
    '<!channel> <@U0ADA> <#C0INCIDENTS> <https://evil.example|console.aws.amazon.com> @here & <b>bold</b>',
    '```end of code *bold* _italics_ :fire: `code`',
    '\u001b[31mERROR\u001b[0m beak \u001b]0;owned\u0007stuck\u001b[2K',
    'half a character \ud83d and a replacement \ufffd here',
    'right to left \u202egnp.exe and invisible \u200bspace',
    'progress 10 %\rprogress 60 %\rprogress 100 %',
    `giant ${'0123456789abcdef'.repeat(4_096)}`,
    'job finished with 0 errors, error_count=0, no failures\r\n',
  ].map((message, index) => ({ at: ago(2, -index), message }));
}

function toCome(now: Date): LogEvent[] {
  return Array.from({ length: 1_200 }, (_, index) => ({
    at: after(now, 3 * (index + 1)),
    message: `${birds[index % 12]} ${birds[Math.floor(index / 12) % 12]} is heard live ${index + 1}`,
  }));
}
