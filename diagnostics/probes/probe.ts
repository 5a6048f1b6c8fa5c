import type { Aws } from '#src/aws/aws.ts';

/** Names of things that nobody has, in the place that is examined. */
export interface ProbePlace {
  cluster: string;
  targetGroup: string;
  serviceArn: string;
}

/** Tries one action on something that does not exist: "not found" proves the right to ask, and costs nothing. */
export type Probe = (aws: Aws, place: ProbePlace) => Promise<unknown>;

/** A name that nobody has. */
export const nobody = 'ecs-sleuth-doctor';
