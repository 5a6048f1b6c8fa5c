/** A task size that Fargate offers: CPU units and MiB. */
export interface FargateSize {
  cpu: number;
  memory: number;
}

/**
 * CPU units with the memory that may go with them, MiB: from, to, step. The smallest takes only three sizes.
 * Source: Amazon ECS Developer Guide, "Troubleshoot Amazon ECS task definition invalid CPU or memory errors".
 */
const offered: readonly { cpu: number; memory: readonly number[] }[] = [
  { cpu: 256, memory: [512, 1024, 2048] },
  { cpu: 512, memory: steps(1024, 4096, 1024) },
  { cpu: 1024, memory: steps(2048, 8192, 1024) },
  { cpu: 2048, memory: steps(4096, 16_384, 1024) },
  { cpu: 4096, memory: steps(8192, 30_720, 1024) },
  { cpu: 8192, memory: steps(16_384, 61_440, 4096) },
  { cpu: 16_384, memory: steps(32_768, 122_880, 8192) },
];

function steps(from: number, to: number, step: number): number[] {
  return Array.from({ length: (to - from) / step + 1 }, (_, index) => from + index * step);
}

export const fargateSizes: readonly FargateSize[] = offered.flatMap(({ cpu, memory }) =>
  memory.map((mib) => ({ cpu, memory: mib })),
);

/** Whether Fargate offers this pair. */
export function isFargateSize({ cpu, memory }: FargateSize): boolean {
  return fargateSizes.some((size) => size.cpu === cpu && size.memory === memory);
}

/**
 * The smallest size with at least this much of both, the CPU kept as small as the memory allows; undefined where
 * Fargate has none.
 */
export function smallestSize(least: FargateSize): FargateSize | undefined {
  return fargateSizes.find(({ cpu, memory }) => cpu >= least.cpu && memory >= least.memory);
}
