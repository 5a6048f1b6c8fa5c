import { z } from 'zod';

/** One precondition of ECS Exec, in the order in which a session needs them. */
export const execStepSchema = z.object({
  about: z.string().describe('What is looked at, in a few words'),
  state: z.enum(['ok', 'blocked', 'open', 'advice']).describe('open: could not be decided from outside'),
  text: z.string(),
});
export type ExecStep = z.infer<typeof execStepSchema>;

/** Whether a session can be opened in a task, and the command that opens it. */
export const execSchema = z.object({
  task: z.string().describe('Id of the task that was looked at'),
  container: z.string(),
  tasks: z.number().int().describe('Running tasks of the target'),
  steps: z.array(execStepSchema),
  command: z.string().describe('The command that opens the session; it is printed, never run'),
  caller: z.string().describe('What the person needs who types it, which cannot be seen from here'),
  unseen: z.array(z.string()).describe('What may still be in the way, and cannot be seen from outside'),
});
export type ExecState = z.infer<typeof execSchema>;
