import { describe, expect, it } from 'vitest';
import { fargateSizes, isFargateSize, smallestSize } from '#diagnostics/placement/fargate-sizes.ts';
import { fc } from '#test/property.ts';

describe('the next size of Fargate', () => {
  it.each([
    ['as much as there is', { cpu: 256, memory: 512 }, { cpu: 256, memory: 512 }],
    ['a little more memory', { cpu: 256, memory: 513 }, { cpu: 256, memory: 1024 }],
    ['no three gigabytes with a quarter of a CPU', { cpu: 256, memory: 2049 }, { cpu: 512, memory: 3072 }],
    ['a little more CPU', { cpu: 257, memory: 512 }, { cpu: 512, memory: 1024 }],
    ['in steps of four gigabytes', { cpu: 8192, memory: 17_000 }, { cpu: 8192, memory: 20_480 }],
    ['in steps of eight gigabytes', { cpu: 16_384, memory: 61_441 }, { cpu: 16_384, memory: 65_536 }],
    ['beyond the largest', { cpu: 256, memory: 122_881 }, undefined],
  ])('%s', (_, least, size) => {
    expect(smallestSize(least)).toEqual(size);
  });

  it('has enough of both, and no smaller one has', () => {
    const least = fc.record({
      cpu: fc.integer({ min: 1, max: 16_384 }),
      memory: fc.integer({ min: 1, max: 122_880 }),
    });
    fc.assert(
      fc.property(least, (wanted) => {
        const size = smallestSize(wanted);
        expect(size && isFargateSize(size)).toBe(true);
        expect(size && size.cpu >= wanted.cpu && size.memory >= wanted.memory).toBe(true);
        const fitting = fargateSizes.filter(
          ({ cpu, memory }) => cpu >= wanted.cpu && memory >= wanted.memory,
        );
        expect(fitting.some(({ cpu }) => cpu < (size?.cpu ?? 0))).toBe(false);
      }),
    );
  });
});

it('no size is offered twice', () => {
  expect(new Set(fargateSizes.map(({ cpu, memory }) => `${cpu} ${memory}`)).size).toBe(fargateSizes.length);
});
