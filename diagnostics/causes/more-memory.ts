import { isFargateSize, smallestSize } from '../placement/fargate-sizes.ts';
import type { Fix } from '../report.ts';
import type { FixNames } from './cause.ts';
import { inContainer, revise } from './fixes.ts';

type Code = Required<Pick<Fix, 'terraform' | 'cli'>>;

/**
 * Twice the memory for one container. RegisterTaskDefinition refuses a container that may take more than its task, and
 * Fargate takes only some pairs of CPU and memory: where the task has no room, it grows to the next that will do.
 */
export function moreForContainer(n: FixNames): Code {
  const memory = twice(n.memory);
  const whole = Number(n.taskMemory);
  const grown = memory !== undefined && whole > 0 && whole < memory ? sizeOf(n, memory) : undefined;
  const shown = memory ?? 'MEMORY_MIB';
  // A limit that is the task's may be no limit of the container at all, and then none is made.
  const limited =
    grown && n.memory === n.taskMemory ? `(${inContainer(n)} | select(.memory))` : inContainer(n);
  return {
    terraform: [
      ...(grown?.terraform ?? []),
      `# container_definitions of ${n.family ?? 'FAMILY'}: ${n.container ?? 'CONTAINER'}`,
      `memory = ${shown} # MiB${whole > 0 ? '' : "; on Fargate the task's memory must allow it"}`,
    ].join('\n'),
    cli: revise(n, [...(grown?.jq ?? []), `${limited}.memory = ${shown}`].join(' | ')),
  };
}

/** Twice the memory for the task as a whole. */
export function moreForTask(n: FixNames): Code {
  const memory = twice(n.taskMemory ?? n.memory);
  const { terraform, jq } =
    memory === undefined
      ? { terraform: ['memory = "MEMORY_MIB"'], jq: ['.memory = "MEMORY_MIB"'] }
      : sizeOf(n, memory);
  return {
    terraform: `resource "aws_ecs_task_definition" "${n.family ?? 'FAMILY'}" {\n${terraform.map((line) => `  ${line}`).join('\n')}\n  # and a memory limit in each container definition\n}`,
    cli: revise(n, jq.join(' | ')),
  };
}

/** MiB. */
function twice(memory: string | undefined): number | undefined {
  const now = Number(memory);
  return Number.isFinite(now) && now > 0 ? now * 2 : undefined;
}

/** The size of a task with room for so many MiB: of a Fargate task the next that Fargate offers. */
function sizeOf(n: FixNames, memory: number): { terraform: string[]; jq: string[] } {
  const now = { cpu: Number(n.cpu), memory: Number(n.taskMemory) };
  const next = isFargateSize(now) ? smallestSize({ cpu: now.cpu, memory }) : undefined;
  const size = next ?? { cpu: now.cpu, memory };
  const cpu = size.cpu > now.cpu;
  return {
    terraform: [...(cpu ? [`cpu    = "${size.cpu}"`] : []), `memory = "${size.memory}"`],
    jq: [...(cpu ? [`.cpu = "${size.cpu}"`] : []), `.memory = "${size.memory}"`],
  };
}
