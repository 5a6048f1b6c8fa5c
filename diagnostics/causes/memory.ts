import type { Cause } from './cause.ts';
import { cause } from './define.ts';
import { container, inContainer, none, revise } from './fixes.ts';
import { moreForContainer, moreForTask } from './more-memory.ts';

/** Group 8: memory and the signals that end a process. */
export const memoryCauses: readonly Cause[] = [
  cause('oom-container', 'out of memory', {
    stage: 6,
    owner: 'task-definition',
    meaning: 'The container grew past its memory limit and the kernel killed it.',
    confirm:
      "The container's reason is OutOfMemoryError; exit code 137 and a MemoryUtilized near the limit fit, but a one-minute metric can miss the peak.",
    next: ['crash-log', 'revision-change'],
    fix: (n) => ({
      summary: `Give ${container(n)} more memory than ${n.memory ? `${n.memory} MiB` : 'it has'}, or let it use less; keep the heap limit of a runtime near three quarters of the container's memory.`,
      ...moreForContainer(n),
    }),
  }),
  cause('oom-task', 'the task ran out of memory', {
    stage: 6,
    owner: 'task-definition',
    meaning:
      'The memory of the task as a whole was used up and the kernel chose a victim, which need not be the container that took it.',
    confirm:
      'No container has a limit of its own, the victim is small, and TaskMemoryUtilized stood near 100 %; ContainerMemoryUtilized names the one that grew.',
    next: ['revision-change', 'crash-log'],
    fix: (n) => ({
      summary: `Give every container a memory limit so that the one that grows is the one that dies, and raise the task's memory${n.taskMemory ? ` above ${n.taskMemory} MiB` : ''}.`,
      ...moreForTask(n),
    }),
  }),
  cause('oom-child-process', 'a child process ran out of memory', {
    stage: 6,
    severity: 'warn',
    owner: 'application',
    meaning:
      'The kernel killed a process inside the container, not its main process; the container ended later or in another way.',
    confirm: "The container's reason is OutOfMemoryError while its exit code is not 137.",
    next: ['crash-log', 'revision-change'],
    fix: (n) => ({
      summary: `Run fewer or smaller worker processes in ${container(n)}, or raise its memory${n.memory ? ` above ${n.memory} MiB` : ''}; do not take its exit code${n.exitCode ? ` ${n.exitCode}` : ''} for the whole story.`,
      ...moreForContainer(n),
    }),
  }),
  cause('oom-heap', 'the runtime ran out of heap', {
    stage: 6,
    owner: 'application',
    meaning:
      'The language runtime met its own heap limit, or was allowed more heap than the container has, and gave up.',
    confirm:
      'The log names the heap; the container carries no OutOfMemoryError reason unless the heap limit exceeds its memory.',
    next: ['crash-log', 'revision-change'],
    fix: (n) => ({
      summary: `Set the heap of ${container(n)} to about three quarters of its memory${n.memory ? ` of ${n.memory} MiB` : ''} (NODE_OPTIONS=--max-old-space-size, -XX:MaxRAMPercentage=75), and raise the memory if that is not enough.`,
      terraform: `environment = [{ name = "NODE_OPTIONS", value = "--max-old-space-size=${heapFor(n.memory)}" }]`,
      cli: revise(
        n,
        `${inContainer(n)}.environment += [{"name": "NODE_OPTIONS", "value": "--max-old-space-size=${heapFor(n.memory)}"}]`,
      ),
    }),
  }),
  cause('sigkill-stop-timeout', 'ignored SIGTERM until it was killed', {
    stage: 6,
    severity: 'warn',
    owner: 'application',
    meaning:
      'The container was asked to stop, did not end in the time that SIGTERM is given, and was killed; work in flight was lost.',
    confirm:
      'Exit code 137 in a requested stop that lasted from stoppingAt to stoppedAt at least stopTimeout, without an out-of-memory reason.',
    next: ['revision-change', 'crash-log'],
    fix: (n) => ({
      summary: `Let process 1 of ${container(n)} handle SIGTERM (exec form of the command, or initProcessEnabled), or raise stopTimeout above ${n.stopTimeout ?? '30'} s (Fargate allows 120).`,
      terraform: `linuxParameters = { initProcessEnabled = true }\nstopTimeout     = 120`,
      cli: revise(
        n,
        `${inContainer(n)} |= (.linuxParameters.initProcessEnabled = true | .stopTimeout = 120)`,
      ),
    }),
  }),
  cause('sigkill-unexplained', 'killed, and nothing says by whom', {
    stage: 6,
    severity: 'warn',
    owner: 'application',
    meaning: 'The process got SIGKILL while nobody had asked for a stop, and no out-of-memory flag was set.',
    confirm:
      'Memory metrics of the last minutes; on EC2 the kernel log of the instance; the log for a supervisor that kills.',
    next: ['crash-log', 'revision-change'],
    fix: (n) => ({
      summary: `Look at the memory of ${container(n)} in the minutes before the stop: if it stood at its limit, raise it; if not, find what sends SIGKILL inside the container or on the host.`,
    }),
  }),
  cause('graceful-stop', 'ended when asked to', {
    stage: 0,
    severity: 'info',
    owner: 'nothing',
    meaning: 'The container obeyed SIGTERM in a stop that somebody or the scheduler had asked for.',
    confirm: 'Exit code 143 or 0 beside a stopCode of a requested stop.',
    next: ['stopped-tasks'],
    fix: none("Nothing has to be changed; the task's reason says who asked for the stop."),
  }),
  cause('sigterm-unrequested', 'got SIGTERM that ECS did not send', {
    stage: 6,
    severity: 'warn',
    owner: 'application',
    meaning: 'The container ended on SIGTERM although ECS had not been asked to stop the task.',
    confirm: 'stopCode EssentialContainerExited, and this container ended first.',
    next: ['crash-log', 'revision-change'],
    fix: (n) => ({
      summary: `Find what sends SIGTERM to ${container(n)}: a supervisor, a deploy script or a shutdown hook inside the container, or something on the host.`,
    }),
  }),
];

function heapFor(memory: string | undefined): string {
  const now = Number(memory);
  return Number.isFinite(now) && now > 0 ? String(Math.floor(now * 0.75)) : 'HEAP_MIB';
}
