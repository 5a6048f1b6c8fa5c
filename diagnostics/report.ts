import { z } from 'zod';
import { accessSchema } from './access-details.ts';
import { changesSchema, timelineSchema } from './changes-details.ts';
import { chartSchema } from './charts.ts';
import { connectSchema } from './connect-details.ts';
import { execSchema } from './exec-details.ts';
import { healthSchema } from './health-details.ts';
import { imagesSchema } from './image-details.ts';
import { insightsSchema } from './insights-details.ts';
import { type logLineSchema, logTailSchema, logViewSchema } from './log-details.ts';
import { networkSchema } from './network-details.ts';
import { perfSchema } from './perf-details.ts';
import { startupSchema } from './startup-details.ts';
import { taskMemorySchema } from './task-memory-details.ts';
import {
  addressesSchema,
  backoffSchema,
  phaseSchema,
  placementSchema,
  providerLinkSchema,
} from './waiting-details.ts';

/**
 * The report: what an investigation found, as everybody downstream sees it (Slack, terminal, `--json`).
 * A public contract: `docs/report.schema.json` is generated from here.
 */

export const severitySchema = z.enum(['error', 'warn', 'info']);
export type Severity = z.infer<typeof severitySchema>;

export const statusSchema = z.enum(['confirmed', 'likely', 'ruled-out', 'open', 'not-checked']);
export type Status = z.infer<typeof statusSchema>;

export const evidenceSchema = z.object({
  api: z.string().describe('The call that showed it, as service:Operation'),
  field: z.string().describe('Path of the field in the answer'),
  value: z.string(),
  at: z.string().optional().describe("AWS's own time of the fact, ISO 8601"),
  cli: z.string().optional().describe('The command that shows the same by hand'),
});
export type Evidence = z.infer<typeof evidenceSchema>;

export const fixSchema = z.object({
  summary: z.string(),
  terraform: z.string().optional(),
  cli: z.string().optional(),
  policy: z.string().optional().describe('The IAM statement to add, as JSON, where the fix is one'),
  console: z.string().optional().describe('Address in the AWS console where the change is made by hand'),
});
export type Fix = z.infer<typeof fixSchema>;

export const findingSchema = z.object({
  cause: z.string(),
  title: z
    .string()
    .describe('The cause in words that read on after "api in prod: "; of a ruled-out one its stage'),
  status: statusSchema,
  severity: severitySchema,
  stage: z.number().int().min(0).max(8).describe('Causal stage, 1 placement … 8 rollout; 0 belongs to none'),
  subject: z.string().optional().describe('ARN of what the finding is about'),
  summary: z.string(),
  count: z.number().int().optional(),
  firstAt: z.string().optional(),
  lastAt: z.string().optional(),
  explains: z.string().optional().describe('The cause id that this finding is the reason of'),
  reasonOf: z
    .array(z.string())
    .optional()
    .describe(
      'Cause ids that this finding is the reason of wherever they are found: it comes behind them in the chain',
    ),
  alsoSeen: z
    .boolean()
    .optional()
    .describe('True where it does not touch the newest failing revision: shown, never the headline'),
  open: z.string().optional().describe('Why it is open, and what would decide it'),
  evidence: z.array(evidenceSchema),
  fix: fixSchema.optional(),
  next: z.array(z.string()).describe('Subcommands that look further'),
});
export type Finding = z.infer<typeof findingSchema>;

export const notCheckedSchema = z.object({
  check: z.string().describe('What was not looked at, in words'),
  missing: z.string().optional().describe('The IAM action that was refused'),
  reason: z.string().describe('AccessDenied, Throttled, Timeout, …'),
  detail: z.string().optional().describe('What AWS or the network said, where that says more'),
});
export type NotChecked = z.infer<typeof notCheckedSchema>;

export const targetSchema = z.object({
  environment: z.string(),
  account: z.string(),
  region: z.string(),
  cluster: z.string().optional(),
  service: z.string().optional(),
  family: z.string().optional(),
  task: z.string().optional().describe('Task id'),
});
export type Target = z.infer<typeof targetSchema>;

/** A row of the table of stops: one group of stopped tasks that ended alike. */
export const stopGroupSchema = z.object({
  cause: z.string(),
  severity: severitySchema,
  count: z.number().int(),
  firstAt: z.string().optional(),
  lastAt: z.string().optional(),
  container: z.string().optional().describe('The container that ended first'),
  exitCode: z.number().int().optional(),
  reason: z.string().describe("AWS's own words, redacted"),
  revisions: z.array(z.string()).describe('family:revision'),
  zones: z.array(z.string()),
  exampleTask: z.string().optional().describe('Id of the newest task of the group'),
});
export type StopGroup = z.infer<typeof stopGroupSchema>;

export type LogLine = z.infer<typeof logLineSchema>;
export type LogTail = z.infer<typeof logTailSchema>;

export const nowSchema = z.object({
  desired: z.number().int(),
  running: z.number().int(),
  pending: z.number().int(),
  deployments: z.array(
    z.object({
      id: z.string().optional(),
      revision: z.string(),
      status: z.string(),
      rolloutState: z.string().optional(),
      reason: z.string().optional(),
      running: z.number().int(),
      desired: z.number().int(),
      pending: z.number().int(),
      failed: z.number().int(),
      since: z.string().optional(),
    }),
  ),
  lastGoodRevision: z.string().optional(),
});
export type Now = z.infer<typeof nowSchema>;

