import { namesInText } from '../signatures/names.ts';
import type { Match } from '../signatures/signature.ts';
import { answer, type Explanation } from './explanation.ts';
import type { Seen } from './seen.ts';

const fields: Record<string, string> = {
  'task.stoppedReason': 'stoppedReason',
  'container.reason': "The container's reason",
  'service.event': 'The service event',
  'deployment.rolloutStateReason': 'rolloutStateReason',
  'task.attachment': 'The attachment',
  'api.failure': 'The API',
  'exec.error': 'ExecuteCommand',
  'log.line': 'The log',
  'target.health': 'The target health',
};

/** What a recognised text says, with the names that stand in it. */
export function fromText(
  seen: Seen,
  found: Match,
  field = fields[seen.where ?? ''] ?? 'The text',
): Explanation {
  const { signature, words, names } = found;
  const service = seen.reading.service === undefined ? {} : { service: seen.reading.service };
  return answer(signature.cause, {
    status: signature.status ?? 'confirmed',
    names: { ...namesInText(seen.reading.text), ...service, ...names },
    why: `${field} says "${words}".`,
    ...(signature.severity === undefined ? {} : { severity: signature.severity }),
    ...(signature.owner === undefined ? {} : { owner: signature.owner }),
    ...(signature.decide === undefined ? {} : { decide: signature.decide }),
    ...(signature.rivals === undefined ? {} : { also: [...signature.rivals] }),
  });
}
