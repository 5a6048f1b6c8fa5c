import type { ErrorDialect } from './errors.ts';
import { applicationScalingOperations } from './operations/application-scaling.ts';
import { autoScalingOperations } from './operations/auto-scaling.ts';
import { trailOperations } from './operations/cloudtrail.ts';
import { alarmOperations } from './operations/cloudwatch-alarms.ts';
import { metricOperations } from './operations/cloudwatch-metrics.ts';
import { ec2GatewayOperations } from './operations/ec2-gateways.ts';
import { ec2HostOperations } from './operations/ec2-hosts.ts';
import { ec2NetworkOperations } from './operations/ec2-network.ts';
import { ec2RouteOperations } from './operations/ec2-routes.ts';
import { ec2VpcOperations } from './operations/ec2-vpcs.ts';
import { ecrOperations } from './operations/ecr.ts';
import { capacityProviderOperations } from './operations/ecs-capacity-providers.ts';
import { clusterOperations } from './operations/ecs-clusters.ts';
import { containerInstanceOperations } from './operations/ecs-container-instances.ts';
import { deploymentOperations } from './operations/ecs-deployments.ts';
import { serviceOperations } from './operations/ecs-services.ts';
import { taskDefinitionOperations } from './operations/ecs-task-definitions.ts';
import { taskProtectionOperations } from './operations/ecs-task-protection.ts';
import { taskOperations } from './operations/ecs-tasks.ts';
import { fileSystemOperations } from './operations/efs.ts';
import { elbOperations } from './operations/elb.ts';
import { listenerOperations } from './operations/elb-listeners.ts';
import { iamOperations } from './operations/iam.ts';
import { kmsOperations } from './operations/kms.ts';
import { logEventOperations } from './operations/logs-events.ts';
import { logGroupOperations } from './operations/logs-groups.ts';
import { logQueryOperations } from './operations/logs-queries.ts';
import type { Operation } from './operations/operation.ts';
import { hostedZoneOperations } from './operations/route-53.ts';
import { secretOperations } from './operations/secrets-manager.ts';
import { discoveryOperations } from './operations/service-discovery.ts';
import { serviceQuotaOperations } from './operations/service-quotas.ts';
import { parameterOperations } from './operations/ssm.ts';
import { stsOperations } from './operations/sts.ts';
import type { OperationSchema } from './wire/wire.ts';

/** A service that the endpoint speaks. To add one: this entry, and its operations. */
export interface ServiceDefinition {
  /** The prefix of its IAM actions. */
  prefix: string;
  /** What its errors look like; services of the JSON and CBOR protocols share one form. */
  dialect: ErrorDialect;
  /** Only the XML protocols have one. */
  xmlNamespace: string;
  /** `region`: one world per account and region; `global`: one per account; `none`: about credentials alone. */
  scope: 'region' | 'global' | 'none';
  operations: Record<string, Operation>;
  /** The client package, whose schemas put the service's shapes on the wire; loaded on the first request. */
  load(): Promise<object>;
}

