/** One request that reached the endpoint, whatever became of it. Times are in milliseconds since the epoch. */
export interface CallRecord {
  /** The IAM prefix: `ecs`, `logs`, `elasticloadbalancing`. */
  service: string;
  operation: string;
  input: unknown;
  region: string;
  accessKeyId: string;
  /** The account that the credentials belong to; absent when they were refused. */
  account?: string;
  sessionName?: string;
  sourceIdentity?: string;
  started: number;
  /** Absent while the call is in work. */
  ended?: number;
  /** The error's name as the client was told it, or what cut the answer short. */
  error?: string;
}

/** A request for which the sandbox has no answer. A test that finds one here must fail. */
export interface UnexpectedRequest {
  service: string;
  operation: string;
  reason: string;
}
