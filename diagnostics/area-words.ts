import { accessLines } from './access-words.ts';
import { connectLines } from './connect-words.ts';
import { execLines } from './exec-words.ts';
import { healthLines } from './health-words.ts';
import { imageLines } from './image-words.ts';
import { networkLines } from './network-words.ts';
import { perfLines, taskMemoryLines } from './perf-words.ts';
import type { Details, Report, Verdict } from './report.ts';
import { startupLines } from './startup-words.ts';

export interface LabelledLine {
  label: string;
  text: string;
}

/** What each command shows of its own area. Other commands look there on the way, and show the finding alone. */
const areas: Record<string, (details: Details, verdict: Verdict) => LabelledLine[]> = {
  connect: ({ connect }, verdict) => (connect ? connectLines(connect, verdict) : []),
  exec: ({ exec }) => (exec ? execLines(exec) : []),
  image: ({ images }) => (images ? imageLines(images) : []),
  iam: ({ access }) => (access ? accessLines(access) : []),
  // Where everything is reached, the headline says from where, and through what.
  network: ({ network }, { state }) => (network && state !== 'healthy' ? networkLines(network) : []),
  startup: ({ startup }) => (startup ? startupLines(startup) : []),
  perf: ({ perf, taskMemory }) => [
    ...(taskMemory ? taskMemoryLines(taskMemory) : []),
    ...(perf ? perfLines(taskMemory ? { ...perf, killed: undefined } : perf) : []),
  ],
  health: ({ health }, verdict) => (health ? healthLines(health, verdict) : []),
};

/** The lines of the area that the command is about; none where the headline says it already. */
export function areaLines({ command, verdict, details }: Report): LabelledLine[] {
  const lines = areas[command]?.(details, verdict) ?? [];
  // The headline of a healthy answer is the line of its targets.
  return verdict.state === 'healthy' ? lines.filter(({ label }) => label !== 'Targets') : lines;
}

/** A command to copy, where the answer is that it can be run. */
export function areaCommand({ command, details }: Report): string | undefined {
  const { exec } = details;
  if (command !== 'exec' || !exec || exec.steps.some(({ state }) => state === 'blocked')) return undefined;
  return exec.command;
}
