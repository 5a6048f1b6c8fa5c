import type { IncomingMessage } from 'node:http';
import type { ErrorDialect } from './errors.ts';
import type { Schemas, ServiceDefinition } from './services.ts';
import { cborWire } from './wire/cbor.ts';
import { jsonWire } from './wire/json.ts';
import { queryWire } from './wire/query.ts';
import { restWire } from './wire/rest.ts';
import { routeOf } from './wire/rest-bindings.ts';
import { restXmlWire } from './wire/rest-xml.ts';
import type { Wire } from './wire/wire.ts';

/** Reads the whole body; undefined when the client goes away before its end. */
export async function readBody(request: IncomingMessage): Promise<Uint8Array | undefined> {
  try {
    return Buffer.concat(await request.toArray());
  } catch (error) {
    if (request.destroyed) return undefined;
    throw error;
  }
}

/** Which operation a request asks for, and how it wants to be spoken to. */
export interface Dialogue {
  operation: string;
  wire: Wire;
  dialect: ErrorDialect;
}

/**
 * Reads the protocol off the request rather than off the service: a service may speak several, and a client
 * chooses. Only REST has no sign of its own: its operation is told by method and path.
 */
export function dialogueOf(
  request: IncomingMessage,
  body: Uint8Array,
  service: ServiceDefinition,
  schemas: Schemas,
): Dialogue {
  const { headers, url = '/', method = 'GET' } = request;
  if (headers['smithy-protocol'] === 'rpc-v2-cbor') {
    const [, operation = ''] = url.match(/\/operation\/([^/?]+)/) ?? [];
    return { operation, wire: cborWire(), dialect: 'json' };
  }
  const target = headers['x-amz-target'];
  if (typeof target === 'string') {
    const contentType = headers['content-type'] ?? 'application/x-amz-json-1.1';
    return { operation: target.split('.').at(-1) ?? '', wire: jsonWire(contentType), dialect: 'json' };
  }
  if (service.dialect === 'rest' || service.dialect === 'rest-xml') {
    const route = routeOf(method, url, schemas) ?? {
      operation: '',
      labels: {},
      query: new URLSearchParams(),
    };
    const asked = { route, headers };
    const wire = service.dialect === 'rest' ? restWire(asked) : restXmlWire(asked, service.xmlNamespace);
    return { operation: route.operation, wire, dialect: service.dialect };
  }
  const operation = new URLSearchParams(Buffer.from(body).toString()).get('Action') ?? '';
  const dialect = service.dialect === 'ec2' ? 'ec2' : 'query';
  return { operation, wire: queryWire(dialect, service.xmlNamespace), dialect };
}
