import type { Finding, Report, StopGroup } from '#diagnostics/report.ts';

/** Reports as the diagnosis makes them, for the tests of their rendering. */

export const asOf = '2026-01-01T14:41:00Z';

export function finding(cause: string, given: Partial<Finding> = {}): Finding {
  return {
    cause,
    title: `title of ${cause}`,
    status: 'confirmed',
    severity: 'error',
    stage: 6,
    summary: `${cause} was seen`,
    evidence: [{ api: 'ecs:DescribeTasks', field: 'containers[0].reason', value: 'OutOfMemoryError' }],
    next: [],
    ...given,
  };
}

export function stop(given: Partial<StopGroup> = {}): StopGroup {
  return {
    cause: 'oom-container',
    severity: 'error',
    count: 6,
    firstAt: '2026-01-01T14:03:00Z',
    lastAt: '2026-01-01T14:38:12Z',
    container: 'app',
    exitCode: 137,
    reason: 'OutOfMemoryError: Container killed due to memory usage',
    revisions: ['api:42'],
    zones: ['us-east-1a'],
    exampleTask: '3f2a9c1b7d6e4f508a9b0c1d2e3f4a5b',
    ...given,
  };
}

export function report(given: Partial<Report> = {}): Report {
  return {
    schema: 1,
    command: 'why-stopped',
    asOf,
    target: {
      environment: 'prod',
      account: '222222222222',
      region: 'us-east-1',
      cluster: 'prod',
      service: 'api',
    },
    verdict: {
      state: 'problem',
      cause: 'oom-container',
      status: 'confirmed',
      headline: 'api in prod: out of memory',
      chain: ['tasks-stopping', 'oom-container'],
    },
    findings: [],
    notChecked: [],
    aws: { calls: 11, waves: 3, ms: 412 },
    details: {},
    ...given,
  };
}

/** The answer of the design: out of memory since a new revision. */
export const outOfMemory = report({
  findings: [
    finding('oom-container', {
      summary:
        'app is killed at its 512 MiB limit, 6 times in the last 40 minutes, since api:42 cut it from 1024 MiB.',
      count: 6,
      next: ['logs', 'perf', 'changes'],
      fix: {
        summary: 'Raise the memory of app in api to 1024 MiB again.',
        terraform: 'resource "aws_ecs_task_definition" "api" {\n  memory = 1024\n}',
        cli: 'aws ecs update-service --cluster prod --service api --task-definition api:41',
      },
    }),
    finding('image-not-found', { status: 'ruled-out', stage: 4 }),
    finding('secret-access-denied', { status: 'ruled-out', stage: 3 }),
  ],
  notChecked: [{ check: 'who deployed', missing: 'cloudtrail:LookupEvents', reason: 'AccessDenied' }],
  details: {
    now: {
      desired: 2,
      running: 1,
      pending: 0,
      deployments: [
        {
          id: 'ecs-svc/1',
          revision: 'api:42',
          status: 'PRIMARY',
          rolloutState: 'IN_PROGRESS',
          running: 1,
          desired: 2,
          pending: 0,
          failed: 4,
          since: '2026-01-01T14:02:00Z',
        },
      ],
      lastGoodRevision: 'api:41',
    },
    stops: [stop(), stop({ count: 1, lastAt: '2026-01-01T13:20:00Z', exitCode: 1, reason: 'Exited with 1' })],
    expectedStops: [{ cause: 'deployment-replaced', text: '3 replaced by a deployment', count: 3 }],
    logs: [
      {
        container: 'app',
        task: '3f2a9c1b7d6e4f508a9b0c1d2e3f4a5b',
        until: '2026-01-01T14:38:12Z',
        lines: [
          { at: '2026-01-01T14:38:10Z', message: 'loading catalogue: 412000 rows' },
          { at: '2026-01-01T14:38:11Z', message: 'heap used 498 MiB' },
          { at: '2026-01-01T14:38:12Z', message: '<--- Last few GCs --->' },
        ],
      },
    ],
  },
});

export const healthy = report({
  command: 'status',
  verdict: { state: 'healthy', cause: null, status: 'confirmed', headline: 'healthy', chain: [] },
  details: {
    now: {
      desired: 2,
      running: 2,
      pending: 0,
      deployments: [
        {
          revision: 'api:41',
          status: 'PRIMARY',
          rolloutState: 'COMPLETED',
          running: 2,
          desired: 2,
          pending: 0,
          failed: 0,
        },
      ],
      lastGoodRevision: 'api:41',
    },
  },
});

export const couldNotTell = report({
  verdict: {
    state: 'unknown',
    cause: null,
    status: 'open',
    headline: 'the stopped tasks could not be read',
    chain: [],
  },
  notChecked: [
    { check: 'stopped tasks', missing: 'ecs:ListTasks', reason: 'AccessDenied' },
    { check: 'metrics', reason: 'Timeout' },
  ],
});

export const likely = report({
  verdict: {
    state: 'problem',
    cause: 'image-registry-unreachable',
    status: 'likely',
    headline: 'api in prod: registry not reachable',
    chain: ['tasks-not-starting', 'image-registry-unreachable'],
  },
  findings: [
    finding('image-registry-unreachable', {
      status: 'likely',
      stage: 4,
      summary: 'The pull times out; the subnet has no known route to ECR.',
      open: 'the route tables were not read; the network check reads them',
      next: ['network', 'image'],
    }),
  ],
});

export const open = report({
  verdict: {
    state: 'problem',
    cause: 'sigkill-unexplained',
    status: 'open',
    headline: 'api in prod: killed by SIGKILL',
    chain: ['sigkill-unexplained'],
  },
  findings: [
    finding('sigkill-unexplained', {
      status: 'open',
      severity: 'warn',
      summary: 'app ended with exit code 137 twice and nothing says who killed it.',
      open: 'memory of the last minutes decides between the kernel and a host process',
      next: ['perf'],
    }),
  ],
});

export const explained = report({
  command: 'explain',
  target: { environment: '', account: '', region: '' },
  verdict: {
    state: 'problem',
    cause: 'image-not-found',
    status: 'confirmed',
    headline: 'image not found',
    chain: ['image-not-found'],
  },
  findings: [
    finding('image-not-found', {
      stage: 4,
      summary: 'The repository, tag or digest named in the task definition is not in the registry.',
      fix: { summary: 'Push the missing tag or register a revision that names an image that exists.' },
    }),
  ],
  aws: { calls: 0, waves: 0, ms: 0 },
});
