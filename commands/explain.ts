import { explainReport } from '#diagnostics/explain-report.ts';
import type { Command } from './command.ts';

export const explain: Command = {
  name: 'explain',
  summary: 'What an error text of ECS means and what to change; AWS is not asked',
  usage: 'TEXT',
  options: [],
  examples: ['explain CannotPullContainerError: pull image manifest has been retried 5 time(s): …'],
  run: async ({ text = '' }, { now }) => ({ kind: 'report', report: await explainReport({ text }, now) }),
};
