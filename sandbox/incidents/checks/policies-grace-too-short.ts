import { failedChecks } from '../build/failed-checks.ts';
import { ecrImage } from '../build/names.ts';
import { days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** The app boots for a minute and a half, and is stopped after one. */
export const policiesGraceTooShort: Incident = {
  name: 'policies-grace-too-short',
  title: 'policies is stopped by its health check while it still boots',
  environment: 'prod',
  ask: 'why-stopped policies prod',
  expected: { state: 'problem', cause: 'elb-grace-too-short', status: 'likely' },
  world(now, place) {
    const container = (tag: string) => ({
      name: 'app',
      image: ecrImage(place, 'policies', tag),
      memory: 2048,
      port: 8080,
    });
    return failedChecks(place, now, {
      service: 'policies',
      good: { revision: 37, ago: days(30), containers: [container('3.12.0')] },
      bad: { revision: 38, ago: 22, containers: [container('3.13.0')] },
      path: '/actuator/health',
      lives: 61,
      gracePeriod: 0,
      health: {
        State: 'unhealthy',
        Reason: 'Target.FailedHealthChecks',
        Description: 'Health checks failed',
      },
      says: [
        [
          2.4,
          'INFO 1 --- [main] c.a.p.PoliciesApplication : Starting PoliciesApplication v3.13.0 using Java 21.0.9',
        ],
        [
          9.8,
          'INFO 1 --- [main] o.f.core.FlywayExecutor : Database: jdbc:postgresql://policies.prod.internal/policies',
        ],
        [
          31.5,
          'INFO 1 --- [main] o.h.jpa.internal.util.LogHelper : HHH000204: Processing PersistenceUnitInfo',
        ],
        [52.2, 'INFO 1 --- [main] c.a.p.rules.RuleBook : Loading 41280 rules'],
      ],
    });
  },
};
