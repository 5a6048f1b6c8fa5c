import { deployed } from '../build/deployed.ts';
import { eventsOf } from '../build/events.ts';
import { ecrImage } from '../build/names.ts';
import { launched } from '../build/release.ts';
import { serviceWorld } from '../build/service.ts';
import { stoppedBy } from '../build/stop.ts';
import { after, before, days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** CMD takes the line for the name of one program; CMD-SHELL would have run it. The check can never pass. */
export const gatekeeperHealthLine: Incident = {
  name: 'gatekeeper-health-line',
  title: 'the health command of gatekeeper:13 is a line for a shell, and no shell is asked',
  environment: 'staging',
  ask: 'why-stopped gatekeeper staging',
  expected: {
    state: 'problem',
    cause: 'health-check-changed',
    status: 'confirmed',
    chain: ['unhealthy-replaced', 'container-health-tool-missing', 'health-check-changed'],
  },
  world(now, place) {
    const ago = before(now);
    const container = (command: string[]) => ({
      name: 'app',
      image: ecrImage(place, 'gatekeeper', '0.30.0'),
      memory: 512,
      port: 8080,
      healthCheck: { command, interval: 15, timeout: 5, retries: 3, startPeriod: 30 },
    });
    const good = deployed(place, now, 'gatekeeper', {
      revision: 12,
      ago: days(22),
      containers: [container(['CMD-SHELL', 'curl -fsS http://localhost:8080/up || exit 1'])],
    });
    const bad = deployed(place, now, 'gatekeeper', {
      revision: 13,
      ago: 20,
      containers: [container(['CMD', 'curl -fsS http://localhost:8080/up || exit 1'])],
      outcome: 'in-progress',
      failedTasks: 3,
    });
    const serving = launched(good, 0, after(good.startedAt, 2));
    const failed = [19, 13.4, 7.1].map((minutes, index) => {
      const task = launched(bad, 10 + index, ago(minutes), { health: 'UNHEALTHY' });
      return stoppedBy(task, {
        stopCode: 'ServiceSchedulerInitiated',
        stoppedReason: 'Task failed container health checks',
        at: after(task.startedAt ?? now, 78),
        health: 'UNHEALTHY',
        ends: { app: { exitCode: 143 } },
      });
    });
    const trying = launched(bad, 13, ago(0.8), { health: 'UNKNOWN' });
    const say = eventsOf('gatekeeper');
    return serviceWorld(place, now, {
      desired: 1,
      createdAt: ago(days(199)),
      releases: [good, bad],
      tasks: [serving, ...failed, trying],
      replacements: [...failed.slice(1), trying],
      events: failed.map((task) => say.failedContainerChecks(after(task.stoppingAt ?? now, -0.3), task)),
    });
  },
};
