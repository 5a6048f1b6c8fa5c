import type { Destination } from './topology.ts';

/** What a destination is needed for. */
export type Use = 'ecr-login' | 'registry' | 'layers' | 'secrets' | 'logs' | 'file' | 'exec' | 'agent';

interface Symptoms {
  unreachable: readonly string[];
  denied: readonly string[];
}

const pull = ['image-pull-timeout', 'image-pull-failed-unclear', 'pull-slow'];
const init = ['init-stuck', 'init-failed-unclear'];

/** Cause ids by which a task tells that it cannot reach something, or that an endpoint's policy refused it. */
const symptoms: Record<Use, Symptoms> = {
  'ecr-login': {
    unreachable: ['ecr-auth-unreachable', 'image-registry-unreachable', ...init, ...pull],
    denied: ['image-vpce-policy-denied', 'ecr-auth-permission-denied', ...init],
  },
  registry: {
    unreachable: ['image-registry-unreachable', ...pull],
    denied: ['image-vpce-policy-denied', 'image-ecr-permission', ...pull],
  },
  layers: {
    unreachable: ['image-layer-s3-unreachable', ...pull],
    denied: ['image-vpce-policy-denied', 'image-layer-s3-unreachable', ...pull],
  },
  secrets: {
    unreachable: ['secrets-endpoint-unreachable', ...init],
    denied: ['secret-permission-denied', 'parameter-permission-denied', ...init],
  },
  logs: {
    unreachable: ['logs-endpoint-unreachable', ...init],
    denied: ['logs-permission-denied', ...init],
  },
  file: { unreachable: ['env-file-unreadable', ...init], denied: ['env-file-unreadable', ...init] },
  exec: {
    unreachable: ['exec-target-not-connected', 'exec-agent-stopped'],
    denied: ['exec-target-not-connected', 'exec-role-denied', 'exec-agent-stopped'],
  },
  agent: { unreachable: ['capacity-agent-disconnected'], denied: [] },
};

/** A refusal is told with the action: one of Secrets Manager says nothing of a parameter. */
export function symptomsOf(use: Use, destination: Destination): Symptoms {
  const { unreachable, denied } = symptoms[use];
  const service = destination.kind === 'aws' ? destination.service : '';
  const isOther = (cause: string) =>
    (cause === 'secret-permission-denied' && service === 'ssm') ||
    (cause === 'parameter-permission-denied' && service === 'secretsmanager');
  return { unreachable, denied: denied.filter((cause) => !isOther(cause)) };
}
