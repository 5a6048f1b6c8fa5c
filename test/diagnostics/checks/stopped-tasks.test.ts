import type { Task } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import type { LogTail } from '#diagnostics/report.ts';
import { definition, deployment, minutesAgo, read, revision, running, service, stopped } from './facts.ts';
import { causes, judge, killed, scaledIn } from './stops.ts';

describe('stops are put in groups that ended alike', () => {
  it.each<[string, Task[], [string, number][]]>([
    [
      'the same failure is one group',
      [stopped(1, {}, killed), stopped(9, {}, killed)],
      [['oom-container', 2]],
    ],
    [
      'another exit code is another group',
      [stopped(1), stopped(2, {}, killed)],
      [
        ['app-exit-error', 1],
        ['oom-container', 1],
      ],
    ],
    [
      'ids, addresses and numbers in the reason make no difference',
      ['10.0.0.1', '10.0.0.2'].map((address, index) =>
        stopped(
          index,
          {
            stopCode: 'TaskFailedToStart',
            startedAt: undefined,
            stoppedReason: `CannotPullContainerError: dial tcp ${address}:443: i/o timeout`,
          },
          [],
        ),
      ),
      [['image-registry-unreachable', 2]],
    ],
    ['what was meant to stop is no finding', [stopped(1, scaledIn, [{ name: 'app', exitCode: 0 }])], []],
  ])('%s', (_, stops, expected) => {
    expect(causes(judge(stops))).toEqual(expected);
  });

  it('those that were meant are folded with their counts', () => {
    const stops = [1, 2, 3].map((ago) => stopped(ago, scaledIn, [{ name: 'app', exitCode: 143 }]));
    expect(judge(stops).details?.expectedStops).toMatchObject([{ cause: 'scale-in', count: 3 }]);
  });
});

describe('a finding says since when and what changed', () => {
  const deploying = read(
    service({
      deployments: [
        deployment({ rolloutState: 'IN_PROGRESS' }),
        deployment({ id: 'ecs-svc/0', status: 'ACTIVE', taskDefinition: revision(1) }),
      ],
    }),
  );

  it('with the limit and the change of it', () => {
    const { findings } = judge([stopped(1, {}, killed), stopped(9, {}, killed)], { service: deploying });
    expect(findings[0]?.summary).toBe(
      'app is killed at its 512 MiB limit, 2 times in the last 9 minutes, since api:2 (memory 1024 → 512 MiB).',
    );
  });

  it('with the limit of the deployed revision, where another could not be read', () => {
    const failure = { ok: false, failure: { reason: 'Throttled', message: 'slow' } };
    const facts = {
      taskDefinitions: failure,
      deployedTaskDefinitions: read({ [revision(2)]: definition(2) }),
    };
    expect(judge([stopped(1, {}, killed)], facts).findings[0]?.summary).toContain('512 MiB limit');
  });

  it('confirmed, where the log names what the new revision removed', () => {
    const environment = [{ name: 'TAX_ENDPOINT', value: 'fingerprint:1' }];
    const definitions = {
      [revision(1)]: definition(1, [{ name: 'app', environment }]),
      [revision(2)]: definition(2),
    };
    const stop = stopped(1);
    const tail: LogTail = {
      container: 'app',
      task: stop.taskArn?.split('/').at(-1) ?? '',
      group: '/ecs/api',
      stream: 'ecs/app/1',
      lines: [{ message: 'Error: TAX_ENDPOINT is required' }],
    };
    const facts = { service: deploying, taskDefinitions: read(definitions), crashLogs: read([tail]) };
    const [finding] = judge([stop], facts).findings;
    expect(finding).toMatchObject({ cause: 'app-config-missing', status: 'confirmed' });
    expect(finding?.summary).toContain('api:2 removed TAX_ENDPOINT');
    expect(finding?.evidence.map(({ api }) => api)).toContain('ecs:DescribeTaskDefinition');
  });
});

