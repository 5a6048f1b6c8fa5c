import { type Command, UsageError } from './command.ts';

export const doctor: Command = {
  name: 'doctor',
  summary: 'Whether the bot itself may do its work: roles, rights and clock of every environment',
  usage: '[ENVIRONMENT]',
  options: ['private'],
  examples: ['doctor', 'doctor prod'],
  async run({ environment }, context) {
    const chosen = context.environments.filter(
      ({ name }) => environment === undefined || name === environment,
    );
    if (chosen.length === 0) {
      throw new UsageError(`There is no environment “${environment ?? ''}” that you may look at here.`, [
        'doctor',
      ]);
    }
    // What knows every check is loaded by the first question, as the engine is.
    const { doctorRows } = await import('./doctor-rows.ts');
    const rows = await doctorRows(chosen, context);
    return { kind: 'doctor', asOf: context.now.toISOString(), rows };
  },
};
