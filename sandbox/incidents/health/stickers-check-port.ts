import { balancerOf } from '../build/balancer.ts';
import { failedChecks } from '../build/failed-checks.ts';
import { ecrImage } from '../build/names.ts';
import { securityGroupOf } from '../build/network.ts';
import { days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** The management port of the old framework is gone; the target group still asks it. */
export const stickersCheckPort: Incident = {
  name: 'stickers-check-port',
  title: 'stickers is checked at port 9090, where nothing listens since its new version',
  environment: 'prod',
  ask: 'health stickers prod',
  expected: { state: 'problem', cause: 'health-check-port-differs', status: 'confirmed' },
  world(now, place) {
    const container = (tag: string) => ({
      name: 'app',
      image: ecrImage(place, 'stickers', tag),
      memory: 1024,
      port: 8080,
    });
    const world = failedChecks(place, now, {
      service: 'stickers',
      good: { revision: 61, ago: days(9), containers: [container('3.8.2')] },
      bad: { revision: 62, ago: 22, containers: [container('4.0.0')] },
      balancer: balancerOf(place, 'stickers', { settings: { HealthCheckPort: '9090' } }),
      letsIn: [
        {
          IpProtocol: 'tcp',
          FromPort: 0,
          ToPort: 65_535,
          UserIdGroupPairs: [{ GroupId: securityGroupOf(place, 'load balancer'), UserId: place.account }],
        },
      ],
      lives: 118,
      gracePeriod: 60,
      health: {
        State: 'unhealthy',
        Reason: 'Target.FailedHealthChecks',
        Description: 'Health checks failed',
      },
      says: [[1.9, 'stickers 4.0.0 listening on 0.0.0.0:8080']],
    });
    const management = { containerPort: 9090, hostPort: 9090, protocol: 'tcp', name: 'app-9090' } as const;
    return {
      ...world,
      taskDefinitions: world.taskDefinitions?.map((definition) =>
        definition.revision === 61
          ? {
              ...definition,
              containerDefinitions: definition.containerDefinitions?.map((one) => ({
                ...one,
                portMappings: [...(one.portMappings ?? []), management],
              })),
            }
          : definition,
      ),
    };
  },
};
