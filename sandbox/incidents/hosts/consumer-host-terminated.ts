import { instanceOf, onInstances } from '../build/ec2.ts';
import { hostGone } from '../build/host-gone.ts';
import { ecrImage } from '../build/names.ts';
import { before, days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** The group scaled in under a running task. The new one has only just been placed. */
export const consumerHostTerminated: Incident = {
  name: 'consumer-host-terminated',
  title: 'the instance under a task of consumer was terminated; the next one is still starting',
  environment: 'prod',
  ask: 'why-stopped consumer prod',
  expected: { state: 'problem', cause: 'host-terminated', status: 'confirmed' },
  world(now, place) {
    const instance = (number: number) =>
      instanceOf(place, 'consumer', { number, registeredAt: before(now)(days(6)) });
    const left = instance(0);
    const gone = instance(1);
    const world = onInstances(
      hostGone(place, now, {
        service: 'consumer',
        live: {
          revision: 58,
          ago: days(5),
          containers: [{ name: 'app', image: ecrImage(place, 'consumer', '9.3.0'), memory: 512 }],
        },
        desired: 2,
        stopCode: 'TerminationNotice',
        stoppedReason: `Host EC2 (instance ${gone.ec2InstanceId}) terminated.`,
        ago: 1.2,
        replaced: 'pending',
      }),
      [left],
    );
    // The task keeps the ARN of an instance that is still listed, as INACTIVE, for about an hour.
    const { containerInstanceArn } = gone;
    return {
      ...world,
      tasks: world.tasks?.map((task) => (task.stopCode ? { ...task, containerInstanceArn } : task)),
      containerInstances: [
        ...(world.containerInstances ?? []),
        { ...gone, status: 'INACTIVE', agentConnected: false },
      ],
    };
  },
};
