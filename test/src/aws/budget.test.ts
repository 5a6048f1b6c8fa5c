import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createBudget } from '#src/aws/budget.ts';

const place = { account: '222222222222', region: 'us-east-1' };
const never = new AbortController().signal;

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** Asks for turns and counts those that have come. */
function asked(budget: ReturnType<typeof createBudget>, action: string, turns: number, where = place) {
  const seen = { came: 0 };
  for (let turn = 0; turn < turns; turn += 1) {
    budget.take(where, action, never).then(() => {
      seen.came += 1;
    });
  }
  return seen;
}

describe('a bucket', () => {
  it('gives a quarter of the burst at once and then a quarter of the rate', async () => {
    const seen = asked(createBudget(), 'ecs:DescribeTasks', 60);
    await vi.advanceTimersByTimeAsync(0);
    expect(seen.came).toBe(25);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(seen.came).toBe(30);
    await vi.advanceTimersByTimeAsync(6_000);
    expect(seen.came).toBe(60);
  });

  it('of the event history gives half of its rate, one call at a time', async () => {
    const seen = asked(createBudget(), 'cloudtrail:LookupEvents', 4);
    await vi.advanceTimersByTimeAsync(0);
    expect(seen.came).toBe(1);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(seen.came).toBe(4);
  });

  it('of hosted zones is shared by all regions of the account', async () => {
    const budget = createBudget();
    asked(budget, 'route53:ListHostedZonesByVPC', 1);
    const elsewhere = asked(budget, 'route53:ListHostedZonesByVPC', 1, { ...place, region: 'eu-west-1' });
    await vi.advanceTimersByTimeAsync(0);
    expect(elsewhere.came).toBe(0);
    await vi.advanceTimersByTimeAsync(800);
    expect(elsewhere.came).toBe(1);
  });

  it('is shared by the operations that ECS counts together', async () => {
    const budget = createBudget();
    asked(budget, 'ecs:ListTasks', 25);
    const other = asked(budget, 'ecs:DescribeTasks', 1);
    await vi.advanceTimersByTimeAsync(199);
    expect(other.came).toBe(0);
    await vi.advanceTimersByTimeAsync(1);
    expect(other.came).toBe(1);
  });

  it.each([
    ['other operations', 'ecs:DescribeServices', place],
    ['another region', 'ecs:DescribeTasks', { ...place, region: 'eu-west-1' }],
    ['another account', 'ecs:DescribeTasks', { ...place, account: '333333333333' }],
  ])('is not shared with %s', async (_name, action, where) => {
    const budget = createBudget();
    asked(budget, 'ecs:DescribeTasks', 40);
    const other = asked(budget, action, 1, where);
    await vi.advanceTimersByTimeAsync(0);
    expect(other.came).toBe(1);
  });

  it('fills up to its size and no further while nobody asks', async () => {
    const budget = createBudget();
    asked(budget, 'ecs:DescribeTaskDefinition', 12);
    await vi.advanceTimersByTimeAsync(3_600_000);
    const seen = asked(budget, 'ecs:DescribeTaskDefinition', 20);
    await vi.advanceTimersByTimeAsync(0);
    expect(seen.came).toBe(12);
  });

  it('lets those who come after a retry wait for it', async () => {
    const budget = createBudget();
    for (let spent = 0; spent < 27; spent += 1) budget.spend(place, 'ecs:DescribeTasks');
    const seen = asked(budget, 'ecs:DescribeTasks', 1);
    await vi.advanceTimersByTimeAsync(599);
    expect(seen.came).toBe(0);
    await vi.advanceTimersByTimeAsync(1);
    expect(seen.came).toBe(1);
  });
});

it('a bucket that AWS throttles has nothing left for a burst', async () => {
  const budget = createBudget();
  budget.drain(place, 'ecs:ListTasks');
  const seen = asked(budget, 'ecs:DescribeTasks', 10);
  await vi.advanceTimersByTimeAsync(0);
  expect(seen.came).toBe(0);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(seen.came).toBe(5);
});

describe('an asker', () => {
  it('leaves the queue when the time is up, and takes no turn from those behind', async () => {
    const budget = createBudget();
    asked(budget, 'ecs:DescribeTasks', 25);
    const leaving = new AbortController();
    const left = budget.take(place, 'ecs:DescribeTasks', leaving.signal).catch((reason) => reason);
    const behind = asked(budget, 'ecs:DescribeTasks', 1);
    leaving.abort('up');
    await vi.advanceTimersByTimeAsync(200);
    expect(await left).toBe('up');
    expect(behind.came).toBe(1);
  });

  it('of an operation without a known limit waits for nothing', async () => {
    const seen = asked(createBudget(), 'elasticloadbalancing:DescribeTargetHealth', 500);
    await vi.advanceTimersByTimeAsync(0);
    expect(seen.came).toBe(500);
  });
});
