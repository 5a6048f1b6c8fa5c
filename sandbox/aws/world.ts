import type {
  ScalableTarget,
  ScalingActivity,
  ScalingPolicy,
} from '@aws-sdk/client-application-auto-scaling';
import type { Activity, AutoScalingGroup } from '@aws-sdk/client-auto-scaling';
import type { Event } from '@aws-sdk/client-cloudtrail';
import type { AlarmHistoryItem, CompositeAlarm, MetricAlarm } from '@aws-sdk/client-cloudwatch';
import type {
  DhcpOptions,
  Instance,
  InstanceTypeInfo,
  ManagedPrefixList,
  NatGateway,
  NetworkAcl,
  NetworkInterface,
  RouteTable,
  SecurityGroup,
  Subnet,
  Vpc,
  VpcBlockPublicAccessOptions,
  VpcEndpoint,
} from '@aws-sdk/client-ec2';
import type { ImageDetail, PullThroughCacheRule, Repository } from '@aws-sdk/client-ecr';
import type {
  CapacityProvider,
  Cluster,
  ContainerInstance,
  Service,
  ServiceDeployment,
  ServiceRevision,
  Tag,
  Task,
  TaskDefinition,
} from '@aws-sdk/client-ecs';
import type {
  AccessPointDescription,
  FileSystemDescription,
  MountTargetDescription,
} from '@aws-sdk/client-efs';
import type {
  Listener,
  LoadBalancer,
  Rule,
  TargetGroup,
  TargetHealthDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { InstanceProfile, Role } from '@aws-sdk/client-iam';
import type { GrantListEntry, KeyMetadata } from '@aws-sdk/client-kms';
import type { HostedZoneSummary, VPC } from '@aws-sdk/client-route-53';
import type { DescribeSecretResponse } from '@aws-sdk/client-secrets-manager';
import type { ServiceQuota } from '@aws-sdk/client-service-quotas';
import type {
  Service as CloudMapService,
  HealthStatus,
  InstanceSummary,
  Namespace,
} from '@aws-sdk/client-servicediscovery';
import type { ParameterMetadata } from '@aws-sdk/client-ssm';
import type { SandboxPolicy } from './policy/document.ts';

/** One line of a log stream. */
export interface LogEvent {
  at: Date;
  message: string;
}

export interface LogStream {
  name: string;
  events: LogEvent[];
  /** Why there are no events, where there are none. */
  empty?: 'nothing-written' | 'expired';
  /** Of a time to come: each is written when its time has come, so that a log can be followed. */
  later?: LogEvent[];
}

export interface LogGroup {
  name: string;
  streams: LogStream[];
  createdAt?: Date;
  /** Absent: kept for ever. */
  retentionInDays?: number;
  kmsKeyId?: string;
  /** Absent: STANDARD. Of another class neither GetLogEvents nor FilterLogEvents can read. */
  logGroupClass?: 'STANDARD' | 'INFREQUENT_ACCESS' | 'DELIVERY';
  /**
   * How many events FilterLogEvents looks through in one call; absent: all of them. CloudWatch Logs may answer with
   * an empty page and a token before it has searched everything, and a small number shows that.
   */
  eventsPerSearch?: number;
  /** How often GetQueryResults says that a query over this group still runs; absent: once. */
  queryPolls?: number;
}

export interface MetricPoint {
  at: Date;
  value: number;
}

/**
 * One metric with its dimensions. These points answer for the statistic that it names, for all of them where it names
 * none; a period longer than a minute gets the highest of its points.
 */
export interface MetricSeries {
  namespace: string;
  name: string;
  dimensions: Record<string, string>;
  /** `Average`, `Maximum`, `SampleCount`. */
  statistic?: string;
  /** A function where there are many: hundreds of services have a million, of which a question looks at a handful. */
  points: MetricPoint[] | (() => MetricPoint[]);
}

/** A role with the policies that decide what it may do. */
export interface SandboxRole {
  /** Its trust policy as JSON; the endpoint encodes it as IAM does. */
  role: Role;
  policies: SandboxPolicy[];
  /** The policy that is its permissions boundary. */
  boundary?: SandboxPolicy;
  /** Actions that a service control policy refuses, stars and all. */
  organizationDenies?: string[];
}

/** A repository of ECR with what lies in it. */
export interface SandboxRepository {
  repository: Repository;
  /** Active unless told otherwise. */
  images: ImageDetail[];
  /** JSON; absent: it has none. */
  policy?: string;
  /** Of another account's: its policy lets the tool's role look; otherwise AWS refuses. */
  admitsReaders?: boolean;
  /** JSON text by digest. */
  manifests?: Record<string, string>;
  /** Configurations of images, by digest. */
  layers?: Record<string, string>;
}

/**
 * What one region of one account holds, in the shapes that the AWS API answers with: an operation of the
 * endpoint only looks up, filters and pages. A task that has expired is simply absent, as it is for ECS.
 */
export interface World {
  clusters: Cluster[];
  services: Service[];
  tasks: Task[];
  taskDefinitions: TaskDefinition[];
  /** By task definition ARN: ECS answers with them beside the definition. */
  taskDefinitionTags?: Record<string, Tag[]>;
  containerInstances: ContainerInstance[];
  serviceDeployments: ServiceDeployment[];
  serviceRevisions: ServiceRevision[];
  targetGroups: TargetGroup[];
  loadBalancers: LoadBalancer[];
  listeners?: Listener[];
  /** By listener ARN, the default rule left out: the endpoint makes it of the listener's default actions. */
  listenerRules?: Record<string, Rule[]>;
  /** By target group ARN. */
  targetHealth: Record<string, TargetHealthDescription[]>;
  /** By target group ARN: attributes that differ from what ELB sets by itself. */
  targetGroupAttributes?: Record<string, Record<string, string>>;
  /** By ARN of each task that is protected from scale-in: until when. */
  taskProtection?: Record<string, Date>;
  alarms?: MetricAlarm[];
  compositeAlarms?: CompositeAlarm[];
  alarmHistory?: AlarmHistoryItem[];
  logGroups: LogGroup[];
  subnets?: Subnet[];
  securityGroups?: SecurityGroup[];
  vpcs?: Vpc[];
  /** By VPC; both are on where nothing is said. */
  vpcAttributes?: Record<string, { enableDnsSupport?: boolean; enableDnsHostnames?: boolean }>;
  dhcpOptions?: DhcpOptions[];
  routeTables?: RouteTable[];
  networkAcls?: NetworkAcl[];
  vpcEndpoints?: VpcEndpoint[];
  natGateways?: NatGateway[];
  /** Private ones, of the account whatever the region, each with the VPCs that it is associated with. */
  hostedZones?: { zone: HostedZoneSummary; vpcs: VPC[] }[];
  prefixLists?: { list: ManagedPrefixList; cidrs: string[] }[];
  networkInterfaces?: NetworkInterface[];
  instances?: Instance[];
  /** Of the account in this region; absent: nothing is blocked. */
  publicAccessBlock?: VpcBlockPublicAccessOptions;
  /** By id of the Cloud Map service. */
  cloudMapInstances?: Record<string, InstanceSummary[]>;
  /** By id of the Cloud Map service, then of the instance; healthy where nothing is said. */
  cloudMapHealth?: Record<string, Record<string, HealthStatus>>;
  cloudMapServices?: CloudMapService[];
  cloudMapNamespaces?: Namespace[];
  instanceTypes?: InstanceTypeInfo[];
  capacityProviders?: CapacityProvider[];
  autoScalingGroups?: AutoScalingGroup[];
  /** Newest first, of all groups together. */
  scalingActivities?: Activity[];
  /** Of Application Auto Scaling: what scales a service's desired count. */
  scalableTargets?: ScalableTarget[];
  scalingPolicies?: ScalingPolicy[];
  serviceScalingActivities?: ScalingActivity[];
  serviceQuotas?: ServiceQuota[];
  /** What CloudTrail remembers of calls that changed something. */
  trailEvents?: Event[];
  metrics?: MetricSeries[];
  /** Of the account, whatever the region. */
  roles?: SandboxRole[];
  /** Of the account, whatever the region; their roles stand under `roles`, too. */
  instanceProfiles?: InstanceProfile[];
  /** ARNs of roles that task definitions name and that do not exist. */
  missingRoles?: string[];
  /** Secrets, parameters, log groups, file systems, access points and images that task definitions name and that do not exist, as they are named. */
  missing?: string[];
  /** What Secrets Manager tells of its secrets; the sandbox holds no value of any. */
  /** Of the account, whatever the region. */
  secrets?: DescribeSecretResponse[];
  /** JSON by ARN of the secret; absent: it has none. */
  secretPolicies?: Record<string, string>;
  parameters?: ParameterMetadata[];
  keys?: KeyMetadata[];
  /** ARN or id of the key by alias name, `alias/aws/secretsmanager`. */
  keyAliases?: Record<string, string>;
  /** JSON by ARN of the key; absent: the one that lets IAM policies of the account decide. */
  keyPolicies?: Record<string, string>;
  /** By the ARN of the key. */
  keyGrants?: Record<string, GrantListEntry[]>;
  fileSystems?: FileSystemDescription[];
  /** JSON by id of the file system; absent: it has none, and admits every client. */
  fileSystemPolicies?: Record<string, string>;
  mountTargets?: MountTargetDescription[];
  /** Ids by mount target. */
  mountTargetSecurityGroups?: Record<string, string[]>;
  accessPoints?: AccessPointDescription[];
  /** Other accounts' among them; each tells its registry. */
  repositories?: SandboxRepository[];
  pullThroughCacheRules?: PullThroughCacheRule[];
  /** What the account holds in other regions that it may be asked in. */
  otherRegions?: Record<string, Partial<World>>;
}

/** One account of the sandbox, reached by assuming its role. */
export interface Account {
  id: string;
  region: string;
  /** The role that the accounts file names; its trust policy asks for this external id. */
  role: {
    arn: string;
    /** Empty: the trust policy asks for none. */
    externalId: string;
    /** Whether the trust policy allows sts:SetSourceIdentity, without which AssumeRole with a source identity is refused; absent: it does. */
    allowsSourceIdentity?: boolean;
    /** The IAM actions that its policy allows; absent: every read. */
    allows?: readonly string[];
  };
  world: World;
}
