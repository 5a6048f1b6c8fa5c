import type { LogGroup, World } from '#sandbox/aws/world.ts';

/** Several worlds as one: lists are joined, streams of one log group come together, shared things are kept once. */
export function mergeWorlds(worlds: readonly Partial<World>[]): World {
  const all = <T>(list: (world: Partial<World>) => T[] | undefined) =>
    worlds.flatMap((world) => list(world) ?? []);
  return {
    clusters: all((world) => world.clusters),
    services: all((world) => world.services),
    tasks: all((world) => world.tasks),
    taskDefinitions: all((world) => world.taskDefinitions),
    taskDefinitionTags: Object.assign({}, ...worlds.map((world) => world.taskDefinitionTags)),
    containerInstances: all((world) => world.containerInstances),
    serviceDeployments: all((world) => world.serviceDeployments),
    serviceRevisions: all((world) => world.serviceRevisions),
    targetGroups: all((world) => world.targetGroups),
    loadBalancers: firstOfEach(
      all((world) => world.loadBalancers),
      (balancer) => balancer.LoadBalancerArn,
    ),
    listeners: firstOfEach(
      all((world) => world.listeners),
      (listener) => listener.ListenerArn,
    ),
    listenerRules: joinedLists(worlds.map((world) => world.listenerRules ?? {})),
    targetHealth: Object.assign({}, ...worlds.map((world) => world.targetHealth)),
    targetGroupAttributes: Object.assign({}, ...worlds.map((world) => world.targetGroupAttributes)),
    taskProtection: Object.assign({}, ...worlds.map((world) => world.taskProtection)),
    alarms: all((world) => world.alarms),
    compositeAlarms: all((world) => world.compositeAlarms),
    alarmHistory: all((world) => world.alarmHistory),
    subnets: all((world) => world.subnets),
    securityGroups: all((world) => world.securityGroups),
    vpcs: all((world) => world.vpcs),
    vpcAttributes: Object.assign({}, ...worlds.map((world) => world.vpcAttributes)),
    dhcpOptions: all((world) => world.dhcpOptions),
    routeTables: all((world) => world.routeTables),
    networkAcls: all((world) => world.networkAcls),
    vpcEndpoints: all((world) => world.vpcEndpoints),
    natGateways: all((world) => world.natGateways),
    hostedZones: all((world) => world.hostedZones),
    prefixLists: firstOfEach(
      all((world) => world.prefixLists),
      ({ list }) => list.PrefixListId,
    ),
    networkInterfaces: all((world) => world.networkInterfaces),
    instances: all((world) => world.instances),
    ...Object.assign(
      {},
      ...worlds.map(({ publicAccessBlock }) => publicAccessBlock && { publicAccessBlock }),
    ),
    cloudMapInstances: Object.assign({}, ...worlds.map((world) => world.cloudMapInstances)),
    cloudMapHealth: Object.assign({}, ...worlds.map((world) => world.cloudMapHealth)),
    cloudMapServices: all((world) => world.cloudMapServices),
    cloudMapNamespaces: firstOfEach(
      all((world) => world.cloudMapNamespaces),
      ({ Id }) => Id,
    ),
    instanceTypes: all((world) => world.instanceTypes),
    capacityProviders: all((world) => world.capacityProviders),
    autoScalingGroups: all((world) => world.autoScalingGroups),
    scalingActivities: all((world) => world.scalingActivities),
    scalableTargets: all((world) => world.scalableTargets),
    scalingPolicies: all((world) => world.scalingPolicies),
    serviceScalingActivities: all((world) => world.serviceScalingActivities),
    trailEvents: all((world) => world.trailEvents),
    serviceQuotas: all((world) => world.serviceQuotas),
    metrics: all((world) => world.metrics),
    roles: firstOfEach(
      all((world) => world.roles),
      ({ role }) => role.Arn,
    ),
    instanceProfiles: all((world) => world.instanceProfiles),
    missingRoles: all((world) => world.missingRoles),
    missing: all((world) => world.missing),
    secrets: all((world) => world.secrets),
    secretPolicies: Object.assign({}, ...worlds.map((world) => world.secretPolicies)),
    parameters: all((world) => world.parameters),
    keys: all((world) => world.keys),
    keyAliases: Object.assign({}, ...worlds.map((world) => world.keyAliases)),
    keyPolicies: Object.assign({}, ...worlds.map((world) => world.keyPolicies)),
    keyGrants: Object.assign({}, ...worlds.map((world) => world.keyGrants)),
    fileSystems: all((world) => world.fileSystems),
    fileSystemPolicies: Object.assign({}, ...worlds.map((world) => world.fileSystemPolicies)),
    mountTargets: all((world) => world.mountTargets),
    mountTargetSecurityGroups: Object.assign({}, ...worlds.map((world) => world.mountTargetSecurityGroups)),
    accessPoints: all((world) => world.accessPoints),
    repositories: all((world) => world.repositories),
    pullThroughCacheRules: all((world) => world.pullThroughCacheRules),
    otherRegions: otherRegions(worlds),
    logGroups: joinedGroups(all((world) => world.logGroups)),
  };
}

function otherRegions(worlds: readonly Partial<World>[]): Record<string, World> {
  const told = worlds.map((world) => world.otherRegions ?? {});
  const names = [...new Set(told.flatMap((regions) => Object.keys(regions)))];
  return Object.fromEntries(
    names.map((name) => [name, mergeWorlds(told.flatMap((regions) => regions[name] ?? []))]),
  );
}

function firstOfEach<T>(items: readonly T[], key: (item: T) => string | undefined): T[] {
  return [...new Map(items.toReversed().map((item) => [key(item), item])).values()].toReversed();
}

function joinedLists<T>(records: readonly Record<string, T[]>[]): Record<string, T[]> {
  const joined: Record<string, T[]> = {};
  for (const [key, items] of records.flatMap((record) => Object.entries(record)))
    joined[key] = [...(joined[key] ?? []), ...items];
  return joined;
}

function joinedGroups(groups: readonly LogGroup[]): LogGroup[] {
  const joined = new Map<string, LogGroup>();
  for (const group of groups) {
    const known = joined.get(group.name);
    joined.set(group.name, known ? { ...known, streams: [...known.streams, ...group.streams] } : group);
  }
  return [...joined.values()];
}
