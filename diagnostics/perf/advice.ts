import type { TaskDefinition } from '@aws-sdk/client-ecs';
import type { FixNames } from '../causes/cause.ts';
import { revise } from '../causes/fixes.ts';
import { type FargateSize, isFargateSize, smallestSize } from '../placement/fargate-sizes.ts';
import type { Fix } from '../report.ts';
import { cpuOf, type MemoryLimit, vcpu } from './limits.ts';

interface Sized {
  definition: TaskDefinition | undefined;
  fargate: boolean;
  names: FixNames;
}

/** Share of its memory that a task should leave free at its usual peak. */
const headroom = 1.25;

/**
 * What the memory has to become so that `peak` percent of it leaves a fifth free: on Fargate the next size that is
 * offered, elsewhere that many MiB. Undefined where the sizes are not known.
 */
export function moreMemory({ definition, fargate, names }: Sized, limit: MemoryLimit, peak: number) {
  if (!definition || limit.whole === undefined) return undefined;
  const used = (limit.whole * peak) / 100;
  const needed = Math.ceil((used * headroom) / 64) * 64;
  const hard = limit.kind === 'container' && limit.container !== undefined ? limit.container : undefined;
  const size = sizeOf(definition);
  if (!fargate || !size) {
    const where = hard ?? 'its containers';
    return fixOf(
      `Give ${where} ${needed} MiB, or let it use less: the peak was about ${Math.round(used)} MiB.`,
      hard === undefined ? undefined : { container: hard, memory: needed, names },
    );
  }
  const next = smallestSize({ cpu: size.cpu, memory: Math.max(needed, size.memory) });
  if (!next) return undefined;
  const grown = next.memory > size.memory;
  const pair = grown
    ? `the next size of Fargate is ${sizeWords(next)} (now ${sizeWords(size)})`
    : `the task's ${size.memory} MiB have room for it`;
  return fixOf(
    hard === undefined
      ? `The peak was about ${Math.round(used)} MiB; ${pair}. If it is a leak, more memory only delays the end.`
      : `Raise the hard limit of ${hard} to ${needed} MiB (the peak was about ${Math.round(used)}); ${pair}. If it is a leak, more memory only delays the end.`,
    { ...(hard !== undefined && { container: hard, memory: needed }), ...(grown && { size: next }), names },
  );
}

/** The next size of Fargate with more CPU and no less memory, or twice the CPU elsewhere. */
export function moreCpu({ definition, fargate, names }: Sized, why: string): Fix | undefined {
  const now = cpuOf(definition);
  if (!definition || now === undefined) return undefined;
  const size = sizeOf(definition);
  const next =
    fargate && size ? smallestSize({ cpu: now + 1, memory: size.memory }) : { cpu: now * 2, memory: 0 };
  if (!next) return undefined;
  const pair =
    fargate && size
      ? `the next size of Fargate is ${sizeWords(next)} (now ${sizeWords(size)})`
      : `now ${now} units`;
  return fixOf(`${why}: ${pair}.`, { size: fargate ? next : { cpu: next.cpu }, names });
}

/** `0.5 vCPU with 1024 MiB`. */
function sizeWords({ cpu, memory }: FargateSize): string {
  return `${vcpu(cpu)} with ${memory} MiB`;
}

interface Change {
  container?: string;
  memory?: number;
  size?: Partial<FargateSize>;
  names: FixNames;
}

function fixOf(summary: string, change: Change | undefined): Fix {
  if (!change) return { summary };
  const { container, memory, size, names } = change;
  const assignments = [
    ...(size?.cpu === undefined ? [] : [`.cpu = "${size.cpu}"`]),
    ...(size?.memory === undefined ? [] : [`.memory = "${size.memory}"`]),
    ...(container === undefined || memory === undefined || !/^[\w-]+$/.test(container)
      ? []
      : [`(.containerDefinitions[] | select(.name == "${container}")).memory = ${memory}`]),
  ];
  if (assignments.length === 0) return { summary };
  const family = names.family ?? 'FAMILY';
  const lines = [
    ...(size?.cpu === undefined ? [] : [`  cpu    = "${size.cpu}"`]),
    ...(size?.memory === undefined ? [] : [`  memory = "${size.memory}"`]),
    ...(memory === undefined ? [] : [`  # container_definitions, ${container}: memory = ${memory}`]),
  ];
  return {
    summary,
    terraform: `resource "aws_ecs_task_definition" "${family}" {\n${lines.join('\n')}\n}`,
    cli: revise(names, assignments.join(' | ')),
  };
}

function sizeOf({ cpu, memory }: TaskDefinition): FargateSize | undefined {
  const size = { cpu: Number(cpu), memory: Number(memory) };
  return isFargateSize(size) ? size : undefined;
}
