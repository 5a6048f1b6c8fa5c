import type { Deployment, Service, Task } from '@aws-sdk/client-ecs';
import type { World } from '#sandbox/aws/world.ts';
import type { Place } from '#sandbox/incidents/incident.ts';

const hour = 60 * 60 * 1000;
const longestReason = 1024;

/** Everything about a world that AWS would never answer with, in words; empty for a sound one. */
export function faultsOf(world: World, now: Date, place: Place): string[] {
  return [
    ...world.tasks.flatMap((task) => prefixed(task.taskArn, taskFaults(task, world, now, place))),
    ...world.services.flatMap((service) => prefixed(service.serviceName, serviceFaults(service, world, now))),
    ...deploymentFaults(world),
    ...targetFaults(world),
    ...logFaults(world, now),
    ...repeated(
      'task',
      world.tasks.map((task) => task.taskArn),
    ),
    ...repeated(
      'service',
      world.services.map((service) => service.serviceArn),
    ),
    ...repeated(
      'task definition',
      world.taskDefinitions.map((one) => one.taskDefinitionArn),
    ),
    ...repeated('address', world.tasks.filter((task) => isWanted(task) && addressIn(task)).map(addressIn)),
    ...repeated(
      'log group',
      world.logGroups.map((group) => group.name),
    ),
    ...foreign(world, place),
  ];
}

function prefixed(of: string | undefined, faults: string[]): string[] {
  return faults.map((fault) => `${of}: ${fault}`);
}

function unless(ok: boolean, fault: string): string[] {
  return ok ? [] : [fault];
}

function isWanted(task: Task): boolean {
  return task.desiredStatus === 'RUNNING';
}

function addressIn(task: Task): string | undefined {
  const details = task.attachments?.flatMap((attachment) => attachment.details ?? []);
  return details?.find(({ name }) => name === 'privateIPv4Address')?.value;
}

function taskFaults(task: Task, world: World, now: Date, place: Place): string[] {
  const definition = world.taskDefinitions.find((one) => one.taskDefinitionArn === task.taskDefinitionArn);
  const names = (task.containers ?? []).map(({ name }) => name);
  const defined = (definition?.containerDefinitions ?? []).map(({ name }) => name);
  const isService = task.group?.startsWith('service:');
  return [
    ...unless(
      new RegExp(`^arn:aws:ecs:${place.region}:${place.account}:task/${place.cluster}/[0-9a-f]{32}$`).test(
        task.taskArn ?? '',
      ),
      'its ARN has another form',
    ),
    ...unless(definition !== undefined, 'its task definition is not there'),
    ...unless(String(names) === String(defined), 'its containers are not those of its definition'),
    ...unless(
      task.cpu === definition?.cpu && task.memory === definition?.memory,
      'its size is not its definition’s',
    ),
    ...unless(
      isUnplaced(task) || /^[a-z]{2}-[a-z]+-\d[a-c]$/.test(task.availabilityZone ?? ''),
      'it has no zone',
    ),
    ...unless(!isService || /^ecs-svc\/\d{19}$/.test(task.startedBy ?? ''), 'no deployment started it'),
    ...(definition?.networkMode === 'awsvpc' ? attachmentFaults(task) : []),
    ...instanceFaults(task, world),
    ...timeFaults(task, now),
    ...(task.lastStatus === 'STOPPED' ? stopFaults(task, now) : lifeFaults(task)),
  ];
}

function attachmentFaults(task: Task): string[] {
  const [attachment] = task.attachments ?? [];
  const details = new Map(attachment?.details?.map(({ name, value }) => [name, value]));
  const unwired = task.connectivityAt === undefined && task.startedAt === undefined;
  return [
    ...unless(attachment?.type === 'ElasticNetworkInterface', 'it has no network interface'),
    ...unless(/^subnet-[0-9a-f]{17}$/.test(details.get('subnetId') ?? ''), 'its subnet id has another form'),
    ...unless(
      unwired || /^eni-[0-9a-f]{17}$/.test(details.get('networkInterfaceId') ?? ''),
      'its interface id has another form',
    ),
    ...unless(
      unwired && task.lastStatus === 'PROVISIONING'
        ? /^(?:PRECREATED|CREATED|ATTACHING)$/.test(attachment?.status ?? '')
        : attachment?.status === (task.lastStatus === 'STOPPED' ? 'DELETED' : 'ATTACHED'),
      'its interface has another status',
    ),
    ...(task.containers ?? []).flatMap(({ networkInterfaces }) =>
      unless(
        networkInterfaces?.[0]?.privateIpv4Address === addressIn(task),
        'a container has another address',
      ),
    ),
  ];
}

