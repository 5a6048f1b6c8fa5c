import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openSandboxAws, type SandboxAws } from '#test/ask-sandbox.ts';

let sandbox: SandboxAws;
beforeAll(async () => {
  sandbox = await openSandboxAws();
  return () => sandbox.close();
});
afterEach(() => {
  sandbox.endpoint.faults.clear();
  sandbox.restart();
});

describe('the answer says loudly what whoever deployed must know', () => {
  it.each([
    ['billing staging', 'billing in staging: billing:23 was rolled back and is not live: '],
    ['parcels prod', 'parcels in prod: parcels:54 was rolled back and is not live: '],
    ['quote staging', 'quote in staging: quote:31 was given up: '],
    ['api prod', 'api in prod: api:42 does not stay up: out of memory'],
    ['stars prod', 'stars in prod: stars:9 cannot start: percentages leave no room to deploy'],
    [
      'vault prod',
      'vault in prod: vault:17 waits for a person at POST_TEST_TRAFFIC_SHIFT for 90 minutes more',
    ],
    ['frontend prod', 'frontend in prod: frontend:212 is live for '],
  ])('deployment %s', async (words, headline) => {
    const report = await sandbox.report(`deployment ${words}`);
    expect(report.verdict.headline.slice(0, headline.length)).toBe(headline);
  });
});

it('a following that is cut off asks nothing more', async () => {
  const once = await sandbox.report('deployment api prod');
  const asked = sandbox.endpoint.calls.length;
  sandbox.restart();
  const ended = new AbortController();
  const cut = await sandbox.report('deployment api prod --follow', {
    signal: ended.signal,
    onProgress: ({ details }) => details.following !== undefined && ended.abort(),
  });
  expect(cut.verdict).toEqual(once.verdict);
  expect(sandbox.endpoint.calls).toHaveLength(asked);
});

describe('a refused action costs only what depends on it', () => {
  it.each([
    ['parcels prod', 'ecs:DescribeServices', 'unknown', null],
    ['parcels prod', 'ecs:DescribeServiceDeployments', 'problem', 'deployment-alarm'],
    ['parcels prod', 'ecs:DescribeServiceRevisions', 'problem', 'deployment-alarm'],
    ['parcels prod', 'cloudwatch:DescribeAlarms', 'problem', 'deployment-alarm'],
    ['parcels prod', 'ecs:DescribeTasks', 'problem', 'deployment-alarm'],
    ['stars prod', 'ecs:ListServiceDeployments', 'problem', 'deployment-percent-deadlock'],
    ['stream prod', 'ecs:GetTaskProtection', 'problem', 'deployment-in-progress'],
    ['manual staging', 'elasticloadbalancing:DescribeTargetGroupAttributes', 'healthy', null],
  ])('deployment %s without %s', async (words, action, state, cause) => {
    sandbox.endpoint.faults.add(action, { kind: 'deny' });
    const { verdict, notChecked } = await sandbox.report(`deployment ${words}`);
    expect(verdict).toMatchObject({ state, cause });
    expect(notChecked.map(({ missing }) => missing)).toContain(action);
  });

  it('a history that may not be read is not taken for one without a rollback', async () => {
    sandbox.endpoint.faults.add('ecs:ListServiceDeployments', { kind: 'deny' });
    const { verdict } = await sandbox.report('deployment tax prod');
    expect(verdict.state).toBe('unknown');
    expect(verdict.headline).toContain('could not tell whether a newer one was rolled back');
  });

  it('a revision that may not be read is never called by the name of the one that is live', async () => {
    sandbox.endpoint.faults.add('ecs:DescribeServiceRevisions', { kind: 'deny' });
    const { verdict } = await sandbox.report('deployment tax prod');
    expect(verdict.headline).toContain('the new revision was rolled back and is not live');
  });
});

describe('following', () => {
  it('answers at once where the deployment has ended', async () => {
    const shown: unknown[] = [];
    const report = await sandbox.report('deployment parcels prod --follow', {
      onProgress: ({ details }) => shown.push(details.following),
    });
    expect(report.verdict.cause).toBe('deployment-alarm');
    expect(shown.every((following) => following === undefined)).toBe(true);
  });
});

describe('few calls', () => {
  it.each(['cart prod', 'parcels prod', 'stream prod', 'vault prod', 'tax prod', 'manual staging'])(
    'deployment %s takes three waves, and asks nothing twice',
    async (words) => {
      const { aws } = await sandbox.report(`deployment ${words}`);
      expect(aws.waves).toBeLessThanOrEqual(3);
      expect(aws.calls).toBeLessThanOrEqual(15);
      const asked = sandbox.endpoint.calls.map(({ service, operation, input }) =>
        JSON.stringify([service, operation, input]),
      );
      expect(new Set(asked).size).toBe(asked.length);
    },
  );
});

describe('the stops are those that the deployment started', () => {
  it('and no others', async () => {
    const asked = await sandbox.report('deployment parcels prod');
    expect(asked.details.stops ?? []).toEqual([]);
    expect(asked.details.expectedStops).toMatchObject([{ cause: 'scale-in', count: 2 }]);
  });
});
