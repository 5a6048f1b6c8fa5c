import type { ContainerInstance, Task } from '@aws-sdk/client-ecs';
import { hostTraits, under } from '../../changes/host-traits.ts';
import { hostField } from '../../changes/paths.ts';
import { tellsOfLogin } from '../../changes/telling.ts';
import { findingOf, namesFor } from '../../findings.ts';
import type { Evidence, Finding } from '../../report.ts';
import { answer } from '../../rules/explanation.ts';
import { idOf, listed } from '../../words.ts';
import { effect, type Failing, failureEvidence } from './failing.ts';

/** What files, drivers, kernel, agent or architecture of an instance can bring about; an image, a secret or a load balancer fails everywhere. */
const ofTheHost =
  /^(?:app-(?!dependency)|exit-|entrypoint-|oom-|sigkill-|container-(?:health|start|stop)|device-|gpu-|docker-|runtime-|pause-image-|host-disk-|gmsa-|log-driver-|volume-create-|efs-|image-(?:arch|os)-mismatch|image-disk-full|create-stuck)/;

/** A revision runs on some instances and fails on others, which have another AMI or another agent. */
export function changedHosts(failing: Failing): Finding | undefined {
  const { group, line, clues, context } = failing;
  if (!clues.instances?.ok || !ofTheHost.test(group.cause.cause) || tellsOfLogin(line)) return undefined;
  const known = clues.instances.value;
  const failed = group.stops.map(({ task }) => task);
  const running = clues.tasks.running.filter(
    ({ lastStatus, taskDefinitionArn }) =>
      lastStatus === 'RUNNING' && taskDefinitionArn === failed[0]?.taskDefinitionArn,
  );
  const [trait, ...others] = hostTraits(known, { running, failed });
  // A task that failed where others run shows that the instance is not what decides.
  const shared = under(known, failed).some((instance) => under(known, running).includes(instance));
  if (!trait || shared || !tells(known, { running, failed })) return undefined;
  const all = [trait, ...others];
  const what = listed(all.map(({ name, is }) => `${name} ${listed(is)}`));
  const { target } = context;
  const instance = trait.bad.ec2InstanceId ?? idOf(trait.bad.containerInstanceArn);
  const evidence = all.map(
    ({ name, was, is, bad }): Evidence => ({
      api: 'ecs:DescribeContainerInstances',
      field: hostField(name),
      value: `${listed(was)} where tasks run, ${listed(is)} where they fail`,
      ...(bad.registeredAt && { at: bad.registeredAt.toISOString() }),
      cli: `aws ecs describe-container-instances --cluster ${target.cluster} --container-instances ${idOf(bad.containerInstanceArn)} --region ${target.region}`,
    }),
  );
  return {
    ...findingOf(
      answer('instances-changed', {
        status: 'likely',
        why: 'the instances of the tasks that run and of those that fail',
        decide: `a start of the same task on an instance of ${listed(trait.was)}: if it runs there, the instance is the reason`,
      }),
      {
        ...namesFor(target, { ...(clues.service && { service: clues.service }) }),
        resource: instance,
        containerInstance: idOf(trait.bad.containerInstanceArn),
      },
      {
        subject: trait.bad.containerInstanceArn,
        summary: `${instance} has ${what}; the same revision runs on ${listed(all.map(({ name, was }) => `${name} ${listed(was)}`))}, and ${effect(group, context)} here.`,
        reasonOf: [group.cause.cause],
        evidence: [...evidence, ...failureEvidence(failing)],
        next: ['changes'],
      },
    ),
    title: `the instances have ${what}`,
  };
}

/**
 * Whether the instances can be what decides. Tasks that have run since before the failures show nothing of what starts
 * now, unless the instances under the failures came after them, or others started elsewhere meanwhile. Of an instance
 * that is gone nothing is known.
 */
function tells(
  known: readonly ContainerInstance[],
  { running, failed }: { running: readonly Task[]; failed: readonly Task[] },
): boolean {
  const found = failed.map((task) => under(known, [task])[0]);
  const starts = running.map(began);
  const isControlled = starts.some((time) => time > Math.min(...failed.map(began)));
  const isNewer = found.every((host) => (host?.registeredAt?.getTime() ?? 0) > Math.max(...starts));
  return !found.includes(undefined) && (isControlled || isNewer);
}

function began({ createdAt, startedAt }: Task): number {
  return (createdAt ?? startedAt)?.getTime() ?? 0;
}