/** A task on EC2 runs on an instance of the cluster, one on Fargate on none that anybody sees. */
function instanceFaults(task: Task, { containerInstances }: World): string[] {
  const { launchType, containerInstanceArn } = task;
  const instance = containerInstances.find((one) => one.containerInstanceArn === containerInstanceArn);
  return [
    ...unless(
      isUnplaced(task) || (launchType === 'EC2') === (containerInstanceArn !== undefined),
      'its launch type and its instance disagree',
    ),
    ...unless(containerInstanceArn === undefined || instance !== undefined, 'its instance is not there'),
  ];
}

/** A task of a capacity provider that has no instance for it yet. */
function isUnplaced({ lastStatus, launchType, containerInstanceArn }: Task): boolean {
  return lastStatus === 'PROVISIONING' && launchType === 'EC2' && containerInstanceArn === undefined;
}

/** Each phase follows the one before; ECS leaves out those that were never reached. */
function timeFaults(task: Task, now: Date): string[] {
  const start = [task.createdAt, task.connectivityAt, task.pullStartedAt, task.pullStoppedAt, task.startedAt];
  const times = [...start, ...[task.executionStoppedAt, task.stoppingAt].sort(byTime), task.stoppedAt, now]
    .filter((time) => time !== undefined)
    .map((time) => time.getTime());
  return unless(
    times.every((time, index) => index === 0 || time >= (times[index - 1] ?? 0)),
    `its times are out of order: ${times.map((time) => new Date(time).toISOString())}`,
  );
}

function byTime(left: Date | undefined, right: Date | undefined): number {
  return (left?.getTime() ?? 0) - (right?.getTime() ?? 0);
}

function stopFaults(task: Task, now: Date): string[] {
  const codes = (task.containers ?? []).map(({ exitCode }) => exitCode);
  const failedToStart = task.stopCode === 'TaskFailedToStart';
  return [
    ...unless(task.desiredStatus === 'STOPPED', 'stopped, yet meant to run'),
    ...unless(Boolean(task.stopCode && task.stoppedReason), 'stopped without code or reason'),
    ...unless((task.stoppedReason ?? '').length <= longestReason, 'its reason is longer than ECS keeps'),
    ...unless(
      task.containers?.every(({ lastStatus }) => lastStatus === 'STOPPED') === true,
      'a container of it lives on',
    ),
    ...unless(now.getTime() - (task.stoppedAt?.getTime() ?? 0) < hour, 'ECS would have forgotten it'),
    ...unless(!failedToStart || task.startedAt === undefined, 'failed to start, yet started'),
    ...unless(!failedToStart || codes.every((code) => code === undefined), 'an exit code without a process'),
    ...unless(
      failedToStart || codes.every((code) => code !== undefined),
      'a container ended without an exit code',
    ),
  ];
}

/** Asked to stop, and not stopped yet: it leaves its load balancer, then its containers end. */
const onTheWayOut = ['DEACTIVATING', 'STOPPING', 'DEPROVISIONING'];

function lifeFaults(task: Task): string[] {
  if (onTheWayOut.includes(task.lastStatus ?? '')) return leavingFaults(task);
  const started = task.startedAt !== undefined;
  return [
    ...unless(task.desiredStatus === 'RUNNING', 'alive, yet meant to stop'),
    ...unless(started === (task.lastStatus === 'RUNNING'), 'RUNNING and startedAt disagree'),
    ...unless(
      [task.stopCode, task.stoppedReason, task.stoppedAt].every((field) => field === undefined),
      'alive, with a stop',
    ),
    ...unless(
      // A container that is not essential may have ended while its task lives on.
      task.containers?.every(
        ({ exitCode, lastStatus }) => exitCode === undefined || lastStatus === 'STOPPED',
      ) === true,
      'alive, with an exit code',
    ),
  ];
}

function leavingFaults(task: Task): string[] {
  return [
    ...unless(task.desiredStatus === 'STOPPED', 'leaves, yet meant to run'),
    ...unless(
      task.stoppingAt !== undefined && task.stoppedAt === undefined,
      'leaves, without a time or with an end',
    ),
    ...unless(Boolean(task.stopCode && task.stoppedReason), 'leaves without code or reason'),
  ];
}

/** Under another controller than ECS's own, task sets stand where deployments do. */
function deploymentsOf({ deployments = [], taskSets = [] }: Service): Deployment[] {
  const sets = taskSets.map(({ id, status, taskDefinition, runningCount, pendingCount, createdAt }) => ({
    id,
    status,
    taskDefinition,
    runningCount,
    pendingCount,
    createdAt,
  }));
  return [...deployments, ...sets];
}

