import { deployed } from '../build/deployed.ts';
import { mergeWorlds } from '../build/merge.ts';
import { ecrImage } from '../build/names.ts';
import { launched } from '../build/release.ts';
import { serviceWorld } from '../build/service.ts';
import { exited } from '../build/stop.ts';
import { after, before, days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** The memory was lowered, and the tasks of the revision before died of the same: the change did not begin it. */
export const surveyFailedBefore: Incident = {
  name: 'survey-failed-before',
  title: 'survey was out of memory before survey:41 lowered it, and still is',
  environment: 'staging',
  ask: 'why-stopped survey staging',
  expected: { state: 'problem', cause: 'oom-container', status: 'confirmed' },
  world(now, place) {
    const ago = before(now);
    const container = (memory: number) => ({
      name: 'app',
      image: ecrImage(place, 'survey', '4.4.0'),
      memory,
    });
    const old = deployed(place, now, 'survey', { revision: 40, ago: days(3), containers: [container(768)] });
    const live = deployed(place, now, 'survey', {
      revision: 41,
      ago: 25,
      containers: [container(512)],
      outcome: 'in-progress',
      failedTasks: 2,
    });
    const reason = 'OutOfMemoryError: container killed due to memory usage';
    const killed = [
      launched(old, 1, ago(52)),
      launched(old, 2, ago(38)),
      launched(live, 10, ago(24)),
      launched(live, 11, ago(12)),
    ].map((task) => exited(task, after(task.startedAt ?? now, 400), { app: { exitCode: 137, reason } }));
    return mergeWorlds([
      serviceWorld(place, now, {
        desired: 2,
        createdAt: ago(days(200)),
        releases: [old, live],
        tasks: [launched(old, 0, after(old.startedAt, 2)), ...killed],
        quietUntil: ago(52),
      }),
    ]);
  },
};
