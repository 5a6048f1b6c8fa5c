import type { Service, Task } from '@aws-sdk/client-ecs';
import type { MetricSeries, World } from '#sandbox/aws/world.ts';
import type { Place } from '../incident.ts';
import { between } from './seeded.ts';
import { steady, usageOf } from './usage.ts';

const minute = 60_000;
/** As far back as anybody asks in the sandbox. Minutes. */
const atMost = 240;
/** CloudWatch has a task's first point a few minutes after its start. */
const firstPoint = 4;

/** The world with the metrics that ECS sends of every service with running tasks, where no incident tells its own. */
export function withUsage(place: Place, now: Date, world: World): World {
  const told = new Set(
    (world.metrics ?? []).flatMap(({ namespace, dimensions }) =>
      namespace === 'AWS/ECS' ? [dimensions.ServiceName] : [],
    ),
  );
  const quiet = world.services.filter(({ serviceName }) => !told.has(serviceName));
  const added = quiet.flatMap((service) => seriesOf(place, now, service, world.tasks));
  return { ...world, metrics: [...(world.metrics ?? []), ...added] };
}

function seriesOf(place: Place, now: Date, service: Service, tasks: readonly Task[]): MetricSeries[] {
  const name = service.serviceName ?? '';
  const own = tasks.filter(
    ({ group, lastStatus }) => group === `service:${name}` && lastStatus === 'RUNNING',
  );
  const starts = own.flatMap(({ startedAt }) => startedAt?.getTime() ?? []);
  if (starts.length === 0) return [];
  const since = Math.min(atMost, Math.floor((now.getTime() - Math.min(...starts)) / minute));
  if (since < firstPoint) return [];
  const curves = {
    cpu: steady(between(`${place.cluster} ${name} cpu`, 14, 42), 3),
    memory: steady(between(`${place.cluster} ${name} memory`, 16, 38), 0.8),
  };
  return usageOf(place, now, name, { ...curves, tasks: own.length, since }).metrics ?? [];
}
