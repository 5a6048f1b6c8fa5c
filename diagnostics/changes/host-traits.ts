import type { ContainerInstance, Task } from '@aws-sdk/client-ecs';

/** What differs between the instances that tasks run on and those that they fail on. */
export interface HostTrait {
  name: 'AMI' | 'agent';
  was: string[];
  is: string[];
  /** Of an instance that has it and on which a task failed. */
  bad: ContainerInstance;
}

const traits = [
  [
    'AMI',
    ({ attributes }: ContainerInstance) => attributes?.find(({ name }) => name === 'ecs.ami-id')?.value,
  ],
  ['agent', ({ versionInfo }: ContainerInstance) => versionInfo?.agentVersion],
] as const;

/** Traits that the instances under failed tasks have, every one of them, and none under running tasks. */
export function hostTraits(
  known: readonly ContainerInstance[],
  { running, failed }: { running: readonly Task[]; failed: readonly Task[] },
): HostTrait[] {
  const [good, bad] = [under(known, running), under(known, failed)];
  return traits.flatMap(([name, of]): HostTrait[] => {
    const was = distinct(good.map(of));
    const is = distinct(bad.map(of));
    const [one] = bad;
    const isApart = bad.every((instance) => {
      const value = of(instance);
      return value !== undefined && !was.includes(value);
    });
    return was.length > 0 && one && isApart ? [{ name, was, is, bad: one }] : [];
  });
}

/** The instances that these tasks are or were on. */
export function under(known: readonly ContainerInstance[], tasks: readonly Task[]): ContainerInstance[] {
  return known.filter(({ containerInstanceArn }) =>
    tasks.some((task) => task.containerInstanceArn === containerInstanceArn),
  );
}

function distinct(values: readonly (string | undefined)[]): string[] {
  return [...new Set(values.flatMap((value) => value ?? []))].sort();
}
