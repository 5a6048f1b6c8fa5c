import { crashLoop } from './build/crash-loop.ts';
import { ecrImage } from './build/names.ts';
import { release } from './build/release.ts';
import { exited } from './build/stop.ts';
import { taskDefinition } from './build/task-definition.ts';
import { after, before, days } from './build/times.ts';
import type { Incident } from './incident.ts';

/** The app waits for a migration that fails. It never runs; its exit code is one that the agent made up. */
export const accountsDependencyFailed: Incident = {
  name: 'accounts-dependency-failed',
  title: 'accounts waits for its migration, which ends with 2, so the app never starts',
  environment: 'staging',
  ask: 'why-stopped accounts staging',
  expected: { state: 'problem', cause: 'dependency-failed', status: 'confirmed' },
  world(now, place) {
    const ago = before(now);
    const image = (tag: string) => ecrImage(place, 'accounts', tag);
    const revision = (number: number, tag: string, minutes: number) =>
      taskDefinition(place, {
        family: 'accounts',
        revision: number,
        registeredAt: ago(minutes),
        containers: [
          {
            name: 'migrate',
            image: image(tag),
            memory: 256,
            essential: false,
            command: ['./manage', 'migrate'],
          },
          {
            name: 'app',
            image: image(tag),
            memory: 1024,
            port: 8080,
            dependsOn: [{ containerName: 'migrate', condition: 'SUCCESS' }],
          },
        ],
      });
    const broken = image('1.18.0');
    const reason = [
      'CannotStartContainerError: dependency graph: failed to resolve container ordering dependency',
      `[migrate(${broken}) (STOPPED->RUNNING) - Exit: 2] for target [app(${broken}) (NONE->RUNNING)]`,
      'as dependency did not exit successfully.',
    ].join(' ');
    return crashLoop(place, now, {
      live: release(place, revision(58, '1.18.0', 44), { startedAt: ago(43), failedTasks: 5 }),
      previous: release(place, revision(57, '1.17.2', days(8)), {
        startedAt: ago(days(8)),
        finishedAt: ago(days(8) - 3),
      }),
      starts: [42, 38.3, 33.1, 25.4, 14.2, 0.3],
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
      last: 'pending',
      createdAt: ago(days(95)),
    });
  },
};