function serviceFaults(service: Service, world: World, now: Date): string[] {
  const own = world.tasks.filter((task) => task.group === `service:${service.serviceName}` && isWanted(task));
  const running = own.filter((task) => task.lastStatus === 'RUNNING').length;
  const deployments = deploymentsOf(service);
  const total = (count: 'runningCount' | 'pendingCount') =>
    deployments.reduce((sum, deployment) => sum + (deployment[count] ?? 0), 0);
  const times = (service.events ?? []).map(({ createdAt }) => createdAt?.getTime() ?? Number.NaN);
  const primary = deployments.filter(({ status }) => status === 'PRIMARY');
  const { deploymentCircuitBreaker: breaker } = service.deploymentConfiguration ?? {};
  const threshold = Math.max(3, Math.ceil((service.desiredCount ?? 0) / 2));
  return [
    ...unless(service.runningCount === running, `runs ${running}, says ${service.runningCount}`),
    ...unless(service.pendingCount === own.length - running, 'says another number of pending tasks'),
    ...unless(total('runningCount') === running, 'its deployments run another number'),
    ...unless(total('pendingCount') === service.pendingCount, 'its deployments wait for another number'),
    ...unless(primary.length === 1, 'has not exactly one PRIMARY deployment'),
    ...unless(
      primary[0]?.taskDefinition === service.taskDefinition,
      'its PRIMARY deployment has another definition',
    ),
    ...unless(
      world.taskDefinitions.some((one) => one.taskDefinitionArn === service.taskDefinition),
      'its definition is not there',
    ),
    ...unless(times.length > 0 && times.length <= 100, `has ${times.length} events`),
    ...unless(
      times.every((time, index) => time <= (times[index - 1] ?? now.getTime())),
      'its events are not newest first',
    ),
    ...unless(
      service.events?.every(({ message }) => message?.startsWith(`(service ${service.serviceName}`)) === true,
      'an event of another service',
    ),
    ...deployments.flatMap((deployment) =>
      unless(
        !breaker?.enable ||
          deployment.rolloutState !== 'IN_PROGRESS' ||
          (deployment.failedTasks ?? 0) < threshold,
        'its circuit breaker should have tripped',
      ),
    ),
    ...own.flatMap((task) =>
      unless(
        deployments.some(({ id }) => id === task.startedBy),
        'a task of a deployment that is not listed',
      ),
    ),
    ...unless(
      (service.createdAt?.getTime() ?? Number.NaN) < (primary[0]?.createdAt?.getTime() ?? 0),
      'deployed before it was created',
    ),
  ];
}

function deploymentFaults({
  services,
  serviceDeployments,
  serviceRevisions,
  taskDefinitions,
}: World): string[] {
  const revisions = new Map(serviceRevisions.map((revision) => [revision.serviceRevisionArn, revision]));
  return [
    ...serviceDeployments.flatMap((deployment) => [
      ...unless(
        services.some(({ serviceArn }) => serviceArn === deployment.serviceArn),
        'a deployment of no service',
      ),
      ...unless(
        revisions.has(deployment.targetServiceRevision?.arn),
        `${deployment.serviceDeploymentArn}: its revision is not there`,
      ),
      ...unless(
        (deployment.status === 'IN_PROGRESS') === (deployment.finishedAt === undefined),
        'in progress and finished disagree',
      ),
    ]),
    ...services.flatMap((service) =>
      unless(
        (service.deploymentController?.type === 'CODE_DEPLOY' ||
          serviceDeployments.some(({ serviceArn }) => serviceArn === service.serviceArn)) &&
          (service.currentServiceRevisions ?? []).every(({ arn }) => revisions.has(arn)),
        `${service.serviceName}: has no deployment history`,
      ),
    ),
    ...serviceRevisions.flatMap((revision) =>
      unless(
        taskDefinitions.some((one) => one.taskDefinitionArn === revision.taskDefinition),
        `${revision.serviceRevisionArn}: its task definition is not there`,
      ),
    ),
  ];
}

