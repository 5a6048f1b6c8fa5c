import type { ContainerDefinition, TaskDefinition } from '@aws-sdk/client-ecs';
import { isHelper } from '../rules/helpers.ts';

/** What memory is measured against, and where it ends. */
export interface MemoryLimit {
  /** MiB that 100 % stands for; undefined where the task definition does not say. */
  whole?: number;
  /** What kills first: a container's own hard limit, the size of the task, or nothing but the instance. */
  kind: 'container' | 'task' | 'instance' | 'unknown';
  container?: string;
  /** MiB of that limit. */
  mib?: number;
  /** Percent of the metric at which it is reached; undefined where nothing in the task definition ends it. */
  percent?: number;
}

/**
 * The service's MemoryUtilization is a share of what the task definition reserves: the size of the task, else what its
 * containers reserve. Source: Amazon ECS Developer Guide, "Amazon ECS service utilization metrics".
 */
export function memoryLimitOf(definition: TaskDefinition | undefined): MemoryLimit {
  if (!definition) return { kind: 'unknown' };
  const containers = definition.containerDefinitions ?? [];
  const size = numberOf(definition.memory);
  const reserved = sum(containers.map(({ memory, memoryReservation }) => memoryReservation ?? memory ?? 0));
  const whole = size ?? (reserved > 0 ? reserved : undefined);
  if (whole === undefined) return { kind: 'unknown' };
  const own = containers.filter(({ name = '' }) => !isHelper(name));
  const [main] = own;
  const hard = own.length === 1 ? main?.memory : undefined;
  // The others take their part of the whole too, so that the metric stands a little higher when the limit is met.
  if (main && hard !== undefined && (size === undefined || hard < size))
    return { whole, kind: 'container', container: main.name, mib: hard, percent: (hard / whole) * 100 };
  if (size !== undefined) return { whole, kind: 'task', mib: size, percent: 100 };
  const hardTotal = sum(containers.map(hardOf));
  if (containers.every(({ memory }) => memory !== undefined))
    return { whole, kind: 'container', mib: hardTotal, percent: (hardTotal / whole) * 100 };
  return { whole, kind: 'instance' };
}

/** `the hard limit of app, 512 MiB`, reads on after "reaches". */
export function limitWords({ kind, container, mib }: MemoryLimit): string {
  if (kind === 'container')
    return `the hard limit of ${container ?? 'its containers'}${mib === undefined ? '' : `, ${mib} MiB`}`;
  if (kind === 'task') return `the task's ${mib} MiB`;
  if (kind === 'instance') return 'a reservation without a hard limit: the instance ends it';
  return 'its limit';
}

/** CPU units that 100 % stands for. */
export function cpuOf(definition: TaskDefinition | undefined): number | undefined {
  const size = numberOf(definition?.cpu);
  if (size !== undefined) return size;
  const shares = sum((definition?.containerDefinitions ?? []).map(({ cpu }) => cpu ?? 0));
  return shares > 0 ? shares : undefined;
}

/** `0.25 vCPU`. */
export function vcpu(units: number): string {
  return `${Number((units / 1024).toFixed(2))} vCPU`;
}

function hardOf({ memory }: ContainerDefinition): number {
  return memory ?? 0;
}

function numberOf(text: string | undefined): number | undefined {
  const value = Number(text);
  return text !== undefined && Number.isFinite(value) && value > 0 ? value : undefined;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
