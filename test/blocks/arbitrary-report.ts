import type { Report } from '#diagnostics/report.ts';
import { fc } from '#test/property.ts';
import { hostile } from './hostile.ts';

/** Any report that the schema allows, with hostile text wherever text comes from outside. */

const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const time = fc.oneof(
  fc
    .date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString()),
  hostile,
);
const count = fc.nat({ max: 100_000 });
const severity = fc.constantFrom('error', 'warn', 'info');
const cause = fc.oneof(fc.constantFrom('oom-container', 'image-not-found', 'x'), hostile);
const command = fc.oneof(
  fc.constantFrom('logs', 'network', 'perf', 'image'),
  hostile.map((text) => text.slice(0, 40)),
);

const finding = fc.record({
  cause,
  title: hostile,
  status: fc.constantFrom('confirmed', 'likely', 'ruled-out', 'open', 'not-checked'),
  severity,
  stage: fc.integer({ min: 0, max: 8 }),
  summary: hostile,
  open: optional(hostile),
  evidence: fc.array(fc.record({ api: hostile, field: hostile, value: hostile }), { maxLength: 2 }),
  fix: optional(
    fc.record({
      summary: hostile,
      terraform: optional(hostile),
      cli: optional(hostile),
      policy: optional(hostile),
      console: optional(hostile),
    }),
  ),
  next: fc.array(command, { maxLength: 4 }),
});

const stop = fc.record({
  cause,
  severity,
  count,
  lastAt: optional(time),
  container: optional(hostile),
  exitCode: optional(fc.integer()),
  reason: hostile,
  revisions: fc.array(hostile, { maxLength: 4 }),
  zones: fc.array(hostile, { maxLength: 3 }),
  exampleTask: optional(hostile),
});

const tail = fc.record({
  container: hostile,
  task: hostile,
  until: optional(time),
  lines: fc.array(fc.record({ at: optional(time), message: hostile }), { maxLength: 30 }),
  missing: optional(hostile),
  truncated: optional(fc.boolean()),
});

const deployment = fc.record({
  revision: hostile,
  status: hostile,
  rolloutState: optional(hostile),
  reason: optional(hostile),
  running: count,
  desired: count,
  pending: count,
  failed: count,
  since: optional(time),
});

const details = fc.record(
  {
    now: fc.record({
      desired: count,
      running: count,
      pending: count,
      deployments: fc.array(deployment, { maxLength: 5 }),
      lastGoodRevision: optional(hostile),
    }),
    stops: fc.array(stop, { maxLength: 12 }),
    expectedStops: fc.array(fc.record({ cause, text: hostile, count }), { maxLength: 6 }),
    commonFactor: hostile,
    logs: fc.array(tail, { maxLength: 15 }),
    events: fc.array(fc.record({ at: optional(time), message: hostile, count }), { maxLength: 12 }),
    source: hostile,
    notes: fc.array(hostile, { maxLength: 8 }),
  },
  { requiredKeys: [] },
);

export const anyReport: fc.Arbitrary<Report> = fc.record({
  schema: fc.constant(1 as const),
  command: fc.constantFrom('why-stopped', 'status', 'logs', 'explain'),
  asOf: time,
  target: fc.record({
    environment: hostile,
    account: hostile,
    region: hostile,
    cluster: optional(hostile),
    service: optional(hostile),
    family: optional(hostile),
    task: optional(hostile),
  }),
  verdict: fc.record({
    state: fc.constantFrom('problem', 'healthy', 'unknown'),
    cause: fc.option(cause),
    status: fc.constantFrom('confirmed', 'likely', 'open'),
    headline: hostile,
    chain: fc.array(cause, { maxLength: 9 }),
  }),
  findings: fc.array(finding, { maxLength: 12 }),
  notChecked: fc.array(fc.record({ check: hostile, missing: optional(hostile), reason: hostile }), {
    maxLength: 8,
  }),
  aws: fc.record({ calls: count, waves: count, ms: fc.nat() }),
  details,
});
