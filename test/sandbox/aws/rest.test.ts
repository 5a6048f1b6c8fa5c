import {
  DescribeAccessPointsCommand,
  DescribeFileSystemPolicyCommand,
  DescribeMountTargetsCommand,
  EFSClient,
} from '@aws-sdk/client-efs';
import { AwsRestJsonProtocol } from '@aws-sdk/core/protocols';
import { HttpResponse } from '@smithy/core/protocols';
import { operation } from '@smithy/core/schema';
import { fromBase64, fromUtf8, toBase64, toUtf8 } from '@smithy/core/serde';
import { describe, expect, it } from 'vitest';
import { restWire } from '#sandbox/aws/wire/rest.ts';
import { routeOf } from '#sandbox/aws/wire/rest-bindings.ts';
import type { OperationSchema } from '#sandbox/aws/wire/wire.ts';
import { fc } from '#test/property.ts';
import { account, clientConfig, failure, start } from './small-world.ts';

const namespace = 'com.example.things';
const [string, number, boolean, timestamp] = [0, 1, 2, 4];
const words = [1, namespace, 'Words', 0, string];
const shape = [
  3,
  namespace,
  'Thing',
  0,
  ['Id', 'Rest', 'Count', 'Tags', 'Ready', 'Token', 'At', 'Body'],
  [
    [string, { httpLabel: 1 }],
    [string, { httpLabel: 1 }],
    [number, { httpQuery: 'count' }],
    [words, { httpQuery: 'tag' }],
    [boolean, { httpQuery: 'Ready' }],
    [string, { httpHeader: 'X-Token' }],
    timestamp,
    [words, { jsonName: 'body' }],
  ],
];
const http = ['PUT', '/2026-01-01/things/{Id}/of/{Rest+}?kind=thing', 201];
const schema = [9, namespace, 'PutThing', { http }, () => shape, () => shape] as unknown as OperationSchema;

const text = fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 10 }).map((value) => value.trim());
const word = text.filter((value) => value !== '' && value !== '.' && value !== '..');
const token = fc.stringMatching(/^[\w-]{1,12}$/);
const value = fc.record(
  {
    Id: word,
    Rest: fc.array(token, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/')),
    Count: fc.integer(),
    Tags: fc.array(word, { minLength: 1, maxLength: 3 }),
    Ready: fc.boolean(),
    Token: token,
    At: fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }),
    Body: fc.array(text, { minLength: 1, maxLength: 3 }),
  },
  { requiredKeys: ['Id', 'Rest'] },
);

/** A codec's body turns into text only where it is asked for its bytes. */
function bytesOf(body: Uint8Array | string | undefined): Uint8Array {
  return typeof body === 'string' ? Buffer.from(body) : Uint8Array.from(body ?? []);
}

const client = new AwsRestJsonProtocol({ defaultNamespace: namespace, errorTypeRegistries: [] });
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
client.setSerdeContext(context as never);
const described = operation(namespace, 'PutThing', { http } as never, schema[4], schema[5]);

describe('the REST-JSON protocol', () => {
  it('reads what the SDK sends, wherever it lies', async () => {
    await fc.assert(
      fc.asyncProperty(value, async (input) => {
        const request = await client.serializeRequest(described, input, context as never);
        const query = Object.entries(request.query ?? {}).flatMap(([name, held]) =>
          [held].flat().map((one) => `${encodeURIComponent(name)}=${encodeURIComponent(String(one))}`),
        );
        const route = routeOf('PUT', `${request.path}?${query.join('&')}`, { PutThing$: schema });
        if (!route) throw new Error(`no route for ${request.path}`);
        const headers = Object.fromEntries(
          Object.entries(request.headers).map(([name, held]) => [name.toLowerCase(), held]),
        );
        expect(await restWire({ route, headers }).read(schema, bytesOf(request.body))).toEqual(input);
      }),
    );
  });

  it('writes what the SDK reads, the header apart', async () => {
    const output = fc.record(
      {
        Token: token,
        At: fc.constant(new Date('2026-01-01T00:00:00.25Z')),
        Body: fc.array(text, { minLength: 1 }),
      },
      { requiredKeys: ['Body'] },
    );
    const route = { operation: 'PutThing', labels: {}, query: new URLSearchParams() };
    await fc.assert(
      fc.asyncProperty(output, async (told) => {
        const { status, headers, body } = restWire({ route, headers: {} }).write(schema, told, 'request-1');
        const response = new HttpResponse({ statusCode: status, headers, body: bytesOf(body) });
        const read = await client.deserializeResponse(described, context as never, response);
        const { $metadata: _metadata, ...rest } = read;
        expect(rest).toEqual(told);
        expect(status).toBe(201);
      }),
    );
  });
});

