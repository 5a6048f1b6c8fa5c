import type { Command } from './command.ts';

export const help: Command = {
  name: 'help',
  summary: 'What can be asked, and how',
  usage: '[COMMAND]',
  options: [],
  examples: ['help', 'help why-stopped'],
  run: async ({ text }) => ({ kind: 'help', topic: text }),
};
