import { expect, it } from 'vitest';
import { type Answer, UsageError } from '#commands/command.ts';
import type { Report } from '#diagnostics/report.ts';
import { answerText, usageText } from '#src/terminal/answer.ts';

const esc = '\u001b';
/** Sets the title of the window, and takes the line before it away. */
const sequence = `${esc}]0;mine\u0007${esc}[1A${esc}[2K\u009b2K`;

const report: Report = {
  schema: 1,
  command: 'why-stopped',
  asOf: '2026-03-01T12:00:00.000Z',
  target: {
    environment: 'prod',
    account: '222222222222',
    region: 'us-east-1',
    cluster: 'prod',
    service: 'a',
  },
  verdict: {
    state: 'problem',
    cause: 'image-tag-missing',
    status: 'confirmed',
    headline: 'a in prod: no such tag',
    chain: ['tasks-stop', 'image-tag-missing'],
  },
  findings: [
    {
      cause: 'image-tag-missing',
      title: 'no such tag',
      status: 'confirmed',
      severity: 'error',
      stage: 4,
      summary: 'app:9 is not there',
      open: 'ask the registry',
      evidence: [
        { api: 'ecs:DescribeTasks', field: 'stoppedReason', value: 'app:9', at: 'then', cli: 'aws ecs' },
      ],
      fix: { summary: 'Push app:9', terraform: 'image = "app:9"', cli: 'docker push app:9' },
      next: ['image'],
    },
    {
      cause: 'app-oom',
      title: 'memory',
      status: 'ruled-out',
      severity: 'info',
      stage: 6,
      summary: 'enough',
      evidence: [],
      next: [],
    },
  ],
  notChecked: [{ check: 'the log', missing: 'logs:GetLogEvents', reason: 'AccessDenied' }],
  aws: { calls: 3, waves: 2, ms: 120 },
  details: {
    logs: [{ container: 'app', task: '0123456789', until: 'then', lines: [{ message: 'out' }] }],
    notes: ['Read “b” as a.'],
    source: 'the captured events',
  },
};

/** Every text with the sequence in and around it. */
function hostile<Value>(value: Value): Value {
  const text = JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'string' ? `${sequence}${inner.slice(0, 1)}${sequence}${inner.slice(1)}` : inner,
  );
  return JSON.parse(text);
}

it.each<[string, Omit<Answer, 'kind'> & { kind: Answer['kind'] }, string]>([
  ['a report', { kind: 'report', report } as Answer, '$ docker push app:9'],
  [
    'a choice',
    {
      kind: 'choice',
      question: 'Which one?',
      choices: [{ label: 'a', request: { command: 'logs', options: {} } }],
    } as Answer,
    'Which one?',
  ],
  [
    'doctor',
    {
      kind: 'doctor',
      asOf: 'now',
      rows: [
        {
          environment: 'prod',
          account: '222222222222',
          region: 'us-east-1',
          role: 'none',
          assumed: { ok: true, arn: 'arn:aws:sts::222222222222:assumed-role/x' },
          missing: [],
          untested: [{ action: 'ecs:ListTasks', reason: 'it said no' }],
        },
      ],
    } as Answer,
    'it said no',
  ],
])('No text in %s reaches the terminal as a command to it', (_what, { kind, ...rest }, shown) => {
  const answer = { kind, ...hostile(rest) } as Answer;
  const text = answerText(answer);
  expect(text).toBe(answerText({ kind, ...rest } as Answer));
  expect(text).toContain(shown);
  expect(text).not.toContain('mine');
});

it('What was typed wrong is said without what a terminal would obey', () => {
  const text = usageText(new UsageError(`There is no command “${sequence}x”.`, [`logs ${sequence}api`]));
  expect(text).toBe('There is no command “x”.\n  ecs-sleuth logs api\n');
});