/** How the newest deployment goes, as ECS's history of deployments tells it. */
export const deploymentSchema = z.object({
  revision: z.string().describe('family:revision that is deployed'),
  previous: z.string().optional().describe('family:revision that it replaces'),
  controller: z.string().describe('ECS, CODE_DEPLOY or EXTERNAL'),
  strategy: z.string().optional().describe('ROLLING, BLUE_GREEN, LINEAR or CANARY'),
  status: z.string().describe('Of the service deployment: IN_PROGRESS, SUCCESSFUL, ROLLBACK_SUCCESSFUL, …'),
  ended: z.boolean().describe('Nothing more will happen to it'),
  stage: z.string().optional().describe('Lifecycle stage, of the strategies that have stages'),
  startedAt: z.string().optional(),
  finishedAt: z.string().optional(),
  running: z.number().int().describe('Tasks of this deployment alone'),
  pending: z.number().int(),
  desired: z.number().int(),
  breaker: z
    .object({ status: z.string(), failures: z.number().int(), threshold: z.number().int() })
    .optional()
    .describe('As ECS counts; absent where the breaker is off'),
  usual: z
    .object({ count: z.number().int(), medianMs: z.number(), p95Ms: z.number() })
    .optional()
    .describe("Durations of this service's own successful deployments"),
  says: z
    .array(z.object({ about: z.string(), text: z.string() }))
    .describe('What decides how it goes on, each in a sentence'),
});
export type DeploymentState = z.infer<typeof deploymentSchema>;

/** What the answer shows beside the findings. Everything is optional: each command fills what it knows. */
export const detailsSchema = z.object({
  now: nowSchema.optional(),
  deployment: deploymentSchema.optional(),
  following: z.string().optional().describe('Until when the answer is kept up to date'),
  stops: z.array(stopGroupSchema).optional(),
  expectedStops: z
    .array(z.object({ cause: z.string(), text: z.string(), count: z.number().int() }))
    .optional(),
  commonFactor: z.string().optional().describe('What all failures share and no running task has'),
  logs: z.array(logTailSchema).optional(),
  logView: logViewSchema.optional().describe('What was asked of the logs, and what else can be asked'),
  events: z
    .array(
      z.object({
        at: z.string().optional(),
        message: z.string(),
        count: z.number().int(),
        code: z.string().optional().describe('Cause id that the text stands for'),
        firstAt: z.string().optional(),
        severity: severitySchema.optional(),
      }),
    )
    .optional(),
  phases: z.array(phaseSchema).optional().describe('Where the pending tasks stand'),
  addresses: addressesSchema.optional(),
  placement: placementSchema.optional(),
  provider: z.array(providerLinkSchema).optional().describe('From the strategy to a running instance'),
  capacity: z.string().optional().describe('Where Fargate may place its tasks'),
  access: accessSchema.optional().describe('What the roles need and what they may'),
  images: imagesSchema.optional().describe('Which images the tasks are started from, and who pulls them'),
  exec: execSchema.optional(),
  connect: connectSchema.optional(),
  network: networkSchema.optional().describe('Whether its subnets reach what the tasks need'),
  backoff: backoffSchema.optional(),
  health: healthSchema.optional().describe('Targets and container checks, joined to the tasks behind them'),
  perf: perfSchema.optional().describe('CPU, memory and scaling of the service'),
  taskMemory: taskMemorySchema.optional(),
  startup: startupSchema.optional().describe('How long its tasks take to start, by phase'),
  insights: insightsSchema.optional().describe('The query of Logs Insights and its rows'),
  changes: changesSchema.optional().describe('What was changed between two moments'),
  timeline: timelineSchema.optional().describe('What happened, in order'),
  charts: z.array(chartSchema).optional().describe('Series that say more as a picture, in order of use'),
  source: z
    .string()
    .optional()
    .describe('Which rung of the ladder answered for tasks that ECS has forgotten'),
  notes: z.array(z.string()).optional().describe('Limits of the answer: pages not read, assumptions made'),
});
export type Details = z.infer<typeof detailsSchema>;

export const verdictSchema = z.object({
  state: z.enum(['problem', 'healthy', 'unknown']),
  cause: z.string().nullable(),
  status: z.enum(['confirmed', 'likely', 'open']),
  headline: z.string(),
  chain: z.array(z.string()).describe('Cause ids from symptom to root; the last is `cause`'),
});
export type Verdict = z.infer<typeof verdictSchema>;

export const reportSchema = z.object({
  schema: z.literal(1),
  command: z.string(),
  asOf: z.string().describe('When AWS was asked, ISO 8601'),
  target: targetSchema,
  verdict: verdictSchema,
  findings: z.array(findingSchema),
  notChecked: z.array(notCheckedSchema),
  aws: z.object({ calls: z.number().int(), waves: z.number().int(), ms: z.number() }),
  details: detailsSchema,
});
export type Report = z.infer<typeof reportSchema>;
