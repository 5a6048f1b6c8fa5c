import type { ApplicationAutoScaling } from '@aws-sdk/client-application-auto-scaling';
import type { AutoScaling } from '@aws-sdk/client-auto-scaling';
import type { CloudTrail } from '@aws-sdk/client-cloudtrail';
import type { CloudWatch } from '@aws-sdk/client-cloudwatch';
import type { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import type { EC2 } from '@aws-sdk/client-ec2';
import type { ECR } from '@aws-sdk/client-ecr';
import type { ECS } from '@aws-sdk/client-ecs';
import type { EFS } from '@aws-sdk/client-efs';
import type { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { IAM } from '@aws-sdk/client-iam';
import type { KMS } from '@aws-sdk/client-kms';
import type { Route53 } from '@aws-sdk/client-route-53';
import type { SecretsManager } from '@aws-sdk/client-secrets-manager';
import type { ServiceQuotas } from '@aws-sdk/client-service-quotas';
import type { ServiceDiscovery } from '@aws-sdk/client-servicediscovery';
import type { SSM } from '@aws-sdk/client-ssm';
import type { STS } from '@aws-sdk/client-sts';
import type { HttpHandlerOptions } from '@aws-sdk/types';

/** An SDK client's method: the promise form is the first of its last three overloads. */
type Method<Input, Output> = {
  (input: Input, options?: HttpHandlerOptions): Promise<Output>;
  (input: Input, callback: never): void;
  (input: Input, options: never, callback: never): void;
};

/** The methods of an aggregated SDK client as plain functions of their input: `aws.ecs.describeTasks({…})`. */
export type Calls<Client> = {
  [Name in keyof Client as Client[Name] extends Method<infer _Input, infer _Output>
    ? Name
    : never]: Client[Name] extends Method<infer Input, infer Output>
    ? (input: Input) => Promise<Output>
    : never;
};

/** Every AWS service in use. A client is loaded and made when its first call is made. */
export interface Aws {
  ecs: Calls<ECS>;
  logs: Calls<CloudWatchLogs>;
  elb: Calls<ElasticLoadBalancingV2>;
  sts: Calls<STS>;
  ec2: Calls<EC2>;
  autoscaling: Calls<AutoScaling>;
  scaling: Calls<ApplicationAutoScaling>;
  cloudwatch: Calls<CloudWatch>;
  quotas: Calls<ServiceQuotas>;
  ecr: Calls<ECR>;
  iam: Calls<IAM>;
  secrets: Calls<SecretsManager>;
  ssm: Calls<SSM>;
  kms: Calls<KMS>;
  efs: Calls<EFS>;
  discovery: Calls<ServiceDiscovery>;
  dns: Calls<Route53>;
  trail: Calls<CloudTrail>;
}

/** One call as it is made; `service` is the IAM prefix (`ecs`, `logs`, `elasticloadbalancing`, `sts`). */
export interface Call {
  service: string;
  /** AWS's name of it, `DescribeTasks`. */
  operation: string;
  input: unknown;
}

/** Who wants to know of calls: told at the start, and by the function it returns at the end. */
export interface CallObserver {
  /** Aborts what is under way when the investigation's time is up. */
  signal?: AbortSignal;
  /** Not told of an answer that the cache held or that is under way for somebody else: no call is made then. */
  started(call: Call): (outcome: { error?: unknown }) => void;
}

/** Access to one environment in one region for one person. */
export interface Session {
  environment: string;
  account: string;
  region: string;
  partition: string;
  /** A handle whose calls report to this observer. Cheap: clients are shared, not made anew. */
  connect(observer: CallObserver): Aws;
  /** The same access in another region. @throws Error with a sentence where it is no region of the partition */
  inRegion(region: string): Session;
  /** AWS's clock minus ours in milliseconds, as of the last answer; undefined before the first. */
  clockSkew?(): number | undefined;
}
