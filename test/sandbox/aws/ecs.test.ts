import {
  DescribeClustersCommand,
  DescribeServicesCommand,
  DescribeTasksCommand,
  ListClustersCommand,
  ListServicesCommand,
  ListTasksCommand,
  paginateListServices,
  paginateListTasks,
} from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { clusterArn, ecsWith, service, task, times } from './ecs-world.ts';
import { arn, cluster, failure } from './small-world.ts';

describe('clusters', () => {
  const deleted = { clusterArn: arn('ecs', 'cluster/old'), clusterName: 'old', status: 'INACTIVE' };
  const full = {
    clusterArn,
    clusterName: cluster,
    status: 'ACTIVE',
    settings: [{ name: 'containerInsights' as const, value: 'enhanced' }],
    configuration: { executeCommandConfiguration: { logging: 'DEFAULT' as const } },
    tags: [{ key: 'team', value: 'core' }],
  };

  it('lists living clusters only and still describes a deleted one', async () => {
    const ecs = await ecsWith({ clusters: [full, deleted] });
    expect((await ecs.send(new ListClustersCommand({}))).clusterArns).toEqual([clusterArn]);
    const described = await ecs.send(new DescribeClustersCommand({ clusters: ['old', 'none'] }));
    expect(described.clusters?.map((found) => found.status)).toEqual(['INACTIVE']);
    expect(described.failures).toEqual([{ arn: arn('ecs', 'cluster/none'), reason: 'MISSING' }]);
  });

  it('gives settings, configuration and tags only to those who ask for them', async () => {
    const ecs = await ecsWith({ clusters: [full] });
    const [plain] = (await ecs.send(new DescribeClustersCommand({ clusters: [cluster] }))).clusters ?? [];
    expect(plain).toMatchObject({ clusterName: cluster, settings: [], tags: [] });
    expect(plain?.configuration).toBeUndefined();
    const include = ['SETTINGS', 'CONFIGURATIONS', 'TAGS'] as const;
    const [asked] =
      (await ecs.send(new DescribeClustersCommand({ clusters: [clusterArn], include: [...include] })))
        .clusters ?? [];
    expect(asked).toMatchObject({
      settings: full.settings,
      configuration: full.configuration,
      tags: full.tags,
    });
  });

  it('takes the cluster named default where none is given', async () => {
    const ecs = await ecsWith({});
    const error = await failure(ecs.send(new ListTasksCommand({})));
    expect(error).toMatchObject({ name: 'ClusterNotFoundException', message: 'Cluster not found.' });
  });
});

describe('services', () => {
  it('pages through services by ten unless more is asked for, without deleted ones', async () => {
    const services = [...times(23, (index) => service(`s${index}`)), service('gone', { status: 'INACTIVE' })];
    const ecs = await ecsWith({ services });
    const sizes: number[] = [];
    for await (const page of paginateListServices({ client: ecs }, { cluster })) {
      sizes.push(page.serviceArns?.length ?? 0);
    }
    expect(sizes).toEqual([10, 10, 3]);
    const all = await ecs.send(new ListServicesCommand({ cluster, maxResults: 100 }));
    expect(all.serviceArns).toHaveLength(23);
    expect(all.nextToken).toBeUndefined();
  });

  it('describes services by name and by ARN, with dates as dates', async () => {
    const createdAt = new Date('2026-03-01T10:20:30.456Z');
    const events = [{ id: 'e1', createdAt, message: '(service api) has reached a steady state.' }];
    const ecs = await ecsWith({
      services: [service('api', { createdAt, events, desiredCount: 2 }), service('web')],
    });
    const answer = await ecs.send(
      new DescribeServicesCommand({
        cluster: clusterArn,
        services: ['api', arn('ecs', `service/${cluster}/web`)],
      }),
    );
    expect(answer.services?.map((found) => found.serviceName)).toEqual(['api', 'web']);
    expect(answer.services?.[0]?.createdAt).toEqual(createdAt);
    expect(answer.services?.[0]?.events?.[0]?.createdAt).toEqual(createdAt);
    expect(answer.failures).toEqual([]);
  });

  it('gives the hundred latest events of a service, latest first', async () => {
    const events = times(105, (n) => ({ id: `e${n}`, createdAt: new Date(Date.UTC(2026, 0, 1, 0, n)) }));
    const ecs = await ecsWith({ services: [service('api', { events })] });
    const answer = await ecs.send(new DescribeServicesCommand({ cluster, services: ['api'] }));
    const ids = answer.services?.[0]?.events?.map((event) => event.id);
    expect([ids?.length, ids?.at(0), ids?.at(-1)]).toEqual([100, 'e104', 'e5']);
  });

  it('finds a service whose ARN is of the old format', async () => {
    const serviceArn = arn('ecs', 'service/api');
    const ecs = await ecsWith({ services: [service('api', { serviceArn })] });
    const answer = await ecs.send(new DescribeServicesCommand({ cluster, services: ['api', serviceArn] }));
    expect(answer.services?.map((found) => found.serviceArn)).toEqual([serviceArn]);
  });

  it('lists a service that is not there among the failures', async () => {
    const ecs = await ecsWith({ services: [service('api')] });
    const answer = await ecs.send(new DescribeServicesCommand({ cluster, services: ['api', 'nope'] }));
    expect(answer.services).toHaveLength(1);
    expect(answer.failures).toEqual([{ arn: arn('ecs', `service/${cluster}/nope`), reason: 'MISSING' }]);
  });

  it.each([
    [
      'eleven services',
      { cluster, services: times(11, (n) => `s${n}`) },
      'service names can have at most 10 items.',
    ],
    ['no service', { cluster, services: [] }, 'Services cannot be empty.'],
    [
      'a service of another cluster',
      { cluster, services: [arn('ecs', 'service/dev/api')] },
      'Identifier is for cluster dev. Your cluster is prod',
    ],
  ])('refuses %s', async (_name, input, message) => {
    const ecs = await ecsWith({});
    const error = await failure(ecs.send(new DescribeServicesCommand(input)));
    expect(error).toMatchObject({ name: 'InvalidParameterException', message });
  });

  it('leaves tags out unless asked', async () => {
    const ecs = await ecsWith({ services: [service('api', { tags: [{ key: 'team', value: 'core' }] })] });
    const plain = await ecs.send(new DescribeServicesCommand({ cluster, services: ['api'] }));
    expect(plain.services?.[0]?.tags).toBeUndefined();
    const asked = await ecs.send(
      new DescribeServicesCommand({ cluster, services: ['api'], include: ['TAGS'] }),
    );
    expect(asked.services?.[0]?.tags).toEqual([{ key: 'team', value: 'core' }]);
  });
});