describe('a path belongs to the operation with most literal segments', () => {
  const of = (name: string, path: string) => [
    9,
    namespace,
    name,
    { http: ['GET', path, 200] },
    () => shape,
    () => shape,
  ];
  const schemas = {
    Get$: of('Get', '/things/{Id}'),
    Special$: of('Special', '/things/special'),
    Policy$: of('Policy', '/things/{Id}/policy'),
    Thing$: shape,
  };
  it.each([
    ['/things/a', 'Get'],
    ['/things/special', 'Special'],
    ['/things/a/policy', 'Policy'],
    ['/things/a/none', undefined],
    ['/things/', undefined],
  ])('%s', (path, name) => {
    expect(routeOf('GET', path, schemas)?.operation).toBe(name);
    expect(routeOf('DELETE', path, schemas)).toBeUndefined();
  });
});

describe('EFS over the wire', () => {
  const FileSystemId = 'fs-0123456789abcdef0';
  const target = (letter: string) => ({
    MountTargetId: `fsmt-${letter}`,
    FileSystemId,
    SubnetId: `subnet-${letter}`,
    LifeCycleState: 'available' as const,
    AvailabilityZoneName: `us-east-1${letter}`,
  });
  const sandbox = account({
    fileSystems: [
      {
        FileSystemId,
        OwnerId: '222222222222',
        CreationToken: 't',
        CreationTime: new Date(0),
        LifeCycleState: 'available',
        NumberOfMountTargets: 2,
        SizeInBytes: { Value: 6144 },
        PerformanceMode: 'generalPurpose',
        Tags: [],
      },
    ],
    mountTargets: [target('a'), target('b')],
  });

  async function efs(): Promise<EFSClient> {
    const endpoint = await start({ accounts: [sandbox] });
    return new EFSClient(await clientConfig(endpoint, sandbox));
  }

  it('pages through mount targets', async () => {
    const client = await efs();
    const first = await client.send(new DescribeMountTargetsCommand({ FileSystemId, MaxItems: 1 }));
    expect(first.MountTargets).toMatchObject([{ AvailabilityZoneName: 'us-east-1a' }]);
    const Marker = first.NextMarker;
    const second = await client.send(new DescribeMountTargetsCommand({ FileSystemId, MaxItems: 1, Marker }));
    expect(second.MountTargets).toMatchObject([{ AvailabilityZoneName: 'us-east-1b' }]);
    expect(second.NextMarker).toBeUndefined();
  });

  it('names its errors as EFS does', async () => {
    const client = await efs();
    const gone = await failure(client.send(new DescribeMountTargetsCommand({ FileSystemId: 'fs-0none' })));
    expect(gone).toMatchObject({
      name: 'FileSystemNotFound',
      message: "File system 'fs-0none' does not exist.",
    });
    const point = await failure(
      client.send(new DescribeAccessPointsCommand({ AccessPointId: 'fsap-0none' })),
    );
    expect(point).toMatchObject({ name: 'AccessPointNotFound' });
    const bare = await failure(client.send(new DescribeFileSystemPolicyCommand({ FileSystemId })));
    expect(bare).toMatchObject({ name: 'PolicyNotFound' });
  });

  it('refuses as EFS does', async () => {
    const endpoint = await start({ accounts: [sandbox] });
    endpoint.faults.add('elasticfilesystem:DescribeMountTargets', { kind: 'deny' });
    const client = new EFSClient(await clientConfig(endpoint, sandbox));
    const refused = await failure(client.send(new DescribeMountTargetsCommand({ FileSystemId })));
    expect(refused).toMatchObject({ name: 'AccessDeniedException', $metadata: { httpStatusCode: 403 } });
    expect(refused.message).toContain(`file-system/${FileSystemId}`);
  });
});
