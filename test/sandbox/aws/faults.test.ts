import { once } from 'node:events';
import { connect } from 'node:net';
import { DescribeTasksCommand, ECSClient, ListClustersCommand, StopTaskCommand } from '@aws-sdk/client-ecs';
import {
  DescribeTargetGroupsCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { describe, expect, it, vi } from 'vitest';
import type { Fault } from '#sandbox/aws/faults.ts';
import {
  account,
  accountId,
  arn,
  clientConfig,
  cluster,
  failure,
  otherAccountId,
  region,
  start,
} from './small-world.ts';

const taskArn = arn('ecs', `task/${cluster}/${'a'.repeat(32)}`);
const clusterArn = arn('ecs', `cluster/${cluster}`);
const prod = account({ tasks: [{ taskArn, clusterArn, launchType: 'FARGATE' }] });
const describeTask = new DescribeTasksCommand({ cluster, tasks: [taskArn] });

async function setUp(maxAttempts = 1) {
  const endpoint = await start({ accounts: [prod] });
  const config = { ...(await clientConfig(endpoint, prod)), maxAttempts };
  return { endpoint, config, ecs: new ECSClient(config) };
}

describe('a fault', () => {
  const user = `User: arn:aws:sts::${accountId}:assumed-role/ecs-sleuth/ecs-sleuth`;

  it('denies in the words of IAM, with the resource', async () => {
    const { endpoint, ecs } = await setUp();
    endpoint.faults.add('ecs:DescribeTasks', { kind: 'deny' });
    const error = await failure(ecs.send(describeTask));
    expect(error).toMatchObject({
      name: 'AccessDeniedException',
      message: `${user} is not authorized to perform: ecs:DescribeTasks on resource: ${taskArn} because no identity-based policy allows the ecs:DescribeTasks action`,
    });
    expect(endpoint.calls.at(-1)?.error).toBe('AccessDeniedException');
    await expect(ecs.send(new ListClustersCommand({}))).resolves.toMatchObject({ clusterArns: [clusterArn] });
  });

  it('denies by an explicit policy', async () => {
    const { endpoint, ecs } = await setUp();
    endpoint.faults.add('ecs:*', { kind: 'deny', explicit: true });
    const error = await failure(ecs.send(new ListClustersCommand({})));
    expect(error.message).toBe(
      `${user} is not authorized to perform: ecs:ListClusters on resource: * with an explicit deny in an identity-based policy`,
    );
  });

  it('denies in a service of the query protocol, which names no resource', async () => {
    const { endpoint, config } = await setUp();
    endpoint.faults.add('elasticloadbalancing:Describe*', { kind: 'deny' });
    const error = await failure(
      new ElasticLoadBalancingV2Client(config).send(new DescribeTargetGroupsCommand({})),
    );
    expect(error).toMatchObject({
      name: 'AccessDenied',
      message: `${user} is not authorized to perform: elasticloadbalancing:DescribeTargetGroups because no identity-based policy allows the elasticloadbalancing:DescribeTargetGroups action`,
      $metadata: { httpStatusCode: 403 },
    });
  });

  it.each<[string, Fault]>([
    ['throttled', { kind: 'throttle' }],
    ['answered with a bare 500', { kind: 'status', status: 500 }],
    ['cut off', { kind: 'cut' }],
  ])('ends for a client that tries again after being %s', async (_name, fault) => {
    const { endpoint, ecs } = await setUp(3);
    endpoint.faults.add('ecs:DescribeTasks', fault, { calls: [1, 2] });
    const answer = await ecs.send(describeTask);
    expect(answer.$metadata.attempts).toBe(3);
    const errors = endpoint.calls
      .filter((call) => call.operation === 'DescribeTasks')
      .map((call) => call.error);
    expect(errors).toEqual([expect.any(String), expect.any(String), undefined]);
  });

  it('throttles under the name that each protocol has for it', async () => {
    const { endpoint, ecs, config } = await setUp();
    endpoint.faults.add('*', { kind: 'throttle' });
    const json = await failure(ecs.send(describeTask));
    expect(json).toMatchObject({ name: 'ThrottlingException', message: 'Rate exceeded' });
    const query = await failure(
      new ElasticLoadBalancingV2Client(config).send(new DescribeTargetGroupsCommand({})),
    );
    expect(query).toMatchObject({ name: 'Throttling', message: 'Rate exceeded' });
  });

  it('is any error of the service', async () => {
    const { endpoint, ecs } = await setUp();
    endpoint.faults.add('ecs:DescribeTasks', {
      kind: 'error',
      name: 'ServerException',
      message: 'Service Unavailable.',
    });
    const error = await failure(ecs.send(describeTask));
    expect(error).toMatchObject({ name: 'ServerException', $fault: 'server' });
  });

  it.each<[string, Fault]>([
    ['hangs', { kind: 'hang' }],
    ['is slow', { kind: 'delay', ms: 600_000 }],
  ])('%s until the client gives up', async (_name, fault) => {
    const { endpoint, ecs } = await setUp();
    endpoint.faults.add('ecs:DescribeTasks', fault);
    const abort = new AbortController();
    const call = failure(ecs.send(describeTask, { abortSignal: abort.signal }));
    await vi.waitFor(() =>
      expect(endpoint.calls.at(-1)).toMatchObject({ operation: 'DescribeTasks', account: accountId }),
    );
    expect(endpoint.calls.at(-1)?.ended).toBeUndefined();
    abort.abort();
    expect((await call).name).toBe('AbortError');
    await vi.waitFor(() => expect(endpoint.calls.at(-1)?.error).toBe('ConnectionClosed'));
    expect(endpoint.unexpected).toEqual([]);
  });

  it('may be latency, which slows every call until it is cleared', async () => {
    const { endpoint, ecs } = await setUp();
    endpoint.faults.latency = 600_000;
    const abort = new AbortController();
    const call = failure(ecs.send(describeTask, { abortSignal: abort.signal }));
    await vi.waitFor(() => expect(endpoint.calls.at(-1)?.operation).toBe('DescribeTasks'));
    abort.abort();
    expect((await call).name).toBe('AbortError');
    endpoint.faults.clear();
    await expect(ecs.send(describeTask)).resolves.toMatchObject({ failures: [] });
  });

  it('garbles the answer', async () => {
    const { endpoint, ecs } = await setUp();
    endpoint.faults.add('ecs:DescribeTasks', { kind: 'garbage' });
    expect((await failure(ecs.send(describeTask))).name).toBe('SyntaxError');
  });

  it('puts a value into the answer that no SDK knows yet', async () => {
    const { endpoint, ecs } = await setUp();
    endpoint.faults.add('ecs:DescribeTasks', {
      kind: 'put',
      path: 'tasks[].launchType',
      value: 'SOMETHING_NEW',
    });
    const answer = await ecs.send(describeTask);
    expect(answer.tasks).toMatchObject([{ taskArn, launchType: 'SOMETHING_NEW' }]);
    expect(prod.world.tasks).toMatchObject([{ launchType: 'FARGATE' }]);
  });

  it('can be limited to an account and ended', async () => {
    const { endpoint, ecs } = await setUp();
    endpoint.faults.add('ecs:*', { kind: 'throttle' }, { account: otherAccountId });
    await expect(ecs.send(describeTask)).resolves.toMatchObject({ failures: [] });
    const end = endpoint.faults.add('ecs:*', { kind: 'throttle' });
    expect((await failure(ecs.send(describeTask))).name).toBe('ThrottlingException');
    end();
    await expect(ecs.send(describeTask)).resolves.toMatchObject({ failures: [] });
  });
});

describe('the endpoint', () => {
  it('remembers an operation it does not have, and says so', async () => {
    const { endpoint, ecs } = await setUp();
    const error = await failure(ecs.send(new StopTaskCommand({ cluster, task: taskArn })));
    expect(error.name).toBe('UnknownOperationException');
    expect(endpoint.unexpected).toEqual([
      { service: 'ecs', operation: 'StopTask', reason: 'the sandbox does not have this operation' },
    ]);
  });

  it.each([
    [
      'of a service it does not have',
      { authorization: `AWS4-HMAC-SHA256 Credential=A/20260101/${region}/s3/aws4_request, x` },
      's3',
    ],
    ['without a signature', {}, ''],
  ])('remembers a request %s', async (_name, headers, service) => {
    const { endpoint } = await setUp();
    const response = await fetch(endpoint.url, { method: 'POST', headers });
    expect(response.status).toBe(400);
    expect(endpoint.unexpected).toEqual([{ service, operation: '', reason: expect.any(String) }]);
  });

  it('remembers a request it cannot read', async () => {
    const { endpoint } = await setUp();
    const authorization = `AWS4-HMAC-SHA256 Credential=A/20260101/${region}/ecs/aws4_request, x`;
    const headers = { authorization, 'x-amz-target': 'AmazonEC2ContainerServiceV20141113.ListTasks' };
    const response = await fetch(endpoint.url, { method: 'POST', headers, body: '{"cluster":' });
    expect(response.status).toBe(500);
    expect(endpoint.unexpected).toMatchObject([{ service: 'ecs', operation: 'ListTasks' }]);
  });

  it('records what was asked, and when it was asked and answered', async () => {
    const { endpoint, ecs } = await setUp();
    const before = Date.now();
    await ecs.send(describeTask);
    const call = endpoint.calls.at(-1);
    expect(call).toMatchObject({
      service: 'ecs',
      operation: 'DescribeTasks',
      input: { cluster, tasks: [taskArn] },
    });
    expect(call?.started).toBeGreaterThanOrEqual(before);
    expect(call?.ended).toBeGreaterThanOrEqual(call?.started ?? Number.POSITIVE_INFINITY);
    expect(call?.error).toBeUndefined();
  });

  it('holds what it is given while it runs', async () => {
    const { endpoint, ecs } = await setUp();
    endpoint.setAccounts([account({ tasks: [] })]);
    const answer = await ecs.send(describeTask);
    expect(answer.failures).toEqual([{ arn: taskArn, reason: 'MISSING' }]);
  });

  it('refuses and remembers what the policy of the role does not allow', async () => {
    const { endpoint, ecs } = await setUp();
    const { role, ...rest } = account({});
    endpoint.setAccounts([{ ...rest, role: { ...role, allows: ['ecs:ListTasks'] } }]);
    expect((await failure(ecs.send(describeTask))).name).toBe('AccessDeniedException');
    expect(endpoint.unexpected).toEqual([
      { service: 'ecs', operation: 'DescribeTasks', reason: 'the policy of the role does not allow it' },
    ]);
  });

  it('refuses a fault for an action that it does not have', async () => {
    const { endpoint } = await setUp();
    expect(() => endpoint.faults.add('ecs:DescribeTask', { kind: 'throttle' })).toThrow('ecs:DescribeTask');
  });

  it('outlives a client that goes away in the middle of its request', async () => {
    const { endpoint, ecs } = await setUp();
    const socket = connect(Number(new URL(endpoint.url).port), '127.0.0.1');
    await once(socket, 'connect');
    await new Promise((resolve) =>
      socket.write('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\n{', resolve),
    );
    socket.destroy();
    await expect(ecs.send(describeTask)).resolves.toMatchObject({ failures: [] });
    expect(endpoint.unexpected).toEqual([]);
  });

  it('closes while a call hangs', async () => {
    const { endpoint, ecs } = await setUp();
    endpoint.faults.add('ecs:*', { kind: 'hang' });
    const call = failure(ecs.send(describeTask));
    await vi.waitFor(() => expect(endpoint.calls.at(-1)?.account).toBe(accountId));
    await endpoint.close();
    await expect(call).resolves.toBeInstanceOf(Error);
  });
});
