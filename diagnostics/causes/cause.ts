import type { Fix, Severity } from '../report.ts';

/**
 * The causal stages a task passes on its way to serve, in order; the earliest confirmed one is the headline.
 * 0: none of them (lifecycle, lookups, exec).
 */
export const stages = [
  'none',
  'placement',
  'network attach',
  'role and secrets',
  'image pull',
  'create and start',
  'process ends',
  'health',
  'rollout and scaling',
] as const;
export type Stage = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

/** Who has to change something. */
export type Owner =
  | 'application'
  | 'image'
  | 'task-definition'
  | 'service-config'
  | 'execution-role'
  | 'task-role'
  | 'infrastructure-role'
  | 'network'
  | 'load-balancer'
  | 'capacity'
  | 'operator'
  | 'aws'
  | 'nothing';

/**
 * Real names to fill a fix with; a fix must read well where any of them is missing.
 * Values come from AWS or from the text's own named groups.
 */
export interface FixNames {
  region?: string;
  account?: string;
  cluster?: string;
  service?: string;
  family?: string;
  /** family:revision of the failing task definition. */
  revision?: string;
  /** family:revision that last ran well. */
  lastGoodRevision?: string;
  container?: string;
  /** Id of a task that shows it. */
  task?: string;
  /** Id of the container instance under that task. */
  containerInstance?: string;
  image?: string;
  repository?: string;
  /** MiB that the container may take: its own limit, else its task's. */
  memory?: string;
  /** MiB of the task as a whole; absent where it has no size of its own. */
  taskMemory?: string;
  cpu?: string;
  exitCode?: string;
  executionRoleArn?: string;
  taskRoleArn?: string;
  /** The role with which ECS attaches the volumes of the service. */
  infrastructureRoleArn?: string;
  logGroup?: string;
  targetGroupArn?: string;
  /** The one security group of its tasks, and the one subnet, where there is only one. */
  taskSecurityGroup?: string;
  taskSubnet?: string;
  /** The Auto Scaling group whose instances run the tasks. */
  scalingGroup?: string;
  /** The action that was refused, as service:Action. */
  action?: string;
  /** The resource that was refused or is missing: ARN or name. */
  resource?: string;
  /** A port, a host, a variable, a key: whatever the text names as the thing itself. */
  name?: string;
  host?: string;
  port?: string;
  code?: string;
  stopTimeout?: string;
  seconds?: string;
}

export interface Cause {
  /** Public contract: kebab-case, never renamed. */
  id: string;
  /** Reads on after "api in prod: ": lower case, no full stop, at most about 45 characters. */
  title: string;
  stage: Stage;
  severity: Severity;
  owner: Owner;
  /** What it means, in one or two sentences. */
  meaning: string;
  /** Which read-only answers confirm or refute it, in one or two sentences. */
  confirm: string;
  /** Ids of checks that look deeper from here. */
  next: readonly string[];
  /** What to change, with the real names where they are known. */
  fix(names: FixNames): Fix;
}
