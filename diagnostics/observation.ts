import { z } from 'zod';

/** Where AWS (or a program) wrote the text. */
export const whereSchema = z.enum([
  'task.stoppedReason',
  'container.reason',
  'service.event',
  'deployment.rolloutStateReason',
  'task.attachment',
  'api.failure',
  'exec.error',
  'log.line',
  'target.health',
]);
export type Where = z.infer<typeof whereSchema>;

const containerSchema = z.looseObject({
  name: z.string(),
  exitCode: z.number().nullish(),
  reason: z.string().nullish(),
  essential: z.boolean().nullish(),
  healthStatus: z.string().nullish(),
  /** Seconds between SIGTERM and SIGKILL, where the task definition is known. */
  stopTimeout: z.number().nullish(),
  /** False where it is known that the container's process never ran. */
  started: z.boolean().nullish(),
});
export type ObservedContainer = z.infer<typeof containerSchema>;

/**
 * What else was known, in AWS's field names where it has one. Loose: unknown keys pass, since the same
 * object comes from `explain --jsonl`, and every field may be missing.
 */
export const contextSchema = z.looseObject({
  launchType: z.string().nullish(),
  stopCode: z.string().nullish(),
  desiredStatus: z.string().nullish(),
  taskLastStatus: z.string().nullish(),
  stoppedReason: z.string().nullish(),
  exitCode: z.number().nullish(),
  /** Every container of the task, the one that `exitCode` speaks of among them. */
  otherContainers: z.array(containerSchema).nullish(),
  /** The container known to have ended first, from task state change events. */
  firstToStop: z.string().nullish(),
  /** Last lines of the culprit container's log, oldest first. */
  logTail: z.string().nullish(),
  group: z.string().nullish(),
  startedBy: z.string().nullish(),
  memory: z.union([z.string(), z.number()]).nullish(),
  healthStatus: z.string().nullish(),
  platformFamily: z.string().nullish(),
  platformVersion: z.string().nullish(),
  stoppingToStoppedSeconds: z.number().nullish(),
  /** Seconds between SIGTERM and SIGKILL that the task definition allows; ECS's default is 30. */
  stopTimeout: z.number().nullish(),
  /** How long the task was RUNNING. */
  runtimeSeconds: z.number().nullish(),
  memoryUtilizedMaxPercent: z.number().nullish(),
  desiredCount: z.number().nullish(),
  runningCount: z.number().nullish(),
  taskAccount: z.string().nullish(),
  taskDefinitionImage: z.string().nullish(),
  sameDeploymentRunningTasks: z.number().nullish(),
  deploymentStatus: z.string().nullish(),
  networkMode: z.string().nullish(),
  taskRoleArn: z.string().nullish(),
  healthCheckGracePeriodSeconds: z.number().nullish(),
  /** Reason text that the load balancer gives for the target. */
  targetReason: z.string().nullish(),
  rolloutState: z.string().nullish(),
});
export type Context = z.infer<typeof contextSchema>;

/** One thing observed: a text, where it stood, and what else was known at that moment. */
export const observationSchema = z.object({
  where: whereSchema.nullish(),
  text: z.string(),
  context: contextSchema.nullish(),
});
export type Observation = z.infer<typeof observationSchema>;