describe('tasks', () => {
  const stopping = task(2, { desiredStatus: 'STOPPED', lastStatus: 'DEPROVISIONING' });
  const job = task(3, {
    group: 'family:job',
    taskDefinitionArn: arn('ecs', 'task-definition/job:1'),
    startedBy: 'cron',
  });
  const tasks = [task(1), stopping, job];

  it.each([
    ['running ones by default', {}, [1, 3]],
    ['those that are to stop, though they have not stopped yet', { desiredStatus: 'STOPPED' as const }, [2]],
    ['none for PENDING, which is never desired', { desiredStatus: 'PENDING' as const }, []],
    ['those of a service', { serviceName: 'api' }, [1]],
    ['those of a family', { family: 'job' }, [3]],
    ['those started by somebody', { startedBy: 'cron' }, [3]],
  ])('lists %s', async (_name, filter, expected) => {
    const ecs = await ecsWith({ services: [service('api')], tasks });
    const { taskArns = [] } = await ecs.send(new ListTasksCommand({ cluster, ...filter }));
    expect(taskArns.map((found) => Number(found.slice(-2)))).toEqual(expected);
  });

  it.each([
    [
      'family beside service',
      { family: 'api', serviceName: 'api' },
      'cannot specify serviceName with other arguments',
    ],
    [
      'anything beside startedBy',
      { startedBy: 'cron', desiredStatus: 'STOPPED' as const },
      'cannot specify startedBy with other arguments',
    ],
    ['a made-up token', { nextToken: 'abc' }, 'Invalid token.'],
  ])('refuses %s', async (_name, filter, message) => {
    const ecs = await ecsWith({ services: [service('api')], tasks });
    const error = await failure(ecs.send(new ListTasksCommand({ cluster, ...filter })));
    expect(error).toMatchObject({ name: 'InvalidParameterException', message });
  });

  it('refuses a service that is not there', async () => {
    const ecs = await ecsWith({ tasks });
    const error = await failure(ecs.send(new ListTasksCommand({ cluster, serviceName: 'nope' })));
    expect(error).toMatchObject({ name: 'ServiceNotFoundException', message: 'Service not found.' });
  });

  it('pages by a hundred', async () => {
    const ecs = await ecsWith({ tasks: times(250, (index) => task(index)) });
    const pages: string[][] = [];
    for await (const page of paginateListTasks({ client: ecs }, { cluster })) pages.push(page.taskArns ?? []);
    expect(pages.map((page) => page.length)).toEqual([100, 100, 50]);
    expect(new Set(pages.flat()).size).toBe(250);
  });

  it('describes by id and by ARN and calls an expired task MISSING', async () => {
    const ecs = await ecsWith({ tasks });
    const expired = 'f'.repeat(32);
    const [first] = tasks;
    const answer = await ecs.send(
      new DescribeTasksCommand({
        cluster,
        tasks: [first?.taskArn ?? '', '0'.repeat(31).concat('3'), expired],
      }),
    );
    expect(answer.tasks?.map((found) => found.taskArn)).toEqual([task(1).taskArn, task(3).taskArn]);
    expect(answer.failures).toEqual([{ arn: arn('ecs', `task/${cluster}/${expired}`), reason: 'MISSING' }]);
  });

  it.each([
    ['more than a hundred', times(101, (n) => `${n}`), 'taskIds can have at most 100 items.'],
    ['none', [], 'Tasks cannot be empty.'],
    ['a text that is no task id', ['3f2a'], 'taskId length should be one of [32,36]'],
  ])('refuses to describe %s', async (_name, ids, message) => {
    const ecs = await ecsWith({ tasks });
    const error = await failure(ecs.send(new DescribeTasksCommand({ cluster, tasks: ids })));
    expect(error).toMatchObject({ name: 'InvalidParameterException', message });
  });
});
