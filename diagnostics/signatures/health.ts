import { defineSignature, type Signature } from './signature.ts';

/** The container's own check, the Service Connect proxy and Cloud Map. */
export const healthSignatures: readonly Signature[] = [
  defineSignature({
    cause: 'container-health-tool-missing',
    keys: ['not found', 'no such file'],
    pattern:
      /(?:health ?-?check|\/bin\/sh|^sh|oci runtime exec failed).{0,120}\b(?<name>curl|wget|nc|pg_isready|grpc_health_probe)\b"?:? .{0,60}(?:not found|no such file)/i,
    examples: [
      'Health check: /bin/sh: 1: curl: not found',
      'OCI runtime exec failed: exec failed: unable to start container process: exec: "wget": executable file not found in $PATH: unknown',
    ],
  }),
  defineSignature({
    cause: 'service-connect-unhealthy',
    keys: ['service connect', 'ecs-service-connect'],
    pattern: /(?:ecs-service-connect[\w-]{0,20}|service connect).{0,80}(?:unhealthy|health check)/i,
    examples: [
      'container ecs-service-connect-AbC is UNHEALTHY',
      'Task failed container health checks: ecs-service-connect-1 unhealthy',
    ],
  }),
  defineSignature({
    cause: 'container-health-failed',
    keys: ['container health check', 'container is unhealthy', 'healthstatus', 'unhealthy'],
    pattern:
      /failed container health checks|container health checks? failed|container (?<container>[\w-]{1,255} )?(?:is )?unhealthy|health ?status:? ?"?unhealthy/i,
    examples: [
      'Task failed container health checks',
      'service (web) (task 1) failed container health checks.',
    ],
  }),
  defineSignature({
    cause: 'cloudmap-failed',
    keys: [
      'cloud map',
      'cloudmap',
      'service discovery',
      'service_discovery',
      'servicediscovery',
      'service registr',
      'registerinstance',
      'route 53',
    ],
    pattern:
      /cloud ?map|service ?_?discovery\w{0,40}|service ?registr(?:y|ies)|registerinstance|discovery instance/i,
    examples: [
      'SERVICE_DISCOVERY_OPERATION_THROTTLED',
      '(service web) (instance 0abc) is unhealthy in (service registry arn:aws:servicediscovery:us-east-1:111122223333:service/srv-1)',
      'AWS Cloud Map is throttling requests to register instances',
    ],
  }),
];
