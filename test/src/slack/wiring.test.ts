import { pino } from 'pino';
import { expect, test } from 'vitest';
import type { RequestOptions } from '#commands/command.ts';
import { slackDeps } from '#src/slack/wiring.ts';

const id = '0123456789abcdef0123456789abcdef';
const arn = `arn:aws:ecs:eu-west-1:222222222222:task/blue/${id}`;

interface Case {
  service?: string;
  options?: RequestOptions;
  expected: { region?: string; cluster?: string; task?: string };
}

test.each<[string, Case]>([
  [
    'by options',
    {
      service: 'api',
      options: { region: 'eu-west-1', cluster: 'blue', task: id },
      expected: { region: 'eu-west-1', cluster: 'blue', task: id },
    },
  ],
  ['in an ARN', { service: arn, expected: { region: 'eu-west-1', cluster: 'blue', task: id } }],
  [
    'in the ARN of --task',
    { options: { task: arn }, expected: { region: 'eu-west-1', cluster: 'blue', task: id } },
  ],
  ['by a task id alone', { service: id, expected: { task: id } }],
  ['not at all', { service: 'api', expected: {} }],
])('The audit says where a request looks, named %s', (_how, { service, options = {}, expected }) => {
  const lines: Record<string, unknown>[] = [];
  const log = pino({}, { write: (line: string) => void lines.push(JSON.parse(line)) });
  const { audit } = slackDeps([], log, { ask: () => Promise.reject(), listServices: async () => [] });
  const request = { command: 'status', environment: 'prod', options, ...(service && { service }) };
  audit({ entry: 'command', person: { id: 'U1', team: 'T1' }, request, outcome: 'answered' });
  const [{ region, cluster, task } = {}] = lines;
  expect({ region, cluster, task }).toEqual({
    region: undefined,
    cluster: undefined,
    task: undefined,
    ...expected,
  });
});