describe('which revision it is about', () => {
  it('failures of an old revision during a good deployment never name the culprit', () => {
    const { findings } = judge([stopped(5, { taskDefinitionArn: revision(1) }, killed), stopped(1)]);
    expect(findings.find(({ cause }) => cause === 'oom-container')?.alsoSeen).toBe(true);
    expect(findings.find(({ cause }) => cause === 'app-exit-error')?.alsoSeen).toBeUndefined();
  });

  it('a warning of the revision being deployed never outranks the errors of the one that serves', () => {
    const spot = { stopCode: 'SpotInterruption', stoppedReason: 'Your Spot Task was interrupted.' } as const;
    const { findings } = judge([
      stopped(1, { taskDefinitionArn: revision(1) }, killed),
      stopped(50, spot, [{ name: 'app', exitCode: 143 }]),
    ]);
    expect(findings.find(({ cause }) => cause === 'oom-container')?.alsoSeen).toBeUndefined();
    expect(findings.find(({ cause }) => cause === 'spot-interrupted')?.alsoSeen).toBe(true);
  });

  it('a later revision that runs well is the cure, and what it added was not taken away by the failing one', () => {
    const cure = [{ name: 'app', memory: 1024, environment: [{ name: 'TAX_ENDPOINT', value: 'f' }] }];
    const definitions = { [revision(1)]: definition(1), [revision(2)]: definition(2, cure) };
    const stop = stopped(40, { taskDefinitionArn: revision(1) });
    const tail: LogTail = {
      container: 'app',
      task: stop.taskArn?.split('/').at(-1) ?? '',
      lines: [{ message: 'Error: TAX_ENDPOINT is required' }],
    };
    const facts = { taskDefinitions: read(definitions), crashLogs: read([tail]) };
    const alive = [running({ taskDefinitionArn: revision(2) })];
    const [finding] = judge([stop], facts, alive).findings;
    expect(finding).toMatchObject({ cause: 'app-config-missing', status: 'likely' });
    expect(finding?.summary).not.toContain('removed');
    const oom = stopped(40, { taskDefinitionArn: revision(1) }, killed);
    expect(judge([oom], { taskDefinitions: read(definitions) }, alive).findings[0]?.summary).toBe(
      'app is killed at its 512 MiB limit, once, 40 minutes ago.',
    );
  });

  it.each<[string, number, number, Record<string, unknown>, boolean, string]>([
    ['failures that a newer revision ended are over', 1, 38, {}, true, '; fixed by api:2.'],
    ['not those after it was deployed', 1, 60, {}, false, 'ago.'],
    ['not its own', 2, 38, {}, false, 'ago.'],
    ['not while tasks are missing', 1, 38, { runningCount: 1 }, false, 'ago.'],
  ])('%s', (_, failed, age, more, alsoSeen, words) => {
    const stops = [40, 45, 50].map((ago) => stopped(ago, { taskDefinitionArn: revision(failed) }, killed));
    const deployments = [deployment({ createdAt: minutesAgo(age) })];
    const { findings } = judge(stops, { service: read(service({ deployments, ...more })) });
    expect(findings[0]?.alsoSeen ?? false).toBe(alsoSeen);
    expect(findings[0]?.summary).toContain(words);
  });

  it.each<[string, string, boolean]>([
    ['an older revision that somebody deployed ends them too', 'SUCCESSFUL', true],
    ['after a rollback they are its reason', 'ROLLBACK_SUCCESSFUL', false],
  ])('%s', (_, status, alsoSeen) => {
    const deployments = [deployment({ taskDefinition: revision(1), createdAt: minutesAgo(38) })];
    const facts = { service: read(service({ deployments })), serviceDeployments: read([{ status }]) };
    const [finding] = judge([stopped(40, {}, killed)], facts).findings;
    expect(finding?.alsoSeen ?? false).toBe(alsoSeen);
    expect(finding?.summary.includes('over since api:1 was deployed')).toBe(alsoSeen);
  });

  it('what is over does not hide what still happens', () => {
    const spot = { stopCode: 'SpotInterruption', stoppedReason: 'Your Spot Task was interrupted.' } as const;
    const deployments = [deployment({ createdAt: minutesAgo(38) })];
    const stops = [
      stopped(2, spot, [{ name: 'app', exitCode: 143 }]),
      stopped(40, { taskDefinitionArn: revision(1) }, killed),
    ];
    const { findings } = judge(stops, { service: read(service({ deployments })) });
    expect(findings.find(({ cause }) => cause === 'spot-interrupted')?.alsoSeen).toBeUndefined();
  });

  it('since when is said of the failing revision alone', () => {
    const deployments = [
      deployment({ rolloutState: 'IN_PROGRESS', taskDefinition: revision(3) }),
      deployment({ id: 'ecs-svc/0', status: 'ACTIVE', taskDefinition: revision(1) }),
    ];
    const stops = [stopped(1, { taskDefinitionArn: revision(3) }), stopped(5, {}, killed)];
    const { findings } = judge(stops, { service: read(service({ deployments })) });
    const older = findings.find(({ cause }) => cause === 'oom-container');
    expect(older?.summary).toBe('app is killed at its 512 MiB limit, once, 5 minutes ago.');
  });

  it('a reason that nobody knows is shown as it is', () => {
    const stoppedReason = 'AttestationError: the measurement of this workload is not admitted (code 41)';
    const { findings } = judge([
      stopped(1, { stopCode: 'TaskFailedToStart', stoppedReason, startedAt: undefined }, []),
    ]);
    expect(findings[0]).toMatchObject({ cause: 'init-failed-unclear', status: 'open' });
    expect(findings[0]?.summary).toContain(`“${stoppedReason}”`);
  });

  it('a started task rules out the stages before', () => {
    const ruledOut = judge([stopped(1)]).findings.filter(({ status }) => status === 'ruled-out');
    expect(ruledOut.map(({ title }) => title)).toEqual([
      'placement',
      'network attach',
      'role and secrets',
      'image pull',
    ]);
  });

  it('unless another task of that revision failed before it started', () => {
    const early = stopped(
      2,
      { stopCode: 'TaskFailedToStart', startedAt: undefined, stoppedReason: 'CannotPullContainerError: x' },
      [],
    );
    expect(judge([stopped(1), early]).findings.some(({ status }) => status === 'ruled-out')).toBe(false);
  });
});

it('a common factor needs something running to compare with', () => {
  const stops = [1, 2, 3].map((ago) =>
    stopped(ago, { availabilityZone: 'us-east-1c', taskDefinitionArn: revision(1) }),
  );
  expect(judge(stops, {}, [running({ availabilityZone: 'us-east-1a' })]).details?.commonFactor).toContain(
    'zone us-east-1c',
  );
  expect(judge(stops).details?.commonFactor).toBeUndefined();
});

it('two tasks stopped at one moment are counted in whatever order AWS lists them', () => {
  const stops = [stopped(3), stopped(1, {}, killed), stopped(2)];
  expect(causes(judge(stops)).sort()).toEqual(causes(judge([...stops].reverse())).sort());
  expect(judge(stops).findings[0]?.lastAt).toBe(minutesAgo(1).toISOString());
});
