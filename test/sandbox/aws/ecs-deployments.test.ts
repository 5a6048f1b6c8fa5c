import {
  DescribeContainerInstancesCommand,
  DescribeServiceDeploymentsCommand,
  DescribeServiceRevisionsCommand,
  DescribeTaskDefinitionCommand,
  ListContainerInstancesCommand,
  ListServiceDeploymentsCommand,
  ListTaskDefinitionFamiliesCommand,
  ListTaskDefinitionsCommand,
} from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { clusterArn, definition, ecsWith, service, times } from './ecs-world.ts';
import { arn, cluster, failure } from './small-world.ts';

describe('task definitions', () => {
  const world = {
    taskDefinitions: [
      definition('api', 9),
      definition('api', 10),
      definition('api', 11, { status: 'INACTIVE' }),
      definition('old', 1, { status: 'INACTIVE' }),
    ],
    taskDefinitionTags: { [arn('ecs', 'task-definition/api:10')]: [{ key: 'commit', value: 'abc' }] },
  };

  it.each([
    ['the newest active revision of a family', 'api', 10],
    ['a revision, also an inactive one', 'api:11', 11],
    ['an ARN', arn('ecs', 'task-definition/api:9'), 9],
  ])('describes %s', async (_name, taskDefinition, revision) => {
    const ecs = await ecsWith(world);
    const answer = await ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition, include: ['TAGS'] }));
    expect(answer.taskDefinition?.revision).toBe(revision);
    expect(answer.tags).toEqual(revision === 10 ? [{ key: 'commit', value: 'abc' }] : []);
  });

  it.each(['nope', 'api:99', 'old'])('cannot describe %s', async (taskDefinition) => {
    const ecs = await ecsWith(world);
    const error = await failure(ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition })));
    expect(error).toMatchObject({ name: 'ClientException', message: 'Unable to describe task definition.' });
  });

  it('lists active revisions in order of number and families of either kind', async () => {
    const ecs = await ecsWith(world);
    const { taskDefinitionArns } = await ecs.send(
      new ListTaskDefinitionsCommand({ familyPrefix: 'api', sort: 'DESC' }),
    );
    expect(taskDefinitionArns).toEqual([
      arn('ecs', 'task-definition/api:10'),
      arn('ecs', 'task-definition/api:9'),
    ]);
    const all = await ecs.send(new ListTaskDefinitionFamiliesCommand({}));
    expect(all.families).toEqual(['api', 'old']);
    const inactive = await ecs.send(new ListTaskDefinitionFamiliesCommand({ status: 'INACTIVE' }));
    expect(inactive.families).toEqual(['old']);
  });
});

describe('deployments and instances', () => {
  const deploymentArn = (n: number) => arn('ecs', `service-deployment/${cluster}/api/${n}`);
  const serviceDeployments = times(3, (n) => ({
    serviceDeploymentArn: deploymentArn(n),
    serviceArn: service('api').serviceArn,
    clusterArn,
    createdAt: new Date(Date.UTC(2026, 0, n + 1)),
    status: n === 1 ? ('ROLLBACK_SUCCESSFUL' as const) : ('SUCCESSFUL' as const),
    targetServiceRevision: { arn: arn('ecs', `service-revision/${cluster}/api/${n}`) },
  }));

  it('lists deployments newest first, by status and time', async () => {
    const ecs = await ecsWith({ services: [service('api')], serviceDeployments });
    const all = await ecs.send(new ListServiceDeploymentsCommand({ cluster, service: 'api' }));
    expect(all.serviceDeployments?.map((brief) => brief.serviceDeploymentArn)).toEqual(
      [2, 1, 0].map(deploymentArn),
    );
    const filtered = await ecs.send(
      new ListServiceDeploymentsCommand({
        cluster,
        service: 'api',
        status: ['SUCCESSFUL'],
        createdAt: { after: new Date(Date.UTC(2026, 0, 2)) },
      }),
    );
    expect(filtered.serviceDeployments).toMatchObject([
      { targetServiceRevisionArn: arn('ecs', `service-revision/${cluster}/api/2`) },
    ]);
  });

  it('describes at most twenty deployments and revisions, the missing ones as failures', async () => {
    const ecs = await ecsWith({ serviceDeployments });
    const described = await ecs.send(
      new DescribeServiceDeploymentsCommand({ serviceDeploymentArns: [deploymentArn(1), deploymentArn(9)] }),
    );
    expect(described.serviceDeployments?.[0]?.status).toBe('ROLLBACK_SUCCESSFUL');
    expect(described.failures).toEqual([{ arn: deploymentArn(9), reason: 'MISSING' }]);
    const many = times(21, (n) => arn('ecs', `service-revision/${cluster}/api/${n}`));
    const error = await failure(ecs.send(new DescribeServiceRevisionsCommand({ serviceRevisionArns: many })));
    expect(error).toMatchObject({ name: 'InvalidParameterException' });
  });

  it('lists and describes container instances of the cluster', async () => {
    const instance = {
      containerInstanceArn: arn('ecs', `container-instance/${cluster}/${'a'.repeat(32)}`),
      ec2InstanceId: 'i-0abc',
      status: 'ACTIVE',
      remainingResources: [{ name: 'MEMORY', type: 'INTEGER', integerValue: 512 }],
    };
    const ecs = await ecsWith({ containerInstances: [instance] });
    const { containerInstanceArns } = await ecs.send(new ListContainerInstancesCommand({ cluster }));
    expect(containerInstanceArns).toEqual([instance.containerInstanceArn]);
    const filter = 'ec2InstanceId == i-0other';
    const none = await ecs.send(new ListContainerInstancesCommand({ cluster, filter }));
    expect(none.containerInstanceArns).toEqual([]);
    const described = await ecs.send(
      new DescribeContainerInstancesCommand({ cluster, containerInstances: ['a'.repeat(32)] }),
    );
    expect(described.containerInstances).toMatchObject([
      { ec2InstanceId: 'i-0abc', remainingResources: instance.remainingResources },
    ]);
  });
});
