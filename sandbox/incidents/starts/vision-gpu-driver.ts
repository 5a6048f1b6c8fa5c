import { instanceOf, onInstances } from '../build/ec2.ts';
import { failedStarts } from '../build/failed-starts.ts';
import { ecrImage } from '../build/names.ts';
import { before, days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** The new instances come from an image whose driver was not built for its kernel. */
export const visionGpuDriver: Incident = {
  name: 'vision-gpu-driver',
  title: 'the NVIDIA driver is not loaded on the instances of vision',
  environment: 'prod',
  ask: 'why-stopped vision prod',
  expected: { state: 'problem', cause: 'gpu-runtime-failed', status: 'confirmed' },
  world(now, place) {
    const container = (tag: string) => ({
      name: 'app',
      image: ecrImage(place, 'vision', tag),
      memory: 4096,
      resourceRequirements: [{ type: 'GPU' as const, value: '1' }],
    });
    const ago = before(now);
    const instance = (number: number, minutes: number) =>
      instanceOf(place, 'vision', { number, registeredAt: ago(minutes), type: 'g6.xlarge', gpus: 1 });
    return onInstances(
      failedStarts(place, now, {
        service: 'vision',
        good: { revision: 8, ago: days(25), containers: [container('2.3.0')], memory: '4096' },
        bad: { revision: 9, ago: 22, containers: [container('2.3.1')], memory: '4096' },
        during: 'start',
        givesUpAfter: 64,
        container: 'app',
        reason: () =>
          "CannotStartContainerError: Error response from daemon: failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: error running prestart hook #0: exit status 1, stdout: , stderr: Auto-detected mode as 'legacy' nvidia-container-cli: initialization error: nvml error: driver not loaded: unknown",
      }),
      [instance(0, days(26)), instance(1, days(26))],
    );
  },
};
