import type { World } from '#sandbox/aws/world.ts';

/** The sandbox's two environments, each an account of its own. */
export type EnvironmentName = 'prod' | 'staging';

/** Ids that every ARN of an incident is made of. */
export interface Place {
  environment: EnvironmentName;
  account: string;
  region: string;
  cluster: string;
}

/** A small world in which one thing is wrong (or nothing is), and the verdict that is right for it. */
export interface Incident {
  /** Kebab-case; also the file's name. */
  name: string;
  /** One sentence: what happened, for the list of incidents. */
  title: string;
  environment: EnvironmentName;
  /** The question that shows it, as typed after `/ecs`. */
  ask: string;
  expected: {
    state: 'problem' | 'healthy' | 'unknown';
    /** A cause id, or null where nothing is wrong. */
    cause: string | null;
    status: 'confirmed' | 'likely' | 'open';
    /** Cause ids from symptom to root, where the chain is part of what the incident shows. */
    chain?: string[];
  };
  /** Told relative to now, so that an incident of ten minutes ago is always ten minutes old. */
  world(now: Date, place: Place): Partial<World>;
}
