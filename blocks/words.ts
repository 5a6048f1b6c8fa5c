import type { NotChecked, Status, Target } from '#diagnostics/report.ts';

/** How things are called in an answer. */

const statusWords: Record<Status, string> = {
  confirmed: 'confirmed',
  likely: 'likely',
  open: 'not decided',
  'ruled-out': 'ruled out',
  'not-checked': 'not checked',
};

export function statusWord(status: Status): string {
  return statusWords[status];
}

const reasonWords: Readonly<Record<string, string>> = {
  AccessDenied: 'refused',
  Credentials: 'the role could not be assumed',
  Throttled: 'AWS throttled the calls',
  Timeout: 'no answer in time',
  Unreachable: 'AWS could not be reached',
  NotSaved: 'not in the saved run',
};

/** Why something was not looked at. */
export function reasonOf({ missing, reason, detail }: NotChecked): string {
  if (missing !== undefined) return `${missing} was refused`;
  return reasonWords[reason] ?? detail ?? reason;
}

const commandLabels: Readonly<Record<string, string>> = {
  status: 'Status',
  'why-stopped': 'Why tasks stopped',
  'why-pending': 'Why tasks are pending',
  deployment: 'Deployment',
  events: 'Service events',
  image: 'Image',
  iam: 'Roles and secrets',
  network: 'Network paths',
  connect: 'Service to service',
  health: 'Health checks',
  exec: 'ECS Exec',
  perf: 'CPU, memory, scaling',
  startup: 'Slow startup',
  logs: 'Logs',
  insights: 'Logs Insights',
  changes: 'What changed',
  timeline: 'Timeline',
  triage: 'All services',
  doctor: 'Permissions',
};

/** A subcommand as a menu says it. */
export function commandLabel(command: string): string {
  return commandLabels[command] ?? command;
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** `0.4 s`; never 0.0, since something was done. */
export function duration(milliseconds: number): string {
  return `${Math.max(0.1, milliseconds / 1_000).toFixed(1)} s`;
}

/** The beginning of a task id, enough to tell tasks apart. */
export function shortTask(task: string): string {
  return task.length > 8 ? `${task.slice(0, 8)}…` : task;
}

/** `api in prod`: what the answer is about. Empty where nothing was aimed at. */
export function subject(target: Target): string {
  const thing =
    target.service ??
    target.family ??
    (target.task === undefined ? undefined : `task ${shortTask(target.task)}`) ??
    target.cluster;
  if (thing === undefined) return target.environment;
  return target.environment === '' ? thing : `${thing} in ${target.environment}`;
}

/** `image-not-found` reads as `image not found`, for ids that the catalogue does not know. */
export function spelledOut(cause: string): string {
  return cause.replaceAll('-', ' ');
}
