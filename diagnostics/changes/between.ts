import type { TaskDefinition } from '@aws-sdk/client-ecs';
import type { RevisionChange } from '../revision-change.ts';

/** How tasks fail, as far as it decides which change may be its reason. */
export interface Failure {
  cause: string;
  /** The container that ended first. */
  culprit: string | undefined;
  /** The variable, file or host that the cause is about. */
  named: string | undefined;
  /** The decisive line of its log. */
  line: string | undefined;
}

/** The one change that explains a failure. */
export interface Telling {
  cause: string;
  status: 'confirmed' | 'likely';
  /** Reads on after "api in prod: " and names the revision. */
  title: string;
  /** What would make it sure, where it is not. */
  open?: string;
  change: RevisionChange;
}

export interface Between {
  before: TaskDefinition;
  after: TaskDefinition;
  changes: readonly RevisionChange[];
  /** `api:42` */
  revision: string;
}

/** Whether the container's image is another, which may need what the old one did not. */
export function imageChanged({ changes }: Between, container: string | undefined): boolean {
  return changes.some((change) => change.field === 'image' && change.container === container);
}

export function isOnly({ changes }: Between, one: RevisionChange): boolean {
  return changes.length === 1 && changes[0] === one;
}
