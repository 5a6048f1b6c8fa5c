import { quietService } from '../build/quiet.ts';
import { withExec } from '../build/with-exec.ts';
import type { Incident } from '../incident.ts';

/** Somebody switched Exec on this morning and did not deploy. */
export const directoryExecLate: Incident = {
  name: 'directory-exec-late',
  title: 'directory has ECS Exec on, and its tasks are older than that',
  environment: 'prod',
  ask: 'exec directory prod',
  expected: { state: 'problem', cause: 'exec-not-enabled', status: 'confirmed' },
  world: (now, place) =>
    withExec(
      quietService(place, now, 'directory', { revision: 77, tag: '5.0.3', desired: 2, deployed: 12 }),
      { tasks: false },
    ),
};
