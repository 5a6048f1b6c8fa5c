import { failedStarts } from '../build/failed-starts.ts';
import { ecrImage } from '../build/names.ts';
import { days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** The script lost its execute bit on the way into the image. */
export const chatNotExecutable: Incident = {
  name: 'chat-not-executable',
  title: 'the entry point of chat:28 is there and may not be executed',
  environment: 'staging',
  ask: 'why-stopped chat staging',
  expected: {
    state: 'problem',
    cause: 'image-changed',
    status: 'confirmed',
    chain: ['service-start-impaired', 'entrypoint-not-executable', 'image-changed'],
  },
  world(now, place) {
    const container = (tag: string) => ({
      name: 'app',
      image: ecrImage(place, 'chat', tag),
      memory: 512,
      entryPoint: ['/app/entrypoint.sh'],
    });
    return failedStarts(place, now, {
      service: 'chat',
      good: { revision: 27, ago: days(9), containers: [container('1.6.0')] },
      bad: { revision: 28, ago: 20, containers: [container('1.6.1')] },
      during: 'start',
      givesUpAfter: 42,
      container: 'app',
      reason: () =>
        'CannotStartContainerError: ResourceInitializationError: failed to create new container runtime task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: "/app/entrypoint.sh": permission denied: unknown',
    });
  },
};
