import { deployed } from '../build/deployed.ts';
import { instanceOf, onInstances } from '../build/ec2.ts';
import { ecrImage } from '../build/names.ts';
import { launched } from '../build/release.ts';
import { serviceWorld } from '../build/service.ts';
import { pendingTask } from '../build/task.ts';
import { after, before, days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** ECS has placed the task on an instance whose agent has gone away before it could take it. */
export const meterAgentAway: Incident = {
  name: 'meter-agent-away',
  title: 'a task of meter was placed on an instance whose agent is disconnected',
  environment: 'staging',
  ask: 'why-pending meter staging',
  expected: { state: 'problem', cause: 'capacity-agent-disconnected', status: 'confirmed' },
  world(now, place) {
    const ago = before(now);
    const live = deployed(place, now, 'meter', {
      revision: 3,
      ago: days(30),
      containers: [{ name: 'app', image: ecrImage(place, 'meter', '0.3.0'), memory: 512 }],
    });
    const well = instanceOf(place, 'meter', { number: 0, registeredAt: ago(days(31)) });
    const away = instanceOf(place, 'meter', { number: 1, registeredAt: ago(days(31)), connected: false });
    const world = serviceWorld(place, now, {
      desired: 2,
      createdAt: ago(days(99)),
      releases: [live],
      tasks: [launched(live, 0, after(live.startedAt, 2)), pendingTask(launched(live, 4, ago(7)))],
      quietUntil: ago(8),
    });
    const told = onInstances(world, [well, away]);
    return {
      ...told,
      tasks: told.tasks?.map((task) =>
        task.lastStatus === 'PENDING'
          ? { ...task, connectivity: undefined, connectivityAt: undefined }
          : task,
      ),
    };
  },
};
