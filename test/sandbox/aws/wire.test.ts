import { DescribeServicesCommand, ECSClient } from '@aws-sdk/client-ecs';
import {
  AwsEc2QueryProtocol,
  AwsJson1_1Protocol,
  AwsQueryProtocol,
  AwsSmithyRpcV2CborProtocol,
} from '@aws-sdk/core/protocols';
import { HttpResponse } from '@smithy/core/protocols';
import { operation } from '@smithy/core/schema';
import { fromBase64, fromUtf8, toBase64, toUtf8 } from '@smithy/core/serde';
import { describe, expect, it } from 'vitest';
import { cborWire } from '#sandbox/aws/wire/cbor.ts';
import { jsonWire } from '#sandbox/aws/wire/json.ts';
import { queryWire } from '#sandbox/aws/wire/query.ts';
import type { OperationSchema, Wire } from '#sandbox/aws/wire/wire.ts';
import { fc } from '#test/property.ts';
import { account, arn, clientConfig, cluster, failure, start } from './small-world.ts';

const namespace = 'com.example.things';
const xmlNamespace = 'http://example.com/doc/2026-01-01/';
const [string, number, boolean, timestamp, blob] = [0, 1, 2, 4, 21];

/** A shape with every kind of member, the names of lists and items chosen by the dialect. */
function thing(item: string | undefined, withMap: boolean) {
  const named = (schema: unknown) => (item === undefined ? schema : [schema, { xmlName: item }]);
  const words = [1, namespace, 'Words', 0, named(string)];
  const inner = [
    3,
    namespace,
    'Inner',
    0,
    ['Label', 'Numbers'],
    [string, [1, namespace, 'Numbers', 0, named(number)]],
  ];
  const inners = [1, namespace, 'Inners', 0, named(inner)];
  const tags = [2, namespace, 'Tags', 0, string, string];
  const renamed = [words, { xmlName: 'wordSet', ec2QueryName: 'Word' }];
  const names = [
    'Name',
    'Count',
    'Ready',
    'At',
    'Data',
    'Words',
    'Inner',
    'Inners',
    ...(withMap ? ['Tags'] : []),
  ];
  const members = [
    string,
    number,
    boolean,
    timestamp,
    blob,
    renamed,
    inner,
    inners,
    ...(withMap ? [tags] : []),
  ];
  return [3, namespace, 'Thing', 0, names, members];
}

const text = fc
  .string({ unit: 'grapheme-ascii', maxLength: 12 })
  .map((value) => value.trim())
  .filter((value) => value !== '');
const innerValue = fc.record({
  Label: text,
  Numbers: fc.array(fc.integer(), { minLength: 1, maxLength: 12 }),
});
const values = {
  Name: text,
  Count: fc.integer(),
  Ready: fc.boolean(),
  At: fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }),
  Data: fc.uint8Array({ minLength: 1, maxLength: 8 }),
  Words: fc.array(text, { minLength: 1, maxLength: 12 }),
  Inner: innerValue,
  Inners: fc.array(innerValue, { minLength: 1, maxLength: 3 }),
};
// The SDK sets keys one by one on a plain object, where `__proto__` sets the prototype and leaves no key.
const key = text.filter((name) => name !== '__proto__');
const tags = fc.dictionary(key, text, { minKeys: 1, maxKeys: 3, noNullPrototype: true });

const settings = {
  defaultNamespace: namespace,
  errorTypeRegistries: [],
  version: '2026-01-01',
  xmlNamespace,
  serviceTarget: 'T',
};
const context = {
  base64Encoder: toBase64,
  base64Decoder: fromBase64,
  utf8Encoder: toUtf8,
  utf8Decoder: fromUtf8,
  streamCollector: async (body: Uint8Array) => body,
  requestHandler: {},
  disableHostPrefix: true,
  endpoint: async () => ({ protocol: 'http:', hostname: 'localhost', path: '/' }),
};

interface Side {
  client: AwsJson1_1Protocol | AwsQueryProtocol | AwsSmithyRpcV2CborProtocol;
  wire: Wire;
  shape: unknown[];
  value: fc.Arbitrary<object>;
}

const sides: Record<string, Side> = {
  JSON: {
    client: new AwsJson1_1Protocol(settings),
    wire: jsonWire('application/x-amz-json-1.1'),
    shape: thing(undefined, true),
    value: fc.record({ ...values, Tags: tags }, { requiredKeys: [] }),
  },
  CBOR: {
    client: new AwsSmithyRpcV2CborProtocol(settings),
    wire: cborWire(),
    shape: thing(undefined, true),
    value: fc.record({ ...values, Tags: tags }, { requiredKeys: [] }),
  },
  query: {
    client: new AwsQueryProtocol(settings),
    wire: queryWire('query', xmlNamespace),
    shape: thing(undefined, true),
    value: fc.record({ ...values, Tags: tags }, { requiredKeys: [] }),
  },
  'EC2 query': {
    client: new AwsEc2QueryProtocol(settings),
    wire: queryWire('ec2', xmlNamespace),
    shape: thing('item', false),
    value: fc.record(values, { requiredKeys: [] }),
  },
};

function bytesOf(body: string | Uint8Array): Uint8Array {
  return typeof body === 'string' ? Buffer.from(body) : Uint8Array.from(body);
}

/** The SDK reads blobs into subclasses of Uint8Array, one per protocol. */
function plain(value: unknown): object {
  const { Data, ...rest } = value as { Data?: Uint8Array };
  return Data ? { ...rest, Data: Uint8Array.from(Data) } : rest;
}

describe.each(Object.entries(sides))('the %s protocol', (_name, { client, wire, shape, value }) => {
  const schema = [9, namespace, 'DoThing', 0, () => shape, () => shape] as unknown as OperationSchema;
  const described = operation(namespace, 'DoThing', 0, schema[4], schema[5]);
  client.setSerdeContext(context as never);

  it('reads what the SDK sends', async () => {
    await fc.assert(
      fc.asyncProperty(value, async (input) => {
        const request = await client.serializeRequest(described, input, context as never);
        expect(plain(await wire.read(schema, bytesOf(request.body)))).toEqual(input);
      }),
    );
  });

  it('writes what the SDK reads', async () => {
    await fc.assert(
      fc.asyncProperty(value, async (output) => {
        const { status, headers, body } = wire.write(schema, output, 'request-1');
        const response = new HttpResponse({
          statusCode: status,
          headers: { ...headers },
          body: bytesOf(body),
        });
        const { $metadata: _metadata, ...read } = await client.deserializeResponse(
          described,
          context as never,
          response,
        );
        expect(plain(read)).toEqual(output);
      }),
    );
  });
});

it('speaks CBOR to a client that does, errors included', async () => {
  const createdAt = new Date('2026-03-01T10:20:30.456Z');
  const serviceArn = arn('ecs', `service/${cluster}/api`);
  const sandbox = account({ services: [{ serviceName: 'api', serviceArn, createdAt, desiredCount: 3 }] });
  const endpoint = await start({ accounts: [sandbox] });
  const config = await clientConfig(endpoint, sandbox);
  const ecs = new ECSClient({ ...config, protocol: AwsSmithyRpcV2CborProtocol });
  const answer = await ecs.send(new DescribeServicesCommand({ cluster, services: ['api'] }));
  expect(answer.services).toMatchObject([{ serviceName: 'api', createdAt, desiredCount: 3 }]);
  const error = await failure(ecs.send(new DescribeServicesCommand({ cluster: 'none', services: ['api'] })));
  expect(error).toMatchObject({ name: 'ClusterNotFoundException', message: 'Cluster not found.' });
});
