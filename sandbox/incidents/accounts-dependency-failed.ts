import { crashLoop } from './build/crash-loop.ts';
import { ecrImage } from './build/names.ts';
import { exited } from './build/stop.ts';
import { taskDefinition } from './build/task-definition.ts';
import { after, before } from './build/times.ts';
import type { Incident } from './incident.ts';

/** The app waits for a migration that fails. It never runs; its exit code is one that the agent made up. */
export const accountsDependencyFailed: Incident = {
  name: 'accounts-dependency-failed',
  title: 'accounts waits for its migration, which ends with 2, so the app never starts',
  environment: 'staging',
  ask: 'why-stopped accounts staging',
  expected: { state: 'problem', cause: 'dependency-failed', status: 'confirmed' },
  world(now, place) {
    const image = ecrImage(place, 'accounts', '1.18.0');
    const definition = taskDefinition(place, {
      family: 'accounts',
      revision: 58,
      registeredAt: before(now)(44),
      containers: [
        { name: 'migrate', image, memory: 256, essential: false, command: ['./manage', 'migrate'] },
        {
          name: 'app',
          image,
          memory: 1024,
          port: 8080,
          dependsOn: [{ containerName: 'migrate', condition: 'SUCCESS' }],
        },
      ],
    });
    const reason = [
      'CannotStartContainerError: dependency graph: failed to resolve container ordering dependency',
      `[migrate(${image}) (STOPPED->RUNNING) - Exit: 2] for target [app(${image}) (NONE->RUNNING)]`,
      'as dependency did not exit successfully.',
    ].join(' ');
    return crashLoop(place, now, {
      definition,
      deployed: 43,
      starts: [42, 38, 33, 25, 14],
      end: (task) => {
        const { startedAt: _startedAt, ...rest } = exited(task, after(task.startedAt ?? now, 4.4), {
          migrate: { exitCode: 2 },
          app: { exitCode: 143, reason },
        });
        const containers = rest.containers?.map((container) =>
          container.name === 'app' ? { ...container, runtimeId: undefined } : container,
        );
        return { ...rest, containers };
      },
      says: {
        migrate: [
          [0.8, 'accounts 1.18.0: 3 migrations to apply'],
          [1.7, 'applying 0113_account_flags'],
          [
            2.4,
            'migration 0113_account_flags: checksum differs from the one applied on 2026-11-02, stopping',
          ],
        ],
      },
      next: 'pending',
    });
  },
};
