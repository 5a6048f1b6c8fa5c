import { days } from '../build/times.ts';
import { withLogs } from '../build/with-logs.ts';
import type { Incident } from '../incident.ts';

/** The app logs through FireLens to Datadog: CloudWatch has only what the router says of itself. */
export const dovecoteFirelens: Incident = {
  name: 'dovecote-firelens',
  title: 'dovecote logs with FireLens to Datadog, and CloudWatch has only the router’s own log',
  environment: 'staging',
  ask: 'logs dovecote staging',
  expected: { state: 'healthy', cause: null, status: 'confirmed' },
  world: (now, place) =>
    withLogs(place, now, {
      service: 'dovecote',
      ago: days(3),
      app: {
        logConfiguration: {
          logDriver: 'awsfirelens',
          options: {
            Name: 'datadog',
            Host: 'http-intake.logs.datadoghq.eu',
            TLS: 'on',
            dd_service: 'dovecote',
            dd_source: 'nodejs',
            provider: 'ecs',
          },
          secretOptions: [
            {
              name: 'apikey',
              valueFrom: `arn:aws:secretsmanager:${place.region}:${place.account}:secret:datadog/key-Ab3dE6`,
            },
          ],
        },
      },
      others: [
        {
          name: 'log_router',
          image: 'public.ecr.aws/aws-observability/aws-for-fluent-bit:3.0.0',
          memoryReservation: 64,
          firelensConfiguration: { type: 'fluentbit', options: { 'enable-ecs-log-metadata': 'true' } },
        },
      ],
      says: {
        log_router: ({ startedAt = now }) => ({
          events: [
            { at: startedAt, message: '[ info] [fluent bit] version=4.1.1, commit=33f1a0c0f1, pid=1' },
            {
              at: startedAt,
              message:
                '[ info] [output:datadog:datadog.1] scheme_endpoint=https://http-intake.logs.datadoghq.eu:443',
            },
          ],
        }),
      },
    }),
};
