import type { ContainerDefinition, TaskDefinition } from '@aws-sdk/client-ecs';
import type { Place } from '../incident.ts';
import { ecsArn, roleArn } from './names.ts';

/** A container as its author would describe it; what ECS fills in is filled in. */
export interface ContainerStory
  extends Omit<ContainerDefinition, 'environment' | 'secrets' | 'portMappings'> {
  name: string;
  image: string;
  port?: number;
  environment?: Record<string, string>;
  /** Names of variables with what they are taken from. */
  secrets?: Record<string, string>;
}

interface RevisionStory {
  family: string;
  revision: number;
  registeredAt: Date;
  cpu?: string;
  memory?: string;
  architecture?: 'X86_64' | 'ARM64';
  containers: ContainerStory[];
}

/** A revision for Fargate whose containers log with awslogs to the group /ecs/FAMILY. */
export function taskDefinition(place: Place, story: RevisionStory): TaskDefinition {
  const { family, revision, registeredAt, cpu = '512', memory = '2048', architecture = 'X86_64' } = story;
  return {
    taskDefinitionArn: ecsArn(place, `task-definition/${family}:${revision}`),
    containerDefinitions: story.containers.map((container) => containerDefinition(place, family, container)),
    family,
    taskRoleArn: roleArn(place, `${family}-task`),
    executionRoleArn: roleArn(place, `${family}-execution`),
    networkMode: 'awsvpc',
    revision,
    volumes: [],
    status: 'ACTIVE',
    requiresAttributes: [
      { name: 'com.amazonaws.ecs.capability.logging-driver.awslogs' },
      { name: 'ecs.capability.execution-role-awslogs' },
      { name: 'com.amazonaws.ecs.capability.ecr-auth' },
      { name: 'com.amazonaws.ecs.capability.task-iam-role' },
      { name: 'ecs.capability.task-eni' },
    ],
    placementConstraints: [],
    compatibilities: ['EC2', 'FARGATE'],
    runtimePlatform: { cpuArchitecture: architecture, operatingSystemFamily: 'LINUX' },
    requiresCompatibilities: ['FARGATE'],
    cpu,
    memory,
    registeredAt,
    registeredBy: `arn:aws:sts::${place.account}:assumed-role/deploy/github-actions`,
  };
}

function containerDefinition(place: Place, family: string, story: ContainerStory): ContainerDefinition {
  const { port, environment = {}, secrets, ...rest } = story;
  const awslogs: ContainerDefinition['logConfiguration'] = {
    logDriver: 'awslogs',
    options: {
      'awslogs-group': logGroupOf(family),
      'awslogs-region': place.region,
      'awslogs-stream-prefix': 'ecs',
    },
    secretOptions: [],
  };
  return {
    cpu: 0,
    essential: true,
    mountPoints: [],
    volumesFrom: [],
    systemControls: [],
    ...rest,
    portMappings:
      port === undefined
        ? []
        : [{ containerPort: port, hostPort: port, protocol: 'tcp', name: `${story.name}-${port}` }],
    environment: Object.entries(environment).map(([name, value]) => ({ name, value })),
    secrets: secrets && Object.entries(secrets).map(([name, valueFrom]) => ({ name, valueFrom })),
    // Told as undefined, there is none.
    logConfiguration: 'logConfiguration' in story ? story.logConfiguration : awslogs,
  };
}

export function logGroupOf(family: string): string {
  return `/ecs/${family}`;
}
