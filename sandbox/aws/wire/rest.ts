import type { IncomingHttpHeaders } from 'node:http';
import { JsonCodec2 } from '@smithy/core/protocols';
import type { NormalizedSchema } from '@smithy/core/schema';
import { type Bound, bindingOf, type Route } from './rest-bindings.ts';
import { inputOf, type OperationSchema, outputOf, type Wire } from './wire.ts';

const epochSeconds = 7;
const codec = new JsonCodec2({ timestampFormat: { useTrait: true, default: epochSeconds }, jsonName: true });
const contentType = { 'content-type': 'application/json' };

/** A request of the REST protocol as far as an input may lie in it. */
export interface RestRequest {
  route: Route;
  headers: IncomingHttpHeaders;
}

/** AWS REST-JSON: members of the input lie in the path, the query, the headers and a JSON body. */
export function restWire(request: RestRequest): Wire {
  return {
    async read(schema, body) {
      const input = inputOf(schema);
      if (!input.isStructSchema()) return {};
      const payload = Object.entries(boundMembers(input)).find(([, { place }]) => place === 'payload');
      const text = Buffer.from(body).toString();
      const outside = outsideBody(input, request);
      if (text === '') return outside;
      const inside = await codec.createDeserializer().read(payload?.[1].member ?? input, text);
      return { ...(payload ? { [payload[0]]: inside } : inside), ...outside };
    },
    write(schema, output) {
      const shape = outputOf(schema);
      if (!shape.isStructSchema()) return { status: statusOf(schema), headers: contentType, body: '' };
      const { body, headers: own } = split(shape, (output ?? {}) as Record<string, unknown>);
      return { status: statusOf(schema), headers: { ...contentType, ...own }, body };
    },
    // The name of an error travels in a header, https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html
    writeError: (error) => ({
      status: error.status,
      headers: { ...contentType, 'x-amzn-errortype': error.code },
      body: JSON.stringify(error.common ? { Message: error.message } : { message: error.message }),
    }),
  };
}

/** What of an input lies in the path, the query and the headers. */
export function outsideBody(
  input: NormalizedSchema,
  { route, headers }: RestRequest,
): Record<string, unknown> {
  const given = Object.entries(boundMembers(input)).map(([name, { place, wireName, member }]) => {
    if (place === 'label') return [name, scalar(member, route.labels[wireName])];
    if (place === 'query') return [name, fromQuery(member, route.query.getAll(wireName))];
    return [name, place === 'header' ? scalar(member, headerOf(headers, wireName)) : undefined];
  });
  return Object.fromEntries(given.filter(([, value]) => value !== undefined));
}

function boundMembers(shape: NormalizedSchema): Record<string, Bound> {
  return Object.fromEntries(
    [...shape.structIterator()].map(([name, member]) => [name, bindingOf(name, member)]),
  );
}

function split(shape: NormalizedSchema, output: Record<string, unknown>) {
  const bound = boundMembers(shape);
  const headers = Object.entries(bound).flatMap(([name, { place, wireName }]) =>
    place === 'header' && output[name] !== undefined ? [[wireName.toLowerCase(), String(output[name])]] : [],
  );
  const payload = Object.entries(bound).find(([, { place }]) => place === 'payload');
  const serializer = codec.createSerializer();
  if (payload) serializer.write(payload[1].member, output[payload[0]]);
  else {
    const inBody = Object.entries(output).filter(([name]) => bound[name]?.place === 'body');
    serializer.write(shape, Object.fromEntries(inBody));
  }
  return { headers: Object.fromEntries(headers) as Record<string, string>, body: serializer.flush() };
}

export function statusOf(schema: OperationSchema): number {
  const { http } = (schema[3] || {}) as { http?: [string, string, number] };
  return http?.[2] ?? 200;
}

function headerOf(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name.toLowerCase()];
  return typeof value === 'string' ? value : undefined;
}

function fromQuery(member: NormalizedSchema, values: readonly string[]): unknown {
  if (values.length === 0) return undefined;
  if (member.isListSchema()) return values.map((value) => scalar(member.getValueSchema(), value));
  return scalar(member, values[0]);
}

function scalar(member: NormalizedSchema, text: string | undefined): unknown {
  if (text === undefined) return undefined;
  if (member.isNumericSchema()) return Number(text);
  if (member.isBooleanSchema()) return text === 'true';
  return member.isTimestampSchema() ? new Date(text) : text;
}