function targetFaults(world: World): string[] {
  const addresses = new Set(world.tasks.map(addressIn));
  const hosts = new Set(world.containerInstances.map(({ ec2InstanceId }) => ec2InstanceId));
  const groups = new Set(world.targetGroups.map((group) => group.TargetGroupArn));
  const running = (arn: string) =>
    world.services.find(({ loadBalancers = [] }) => loadBalancers.some((one) => one.targetGroupArn === arn))
      ?.runningCount ?? 0;
  const isHeld = (id: string | undefined) => addresses.has(id) || hosts.has(id);
  return [
    ...world.services.flatMap((service) =>
      (service.loadBalancers ?? []).flatMap(({ targetGroupArn = '' }) =>
        unless(
          groups.has(targetGroupArn) && targetGroupArn in world.targetHealth,
          `${service.serviceName}: its target group is not there`,
        ),
      ),
    ),
    ...Object.entries(world.targetHealth).flatMap(([arn, targets]) => [
      ...unless(groups.has(arn), `${arn}: health of no group`),
      ...targets.flatMap(({ Target, TargetHealth }) => [
        // One beside as many as there are tasks, or that nothing uses, may be left over.
        ...unless(
          isHeld(Target?.Id) ||
            TargetHealth?.State === 'unused' ||
            (TargetHealth?.State !== 'healthy' && targets.length > running(arn)),
          `${arn}: target ${Target?.Id} is no task`,
        ),
        ...unless(
          (TargetHealth?.State === 'healthy') === (TargetHealth?.Reason === undefined),
          `${arn}: a reason belongs to unhealthy targets alone`,
        ),
      ]),
    ]),
  ];
}

function logFaults(world: World, now: Date): string[] {
  const { logGroups, taskDefinitions } = world;
  const written = new Set(
    taskDefinitions.flatMap(({ containerDefinitions = [] }) =>
      containerDefinitions.map(({ logConfiguration }) => logConfiguration?.options?.['awslogs-group']),
    ),
  );
  return logGroups.flatMap(({ name, streams, ...group }) => [
    ...streamFaults(world, { name, streams, ...group }),
    // What AWS writes itself: events of ECS, samples of Container Insights.
    ...unless(
      written.has(name) || /^\/aws\/(?:events|ecs\/containerinsights)\//.test(name),
      `${name}: no container logs there`,
    ),
    ...repeated(
      `stream of ${name}`,
      streams.map((stream) => stream.name),
    ),
    ...streams.flatMap((stream) => [
      ...unless(stream.events.length > 0 || stream.empty !== undefined, `${name} ${stream.name}: empty`),
      ...unless(
        stream.events.every(({ at }) => at <= now),
        `${name} ${stream.name}: a line from the future`,
      ),
    ]),
  ]);
}

/** awslogs names a stream PREFIX/CONTAINER/TASKID, and a container writes from its start to its end. */
function streamFaults(
  { tasks, taskDefinitions }: World,
  { name, streams }: World['logGroups'][number],
): string[] {
  if (name.startsWith('/aws/')) return [];
  return streams.flatMap((stream) => {
    const [prefix, container, id = ''] = stream.name.split('/');
    const writer = taskDefinitions
      .flatMap(({ containerDefinitions = [] }) => containerDefinitions)
      .find((one) => one.name === container && one.logConfiguration?.options?.['awslogs-group'] === name);
    const task = tasks.find(({ taskArn }) => taskArn?.endsWith(`/${id}`));
    const [from, until] = [task?.pullStoppedAt, task?.executionStoppedAt ?? task?.stoppedAt];
    return [
      ...unless(/^[0-9a-f]{32}$/.test(id), `${name} ${stream.name}: no task id`),
      ...unless(
        writer?.logConfiguration?.options?.['awslogs-stream-prefix'] === prefix,
        `${name} ${stream.name}: nobody writes there`,
      ),
      ...unless(!task || from !== undefined, `${name} ${stream.name}: its task never ran`),
      ...unless(
        stream.events.every(({ at }) => (!from || at >= from) && (!until || at <= until)),
        `${name} ${stream.name}: a line from outside its task’s life`,
      ),
    ];
  });
}

function repeated(what: string, keys: readonly (string | undefined)[]): string[] {
  return keys.filter((key, index) => keys.indexOf(key) < index).map((key) => `${what} twice: ${key}`);
}

/** No ARN may lead into the other account or region, save what a role may do there. */
function foreign(world: World, { account, region }: Place): string[] {
  const roles = world.roles?.map(({ role }) => role);
  // A repository of another account is told of by that account's own number.
  const repositories = world.repositories?.filter(({ repository }) => repository.registryId === account);
  const arns =
    JSON.stringify({ ...world, roles, repositories }).match(/arn:aws:[a-z0-9-]+:[a-z0-9-]*:\d{12}/g) ?? [];
  return [...new Set(arns)]
    .filter((arn) => {
      const [, , , arnRegion, arnAccount] = arn.split(':');
      // Somebody may mean another region by mistake; a world tells which.
      const regions = ['', region, ...Object.keys(world.otherRegions ?? {})];
      return arnAccount !== account || !regions.includes(arnRegion ?? '');
    })
    .map((arn) => `leads elsewhere: ${arn}`);
}
