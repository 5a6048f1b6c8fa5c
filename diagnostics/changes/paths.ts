import type { RevisionChange } from '../revision-change.ts';

/** Where evidence shows a change, so that the change that explains a failure is known among all. */
export function pathOf({ container, field, name }: RevisionChange): string {
  const place = container === undefined ? '' : `containerDefinitions[${container}].`;
  return `${place}${field}${name === undefined ? '' : `[${name}]`}`;
}

export function digestField(container: string): string {
  return `containers[${container}].imageDigest`;
}

/** The AMI of an instance, or the version of its agent. */
export function hostField(trait: 'AMI' | 'agent'): string {
  return trait === 'AMI'
    ? 'containerInstances[].attributes[ecs.ami-id]'
    : 'containerInstances[].versionInfo.agentVersion';
}

export const secretField = 'LastChangedDate';
export const parameterField = 'Parameters[].LastModifiedDate';
export const securityGroupsField = 'networkConfiguration.awsvpcConfiguration.securityGroups';
