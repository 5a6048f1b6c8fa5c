import { instanceOf, onInstances } from '../build/ec2.ts';
import { failedStarts } from '../build/failed-starts.ts';
import { ecrImage } from '../build/names.ts';
import { before, days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** Docker waits for its log driver, the log driver for CloudWatch, and the agent for three minutes. */
export const telemetryStartTimeout: Incident = {
  name: 'telemetry-start-timeout',
  title: 'containers of telemetry do not start within the agent’s three minutes',
  environment: 'staging',
  ask: 'why-stopped telemetry staging',
  expected: { state: 'problem', cause: 'container-start-timeout', status: 'likely' },
  world(now, place) {
    const container = (tag: string) => ({
      name: 'app',
      image: ecrImage(place, 'telemetry', tag),
      memory: 512,
    });
    const instance = (number: number) =>
      instanceOf(place, 'telemetry', { number, registeredAt: before(now)(days(2)) });
    return onInstances(
      failedStarts(place, now, {
        service: 'telemetry',
        good: { revision: 24, ago: days(1), containers: [container('5.0.0')] },
        bad: { revision: 25, ago: 36, containers: [container('5.0.1')] },
        during: 'start',
        givesUpAfter: 214,
        tries: [35, 27, 17],
        container: 'app',
        reason: () => 'DockerTimeoutError: Could not transition to started; timed out after waiting 3m0s',
      }),
      [instance(0), instance(1)],
    );
  },
};
