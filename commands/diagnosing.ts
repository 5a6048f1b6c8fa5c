import type { Command } from './command.ts';
import { deployment } from './deployment.ts';
import { logs } from './logs.ts';
import { status } from './status.ts';
import { whyStopped } from './why-stopped.ts';

/** The commands that look at one service, in the order of the help. */
export const diagnosing: readonly Command[] = [whyStopped, status, deployment, logs];
