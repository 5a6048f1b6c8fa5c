import { hostGone } from '../build/host-gone.ts';
import { ecrImage } from '../build/names.ts';
import { days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

export const sensorInfrastructureImpaired: Incident = {
  name: 'sensor-infrastructure-impaired',
  title: 'ECS took a task of sensor off impaired infrastructure and started another',
  environment: 'staging',
  ask: 'why-stopped sensor staging',
  expected: { state: 'healthy', cause: null, status: 'confirmed' },
  world: (now, place) =>
    hostGone(place, now, {
      service: 'sensor',
      live: {
        revision: 14,
        ago: days(10),
        containers: [{ name: 'app', image: ecrImage(place, 'sensor', '5.0.3'), memory: 512 }],
      },
      desired: 2,
      stopCode: 'InfrastructureHealth',
      stoppedReason: 'Task stopped because the underlying infrastructure was impaired',
      ago: 25,
      replaced: true,
    }),
};
