import { describe, expect, it } from 'vitest';
import { hoursUntil, isClimb, teethOf } from '#diagnostics/perf/memory-trend.ts';
import { fc } from '#test/property.ts';
import { minutely } from './points.ts';

const climbsIn = (minutes: number, value: (ago: number) => number) =>
  teethOf(minutely(minutes, value)).filter(isClimb).length;

describe('a climb', () => {
  it.each([
    ['a line from 20 to 95 % over three hours', (ago: number) => 95 - ago * 0.41, 1],
    ['three lines that each fall back', (ago: number) => 25 + ((180 - ago) % 60) * 1.2, 3],
    ['a steady 88 %', () => 88, 0],
    ['waves of a garbage collector', (ago: number) => 60 + 12 * Math.sin(ago / 4), 0],
    [
      'a cache that fills in the first half hour and stays',
      (ago: number) => Math.min(80, 20 + (180 - ago) * 2),
      0,
    ],
    ['a step', (ago: number) => (ago > 90 ? 30 : 70), 0],
    ['a fall', (ago: number) => 20 + ago * 0.4, 0],
    ['a rise of a few percent', (ago: number) => 50 - ago * 0.05, 0],
  ])('%s: %#', (_, value, climbs) => {
    expect(climbsIn(180, value)).toBe(climbs);
  });

  it('of a few minutes is a start', () => {
    expect(climbsIn(8, (ago) => 80 - ago * 6)).toBe(0);
  });

  it('goes on at its own pace', () => {
    const [tooth] = teethOf(minutely(60, (ago) => 80 - ago * 0.5));
    expect(tooth && hoursUntil(tooth, 100)).toBeCloseTo(0.7, 1);
  });
});

it('a gap in the data ends a tooth without a fall', () => {
  const points = minutely(60, () => 50).filter((_, index) => index < 20 || index > 40);
  expect(teethOf(points).map(({ fell }) => fell)).toEqual([false, false]);
});

it('every point belongs to exactly one tooth', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 120 }), { maxLength: 60 }), (values) => {
      const points = minutely(values.length, (ago) => values[values.length - ago + 1] ?? 0);
      expect(teethOf(points).flatMap((tooth) => tooth.points)).toEqual(points);
    }),
  );
});
