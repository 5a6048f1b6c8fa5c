import type { Command } from './command.ts';

export const explain: Command = {
  name: 'explain',
  summary: 'What an error text of ECS means and what to change; AWS is not asked',
  usage: 'TEXT',
  options: [],
  examples: ['explain CannotPullContainerError: pull image manifest has been retried 5 time(s): …'],
  async run({ text = '' }, { now }) {
    const { explainReport } = await import('#diagnostics/explain-report.ts');
    return { kind: 'report', report: await explainReport({ text }, now) };
  },
};
