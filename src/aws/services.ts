import type { Aws } from './aws.ts';

/** What an SDK client's constructor is given here. */
export interface ClientOptions {
  region: string;
  credentials: () => Promise<Credentials>;
  retryMode: string;
  maxAttempts: number;
  requestHandler: object;
}

export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
  expiration?: Date;
}

interface Service {
  /** The prefix of its IAM actions. */
  prefix: string;
  /** Imported when first needed: some clients take a quarter of a second to load. */
  load(): Promise<(options: ClientOptions) => object>;
}

/** The services that are asked, by their names in `Aws`. */
export const services = {
  ecs: {
    prefix: 'ecs',
    load: async () => {
      const { ECS } = await import('@aws-sdk/client-ecs');
      return (options) => new ECS(options);
    },
  },
  logs: {
    prefix: 'logs',
    load: async () => {
      const { CloudWatchLogs } = await import('@aws-sdk/client-cloudwatch-logs');
      return (options) => new CloudWatchLogs(options);
    },
  },
  elb: {
    prefix: 'elasticloadbalancing',
    load: async () => {
      const { ElasticLoadBalancingV2 } = await import('@aws-sdk/client-elastic-load-balancing-v2');
      return (options) => new ElasticLoadBalancingV2(options);
    },
  },
  sts: {
    prefix: 'sts',
    load: async () => {
      const { STS } = await import('@aws-sdk/client-sts');
      return (options) => new STS(options);
    },
  },
  ec2: {
    prefix: 'ec2',
    load: async () => {
      const { EC2 } = await import('@aws-sdk/client-ec2');
      return (options) => new EC2(options);
    },
  },
  autoscaling: {
    prefix: 'autoscaling',
    load: async () => {
      const { AutoScaling } = await import('@aws-sdk/client-auto-scaling');
      return (options) => new AutoScaling(options);
    },
  },
  scaling: {
    prefix: 'application-autoscaling',
    load: async () => {
      const { ApplicationAutoScaling } = await import('@aws-sdk/client-application-auto-scaling');
      return (options) => new ApplicationAutoScaling(options);
    },
  },
  cloudwatch: {
    prefix: 'cloudwatch',
    load: async () => {
      const { CloudWatch } = await import('@aws-sdk/client-cloudwatch');
      return (options) => new CloudWatch(options);
    },
  },
  quotas: {
    prefix: 'servicequotas',
    load: async () => {
      const { ServiceQuotas } = await import('@aws-sdk/client-service-quotas');
      return (options) => new ServiceQuotas(options);
    },
  },
  ecr: {
    prefix: 'ecr',
    load: async () => {
      const { ECR } = await import('@aws-sdk/client-ecr');
      return (options) => new ECR(options);
    },
  },
  iam: {
    prefix: 'iam',
    load: async () => {
      const { IAM } = await import('@aws-sdk/client-iam');
      return (options) => new IAM(options);
    },
  },
  secrets: {
    prefix: 'secretsmanager',
    load: async () => {
      const { SecretsManager } = await import('@aws-sdk/client-secrets-manager');
      return (options) => new SecretsManager(options);
    },
  },
  ssm: {
    prefix: 'ssm',
    load: async () => {
      const { SSM } = await import('@aws-sdk/client-ssm');
      return (options) => new SSM(options);
    },
  },
  kms: {
    prefix: 'kms',
    load: async () => {
      const { KMS } = await import('@aws-sdk/client-kms');
      return (options) => new KMS(options);
    },
  },
  efs: {
    prefix: 'elasticfilesystem',
    load: async () => {
      const { EFS } = await import('@aws-sdk/client-efs');
      return (options) => new EFS(options);
    },
  },
  discovery: {
    prefix: 'servicediscovery',
    load: async () => {
      const { ServiceDiscovery } = await import('@aws-sdk/client-servicediscovery');
      return (options) => new ServiceDiscovery(options);
    },
  },
  // One service for all regions of a partition: the SDK signs for the region that its endpoint lies in.
  dns: {
    prefix: 'route53',
    load: async () => {
      const { Route53 } = await import('@aws-sdk/client-route-53');
      return (options) => new Route53(options);
    },
  },
  trail: {
    prefix: 'cloudtrail',
    load: async () => {
      const { CloudTrail } = await import('@aws-sdk/client-cloudtrail');
      return (options) => new CloudTrail(options);
    },
  },
} satisfies Record<keyof Aws, Service>;

export type ServiceName = keyof typeof services;
