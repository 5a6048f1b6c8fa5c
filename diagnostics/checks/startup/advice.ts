import type { ContainerDefinition } from '@aws-sdk/client-ecs';
import type { FixNames } from '../../causes/cause.ts';
import { moreCpu } from '../../perf/advice.ts';
import type { Fix } from '../../report.ts';
import type { StartPhase } from '../../startup/phases.ts';
import { seconds, size } from '../../startup-words.ts';
import { listed, plural } from '../../words.ts';
import type { StartPicture } from './picture.ts';
import { readyAdvice } from './ready-advice.ts';

/** What to change about the phase that takes most, and what that would gain; never about the others. */
export function adviceFor(phase: StartPhase, picture: StartPicture, names: FixNames): Fix | undefined {
  switch (phase) {
    case 'provision':
      return provisionAdvice(picture);
    case 'pull':
      return pullAdvice(picture);
    case 'boot':
      return bootAdvice(picture, names);
    case 'ready':
      return readyAdvice(picture, names);
  }
}

function provisionAdvice({ definition, fargate, seconds: taken, starts }: StartPicture): Fix {
  const secrets = (definition?.containerDefinitions ?? []).flatMap((each) => each.secrets ?? []).length;
  const before = starts.before?.phases.provision?.median;
  const gain =
    before === undefined
      ? ''
      : ` It took ${seconds(before)} before, so up to ${seconds((taken.provision ?? 0) - before)} can be won back.`;
  const fetched =
    secrets > 0
      ? `Each start fetches ${plural(secrets, 'secret')}; one secret that holds them all as JSON is one call. `
      : '';
  const where = fargate
    ? 'Endpoints for Secrets Manager, SSM and ECR in the subnets spare the way over NAT.'
    : 'Where tasks wait for instances, a warm pool or a lower target capacity keeps some ready.';
  return { summary: `${fetched}${where}${gain}` };
}

/** What Fargate usually gets from ECR in the same region, with unpacking: a rule of thumb. Bytes a second. */
const usualRate = 30e6;
const slowRate = 10e6;
/** From where lazy loading is worth its while. Source: Amazon ECS Developer Guide, "Lazy loading container images using SOCI". */
const largeImage = 250e6;

function pullAdvice({ sizes, seconds: taken, fargate }: StartPicture): Fix {
  const pull = taken.pull ?? 0;
  const cached = fargate
    ? 'Fargate keeps no image between tasks, so that only size and way count'
    : 'On EC2 ECS_IMAGE_PULL_BEHAVIOR=prefer-cached uses what the instance has';
  if (!sizes || sizes.bytes === 0) return { summary: `${cached}.` };
  const rate = sizes.bytes / Math.max(1, pull);
  const whole = `${size(sizes.bytes)} at ${size(rate)} a second`;
  if (rate < slowRate && sizes.unknown.length === 0) {
    const quick = sizes.bytes / usualRate;
    return {
      summary: `${whole} is slow: check the way to ECR and S3 (a gateway endpoint for S3, interface endpoints for ECR, a NAT gateway at its limit, a task with little CPU to unpack). At the usual 30 MB a second the pull would take ${seconds(quick)}, ${seconds(pull - quick)} less.`,
    };
  }
  const lazy = fargate && sizes.bytes >= largeImage ? ' or let it load lazily with a SOCI index' : '';
  return {
    summary: `${whole}: make the image smaller (slim base, a build of several stages)${lazy}. Half of it would save about ${seconds(pull / 2)} of each start. ${cached}.`,
  };
}

function bootAdvice({ definition, fargate, seconds: taken }: StartPicture, names: FixNames): Fix | undefined {
  const boot = taken.boot ?? 0;
  const containers = definition?.containerDefinitions ?? [];
  const waits = containers.flatMap(waitsOf);
  const volumes = (definition?.volumes ?? []).filter(({ efsVolumeConfiguration }) => efsVolumeConfiguration);
  if (waits.length > 0)
    return {
      summary: `Containers wait for each other: ${listed(waits)}. What a HEALTHY condition waits for takes at least one interval of its check; a shorter interval there, or START where that is enough, is the gain.`,
    };
  if (volumes.length > 0)
    return {
      summary: `Mounting ${plural(volumes.length, 'EFS volume')} is part of it: check the mount target in the zone of the task. The rest is the process itself.`,
    };
  return moreCpu(
    { definition, fargate, names },
    `A start that is bound by CPU would save up to ${seconds(boot / 2)} with twice of it, one that waits for something nothing`,
  );
}

function waitsOf({ name, dependsOn = [] }: ContainerDefinition): string[] {
  return dependsOn
    .filter(({ condition }) => condition !== 'START')
    .map(({ containerName, condition }) => `${name} for ${containerName} (${condition})`);
}
