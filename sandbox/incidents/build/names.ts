import type { Task } from '@aws-sdk/client-ecs';
import type { Place } from '../incident.ts';

export function ecsArn({ region, account }: Place, path: string): string {
  return `arn:aws:ecs:${region}:${account}:${path}`;
}

export function clusterArn(place: Place): string {
  return ecsArn(place, `cluster/${place.cluster}`);
}

export function serviceArn(place: Place, service: string): string {
  return ecsArn(place, `service/${place.cluster}/${service}`);
}

export function roleArn({ account }: Place, role: string): string {
  return `arn:aws:iam::${account}:role/${role}`;
}

/** An image in the account's own ECR. */
export function ecrImage({ account, region }: Place, repository: string, tag: string): string {
  return `${account}.dkr.ecr.${region}.amazonaws.com/${repository}:${tag}`;
}

export function secretArn({ region, account }: Place, name: string, suffix: string): string {
  return `arn:aws:secretsmanager:${region}:${account}:secret:${name}-${suffix}`;
}

/** The id at the end of a task's ARN. */
export function idOf(task: Task): string {
  return task.taskArn?.split('/').at(-1) ?? '';
}
