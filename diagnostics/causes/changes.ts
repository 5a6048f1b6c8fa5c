import type { Cause, FixNames } from './cause.ts';
import { cause } from './define.ts';
import { drain, forceDeployment, goBack, inContainer, revise, updateService } from './fixes.ts';

/** Group 19: the one change between what ran and what fails that explains the failure. */
export const changeCauses: readonly Cause[] = [
  cause('variable-removed', 'a variable was removed', {
    stage: 8,
    owner: 'task-definition',
    meaning:
      'The failing revision no longer sets a variable or secret that the container asks for as it ends.',
    confirm:
      'The log names the variable, and ecs:DescribeTaskDefinition has it in the revision that ran and not in the one that fails.',
    next: ['revision-change'],
    fix: (n) => ({
      summary: `Set ${n.name ?? 'the variable'} again in ${n.container ?? 'the container'} and deploy; until then go back to ${lastGood(n)}.`,
      terraform: `# container_definitions of ${n.family ?? 'FAMILY'}: ${n.container ?? 'CONTAINER'}\nenvironment = [{ name = "${n.name ?? 'NAME'}", value = "VALUE" }]`,
      cli: goBack(n),
    }),
  }),
  cause('variable-changed', 'a variable was changed', {
    stage: 8,
    owner: 'task-definition',
    meaning: 'The failing revision gives another value to a variable that the container names as it ends.',
    confirm:
      'The log names the variable, and its value differs between the two revisions; the values themselves are never shown.',
    next: ['revision-change'],
    fix: (n) => ({
      summary: `Compare the value of ${n.name ?? 'the variable'} in ${n.revision ?? 'the failing revision'} with that in ${lastGood(n)}; going back to it restores the old one.`,
      cli: goBack(n),
    }),
  }),
  cause('memory-lowered', 'its memory was lowered', {
    stage: 8,
    owner: 'task-definition',
    meaning:
      'The failing revision has less memory than the one that ran, and the kernel kills what no longer fits.',
    confirm:
      'memory in ecs:DescribeTaskDefinition of both revisions, while the tasks of the newer one end out of memory.',
    next: ['revision-change'],
    fix: (n) => ({
      summary: `Give ${n.container ?? 'the container'} ${n.memory ? `${n.memory} MiB` : 'its memory'} again, or go back to ${lastGood(n)}.`,
      terraform: `# container_definitions of ${n.family ?? 'FAMILY'}: ${n.container ?? 'CONTAINER'}\nmemory = ${n.memory ?? 'MEMORY_MIB'} # MiB, as before`,
      cli: revise(n, `${inContainer(n)}.memory = ${n.memory ?? 'MEMORY_MIB'}`),
    }),
  }),
  cause('image-changed', 'its image was changed', {
    stage: 8,
    owner: 'image',
    meaning: 'Between the revision that ran and the one that fails, the image is all that differs.',
    confirm: 'image in ecs:DescribeTaskDefinition of both revisions, and nothing else in their diff.',
    next: ['revision-change', 'image'],
    fix: (n) => ({
      summary: `Go back to ${lastGood(n)}, which runs, and repair the new image${n.image ? ` ${n.image}` : ''}.`,
      cli: goBack(n),
    }),
  }),
  cause('image-tag-moved', 'its image tag means another image now', {
    stage: 8,
    owner: 'image',
    meaning:
      'The tasks that run and those that fail were started from one tag and hold different digests: somebody pushed over it.',
    confirm:
      'containers[].imageDigest in ecs:DescribeTasks of running and failed tasks, with the same image.',
    next: ['image'],
    fix: (n) => ({
      summary: `Push the old image under a tag of its own and deploy that, or pin its digest${n.resource ? ` ${n.resource}` : ''}; make the tags of the repository immutable.`,
      terraform: `resource "aws_ecr_repository" "${n.repository ?? 'REPOSITORY'}" {\n  image_tag_mutability = "IMMUTABLE"\n}`,
      ...(n.image &&
        n.resource && { cli: revise(n, `${inContainer(n)}.image = "${n.image}@${n.resource}"`) }),
    }),
  }),
  cause('command-changed', 'its command was changed', {
    stage: 8,
    owner: 'task-definition',
    meaning: 'The failing revision starts its container with another command or entry point.',
    confirm: 'command and entryPoint in ecs:DescribeTaskDefinition of both revisions.',
    next: ['revision-change'],
    fix: (n) => ({
      summary: `Take back the change of the command, or go back to ${lastGood(n)}.`,
      cli: goBack(n),
    }),
  }),
  cause('health-check-changed', 'its health check was changed', {
    stage: 8,
    owner: 'task-definition',
    meaning:
      'The failing revision checks its container in another way than the one whose tasks were healthy.',
    confirm: 'healthCheck in ecs:DescribeTaskDefinition of both revisions.',
    next: ['revision-change', 'health'],
    fix: (n) => ({
      summary: `Take back the change of the health check, or go back to ${lastGood(n)}.`,
      cli: goBack(n),
    }),
  }),
  cause('role-changed', 'its role was changed', {
    stage: 8,
    owner: 'task-definition',
    meaning:
      'The failing revision uses another role than the one that ran, and is refused what that one was allowed.',
    confirm: 'executionRoleArn and taskRoleArn in ecs:DescribeTaskDefinition of both revisions.',
    next: ['revision-change', 'iam'],
    fix: (n) => ({
      summary: `Give the new role what the old one may, or go back to ${lastGood(n)}.`,
      cli: goBack(n),
    }),
  }),
  cause('secret-rotated', 'a secret was changed', {
    stage: 8,
    owner: 'operator',
    meaning:
      'The secret or parameter was changed after the tasks that run had read it; those started since get the new value and are refused with it.',
    confirm:
      'LastChangedDate in secretsmanager:DescribeSecret, or LastModifiedDate in ssm:DescribeParameters, lies between the start of the running tasks and that of the failing ones, whose log tells of a refused login.',
    next: ['iam'],
    fix: (n) => ({
      summary: `Bring ${n.resource ?? 'the secret'} and the system that it opens to the same value, then deploy once more; tasks read a secret only as they start, so those that run hold the old one.`,
      cli: forceDeployment(n),
    }),
  }),
  cause('instances-changed', 'its instances were changed', {
    stage: 8,
    owner: 'operator',
    meaning:
      'The same revision runs on some instances and fails on others, which have another AMI or another version of the agent.',
    confirm:
      'ecs.ami-id and agentVersion in ecs:DescribeContainerInstances differ between the instances of the tasks that run and of those that fail, and no instance has both.',
    fix: (n) => ({
      summary: `Drain ${n.resource ?? 'the new instances'} and start instances of the AMI that runs, until what the new one lacks is known: files and drivers of the host, the kernel, cgroup v2.`,
      cli: drain(n),
    }),
  }),
  cause('security-groups-changed', 'its security groups were changed', {
    stage: 8,
    owner: 'service-config',
    meaning:
      'The failing deployment gives its tasks other security groups than the one whose tasks reach everything.',
    confirm:
      'networkConfiguration in ecs:DescribeServiceRevisions of both deployments, while the new tasks cannot connect.',
    next: ['network'],
    fix: (n) => ({
      summary: `Give the service its security groups back${n.resource ? ` (${n.resource})` : ''}, or let the other side admit the new ones.`,
      cli: updateService(
        n,
        `--network-configuration 'awsvpcConfiguration={subnets=[SUBNET_IDS],securityGroups=[${n.resource ?? 'SECURITY_GROUP_IDS'}]}'`,
      ),
    }),
  }),
];

const ids = new Set(changeCauses.map(({ id }) => id));

/** Whether a cause says that something was changed. */
export function isChange(id: string): boolean {
  return ids.has(id);
}

function lastGood(n: FixNames): string {
  return n.lastGoodRevision ?? 'the revision that ran';
}
