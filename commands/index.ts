import type { Answer, Command, CommandContext, Request } from './command.ts';
import { diagnosing } from './diagnosing.ts';
import { doctor } from './doctor.ts';
import { explain } from './explain.ts';
import { help } from './help.ts';

/** Every subcommand, in the order of the help. */
export const commands: ReadonlyMap<string, Command> = new Map(
  [...diagnosing, explain, doctor, help].map((command) => [command.name, command]),
);

/** Carries a request out. @throws UsageError where it cannot be carried out as it stands */
export async function runRequest(request: Request, context: CommandContext): Promise<Answer> {
  const command = commands.get(request.command);
  // parseRequest lets no other name through; a button may carry one that a newer version wrote.
  if (!command) return { kind: 'help' };
  return command.run(request, context);
}