/** By signing name, which every signed request carries. */
export const services: Record<string, ServiceDefinition> = {
  ecs: {
    prefix: 'ecs',
    dialect: 'json',
    xmlNamespace: '',
    scope: 'region',
    operations: {
      ...clusterOperations,
      ...serviceOperations,
      ...taskOperations,
      ...taskProtectionOperations,
      ...taskDefinitionOperations,
      ...deploymentOperations,
      ...containerInstanceOperations,
      ...capacityProviderOperations,
    },
    load: () => import('@aws-sdk/client-ecs'),
  },
  logs: {
    prefix: 'logs',
    dialect: 'json',
    xmlNamespace: '',
    scope: 'region',
    operations: { ...logEventOperations, ...logGroupOperations, ...logQueryOperations },
    load: () => import('@aws-sdk/client-cloudwatch-logs'),
  },
  elasticloadbalancing: {
    prefix: 'elasticloadbalancing',
    dialect: 'query',
    xmlNamespace: 'http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/',
    scope: 'region',
    operations: { ...elbOperations, ...listenerOperations },
    load: () => import('@aws-sdk/client-elastic-load-balancing-v2'),
  },
  // CloudWatch signs as `monitoring` and goes by `cloudwatch` in IAM.
  monitoring: {
    prefix: 'cloudwatch',
    dialect: 'json',
    xmlNamespace: '',
    scope: 'region',
    operations: { ...alarmOperations, ...metricOperations },
    load: () => import('@aws-sdk/client-cloudwatch'),
  },
  ec2: {
    prefix: 'ec2',
    dialect: 'ec2',
    xmlNamespace: 'http://ec2.amazonaws.com/doc/2016-11-15/',
    scope: 'region',
    operations: {
      ...ec2NetworkOperations,
      ...ec2RouteOperations,
      ...ec2GatewayOperations,
      ...ec2VpcOperations,
      ...ec2HostOperations,
    },
    load: () => import('@aws-sdk/client-ec2'),
  },
  autoscaling: {
    prefix: 'autoscaling',
    dialect: 'query',
    xmlNamespace: 'http://autoscaling.amazonaws.com/doc/2011-01-01/',
    scope: 'region',
    operations: autoScalingOperations,
    load: () => import('@aws-sdk/client-auto-scaling'),
  },
  'application-autoscaling': {
    prefix: 'application-autoscaling',
    dialect: 'json',
    xmlNamespace: '',
    scope: 'region',
    operations: applicationScalingOperations,
    load: () => import('@aws-sdk/client-application-auto-scaling'),
  },
  servicequotas: {
    prefix: 'servicequotas',
    dialect: 'json',
    xmlNamespace: '',
    scope: 'region',
    operations: serviceQuotaOperations,
    load: () => import('@aws-sdk/client-service-quotas'),
  },
  iam: {
    prefix: 'iam',
    dialect: 'query',
    xmlNamespace: 'https://iam.amazonaws.com/doc/2010-05-08/',
    scope: 'global',
    operations: iamOperations,
    load: () => import('@aws-sdk/client-iam'),
  },
  ecr: {
    prefix: 'ecr',
    dialect: 'json',
    xmlNamespace: '',
    scope: 'region',
    operations: ecrOperations,
    load: () => import('@aws-sdk/client-ecr'),
  },
  secretsmanager: {
    prefix: 'secretsmanager',
    dialect: 'json',
    xmlNamespace: '',
    scope: 'region',
    operations: secretOperations,
    load: () => import('@aws-sdk/client-secrets-manager'),
  },
  ssm: {
    prefix: 'ssm',
    dialect: 'json',
    xmlNamespace: '',
    scope: 'region',
    operations: parameterOperations,
    load: () => import('@aws-sdk/client-ssm'),
  },
  kms: {
    prefix: 'kms',
    dialect: 'json',
    xmlNamespace: '',
    scope: 'region',
    operations: kmsOperations,
    load: () => import('@aws-sdk/client-kms'),
  },
  elasticfilesystem: {
    prefix: 'elasticfilesystem',
    dialect: 'rest',
    xmlNamespace: '',
    scope: 'region',
    operations: fileSystemOperations,
    load: () => import('@aws-sdk/client-efs'),
  },
  servicediscovery: {
    prefix: 'servicediscovery',
    dialect: 'json',
    xmlNamespace: '',
    scope: 'region',
    operations: discoveryOperations,
    load: () => import('@aws-sdk/client-servicediscovery'),
  },
  route53: {
    prefix: 'route53',
    dialect: 'rest-xml',
    xmlNamespace: 'https://route53.amazonaws.com/doc/2013-04-01/',
    scope: 'global',
    operations: hostedZoneOperations,
    load: () => import('@aws-sdk/client-route-53'),
  },
  cloudtrail: {
    prefix: 'cloudtrail',
    dialect: 'json',
    xmlNamespace: '',
    scope: 'region',
    operations: trailOperations,
    load: () => import('@aws-sdk/client-cloudtrail'),
  },
  sts: {
    prefix: 'sts',
    dialect: 'query',
    xmlNamespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
    scope: 'none',
    operations: stsOperations,
    load: () => import('@aws-sdk/client-sts'),
  },
};

/** The IAM action of every operation that the endpoint has. */
export function actions(): string[] {
  return Object.values(services).flatMap((service) =>
    Object.keys(service.operations).map((operation) => `${service.prefix}:${operation}`),
  );
}

export type Schemas = Record<string, unknown>;

const loaded = new Map<ServiceDefinition, Promise<Schemas>>();

/** The schemas that the service's client package exports, under names that end in `$`. */
export function schemasOf(service: ServiceDefinition): Promise<Schemas> {
  const schemas = loaded.get(service) ?? service.load().then((module): Schemas => ({ ...module }));
  loaded.set(service, schemas);
  return schemas;
}

/** The schema of an operation; undefined when the service has no such operation. */
export function operationSchema(schemas: Schemas, operation: string): OperationSchema | undefined {
  const schema = schemas[`${operation}$`];
  const isOperation = Array.isArray(schema) && schema[0] === 9;
  return isOperation ? (schema as unknown as OperationSchema) : undefined;
}
