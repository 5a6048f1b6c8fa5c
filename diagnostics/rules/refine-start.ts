import { answer, type Explanation } from './explanation.ts';
import { numberIn, numberLike, type Seen, textIn } from './seen.ts';

const registryAccount = /(?<account>\d{12})\.dkr[.-]ecr/;

/** An image of another account needs that account's consent; IAM alone cannot give it. */
export function refineImagePermission(seen: Seen, found: Explanation): Explanation {
  const owner =
    registryAccount.exec(seen.reading.text)?.groups?.account ??
    registryAccount.exec(textIn(seen.context, 'taskDefinitionImage') ?? '')?.groups?.account;
  const { taskAccount } = seen.context;
  if (owner === undefined || !taskAccount || owner === taskAccount) {
    if (taskAccount && owner === taskAccount)
      return { ...found, also: (found.also ?? []).filter((id) => id !== 'image-ecr-repo-policy') };
    return found;
  }
  return answer('image-ecr-repo-policy', {
    names: found.names,
    status: 'likely',
    why: `${found.why} The image belongs to account ${owner}, the task to ${taskAccount}.`,
    decide: 'aws ecr get-repository-policy --repository-name REPOSITORY in the account that owns the image',
    also: ['image-ecr-permission'],
  });
}

/** ECS resolves a tag once per deployment; a digest that is asked for and gone was deleted since. */
export function refineImageNotFound(seen: Seen, found: Explanation): Explanation {
  const told = [seen.reading.text, ...seen.containers.map(({ reason }) => reason ?? '')];
  const byDigest = told.some((text) => /@sha256:/.test(text));
  const running = numberIn(seen.context, 'sameDeploymentRunningTasks') ?? 0;
  const image = textIn(seen.context, 'taskDefinitionImage');
  const definedByTag = image !== undefined && !image.includes('@sha256:');
  const settled = seen.context.deploymentStatus === 'COMPLETED' || seen.context.rolloutState === 'COMPLETED';
  if (!byDigest || (!definedByTag && running === 0 && !settled)) return found;
  return answer('image-version-vanished', {
    names: { ...found.names, ...(image === undefined ? {} : { image }) },
    status: running > 0 || definedByTag ? 'confirmed' : 'likely',
    why: definedByTag
      ? `The task definition names ${image}, the pull asked for a digest: ECS had pinned it, and it is gone.`
      : 'The same deployment has run from this digest before, and it is gone.',
    also: [found.cause],
  });
}

/** On an instance the disk belongs to the host; on Fargate to the task definition. */
export function refineImageDisk(seen: Seen, found: Explanation): Explanation {
  return seen.context.launchType === 'EC2' ? { ...found, owner: 'capacity' } : found;
}

const interfaces: readonly (readonly [RegExp, number])[] = [
  [/\.(?:nano|micro)$/, 2],
  [/\.(?:small|medium|large)$/, 3],
  [/\.(?:xlarge|2xlarge)$/, 4],
  [/\.(?:3xlarge|4xlarge|6xlarge|8xlarge|9xlarge|10xlarge|12xlarge)$/, 8],
  [/\.(?:16xlarge|18xlarge|24xlarge|32xlarge|48xlarge|metal)$/, 15],
];

/** Without trunking each awsvpc task takes one of the instance's interfaces, and the instance keeps one for itself. */
export function refineEniTimeout(seen: Seen, found: Explanation): Explanation {
  const type = textIn(seen.context, 'instanceType');
  const tasks = numberLike(seen.context, /^awsvpc ?tasks/i);
  const limit = type === undefined ? undefined : interfaces.find(([size]) => size.test(type))?.[1];
  if (limit === undefined || tasks === undefined || tasks < limit - 1) return found;
  return answer('eni-attach-failed', {
    names: { ...found.names, ...(type === undefined ? {} : { name: type }) },
    status: 'likely',
    why: `${type} has ${limit} network interfaces, one is its own, and ${tasks} awsvpc tasks fill the rest.`,
    decide:
      'aws ec2 describe-instance-types --instance-types TYPE --query "InstanceTypes[].NetworkInfo.MaximumNetworkInterfaces"',
    also: [found.cause],
  });
}

/** A private DNS name of a new endpoint needs a minute or two before it resolves everywhere. */
export function refineUnreachable(seen: Seen, found: Explanation): Explanation {
  const note = textIn(seen.context, 'note') ?? '';
  return /endpoint .{0,60}(?:became|was|created|available)/i.test(note)
    ? { ...found, severity: 'warn' }
    : found;
}

/** A pull that was cut short says nothing about the registry when somebody stopped the task. */
export function refineCancelledPull(seen: Seen, found: Explanation): Explanation {
  if (!/context cancell?ed/i.test(seen.reading.text)) return found;
  if (seen.context.stopCode !== 'ServiceSchedulerInitiated' && seen.context.stopCode !== 'UserInitiated')
    return found;
  return answer('task-cancelled-before-pull', {
    names: found.names,
    why: `stopCode is ${seen.context.stopCode}: the stop cut the pull short.`,
  });
}

/** A file that is not there, or may not be named so, is no matter of rights. */
export function refineEnvFile(seen: Seen, found: Explanation): Explanation {
  return /nosuchkey|nosuchbucket|does not exist|not found|escapes|invalid path/i.test(seen.reading.text)
    ? { ...found, owner: 'task-definition' }
    : found;
}

/** The router's file in S3 is read with the execution role. */
export function refineFirelens(seen: Seen, found: Explanation): Explanation {
  return /access ?denied|not authorized|forbidden/i.test(seen.reading.text)
    ? { ...found, owner: 'execution-role' }
    : found;
}

/** A volume that came late may come in time at the next try. */
export function refineEbs(seen: Seen, found: Explanation): Explanation {
  return /time ?d? ?out/i.test(seen.reading.text) ? { ...found, severity: 'warn' } : found;
}
