import type { Account, World } from '#sandbox/aws/world.ts';
import rolePolicy from '../../deploy/policy.json' with { type: 'json' };
import { access } from './access/index.ts';
import { accountsDependencyFailed } from './accounts-dependency-failed.ts';
import { apiOutOfMemory } from './api-out-of-memory.ts';
import { archiveExpired } from './archive-expired.ts';
import { authSimilarNames } from './auth-similar-names.ts';
import { batchSpotShort } from './batch-spot-short.ts';
import { billingRolledBack } from './billing-rolled-back.ts';
import { withInstanceTypes } from './build/instance-types.ts';
import { mergeWorlds } from './build/merge.ts';
import { clusterArn } from './build/names.ts';
import { quietService } from './build/quiet.ts';
import { withListeners } from './build/shared-balancers.ts';
import { withImages } from './build/shared-images.ts';
import { withNetwork } from './build/shared-network.ts';
import { withRoles } from './build/shared-roles.ts';
import { withSecrets } from './build/shared-secrets.ts';
import { withUsage } from './build/shared-usage.ts';
import { cacheStoppedByPerson } from './cache-stopped-by-person.ts';
import { catalogImageMissing } from './catalog-image-missing.ts';
import { changes } from './changes/index.ts';
import { checkoutMissingSetting } from './checkout-missing-setting.ts';
import { checks } from './checks/index.ts';
import { connections } from './connections/index.ts';
import { ends } from './ends/index.ts';
import { frontendHealthy } from './frontend-healthy.ts';
import { gatewayPortInUse } from './gateway-port-in-use.ts';
import { geoWrongArchitecture } from './geo-wrong-architecture.ts';
import { health } from './health/index.ts';
import { hosts } from './hosts/index.ts';
import { images } from './images/index.ts';
import { imagingSegfault } from './imaging-segfault.ts';
import type { EnvironmentName, Incident, Place } from './incident.ts';
import { ledgerSecretsUnreachable } from './ledger-secrets-unreachable.ts';
import { legacySyncDormant } from './legacy-sync-dormant.ts';
import { logs } from './logs/index.ts';
import { mailerChildOom } from './mailer-child-oom.ts';
import { network } from './network/index.ts';
import { nightlyImportFailed } from './nightly-import-failed.ts';
import { nightlyReportCompleted } from './nightly-report-completed.ts';
import { notificationsUnhealthy } from './notifications-unhealthy.ts';
import { ordersSidecarExit } from './orders-sidecar-exit.ts';
import { paymentsSecretDenied } from './payments-secret-denied.ts';
import { queries } from './queries/index.ts';
import { quiet } from './quiet/index.ts';
import { reportsEntryPointMissing } from './reports-entry-point-missing.ts';
import { rollouts } from './rollouts/index.ts';
import { searchScaleIn } from './search-scale-in.ts';
import { sessions } from './sessions/index.ts';
import { sessionsForgedReason } from './sessions-forged-reason.ts';
import { starts } from './starts/index.ts';
import { thumbnailsSpotHealed } from './thumbnails-spot-healed.ts';
import { trends } from './trends/index.ts';
import { waiting } from './waiting/index.ts';
import { webWrongHealthCode } from './web-wrong-health-code.ts';
import { workerSigkill } from './worker-sigkill.ts';

/** Every incident of the sandbox; the first is the one that the demo opens with. */
export const incidents: readonly Incident[] = [
  apiOutOfMemory,
  checkoutMissingSetting,
  catalogImageMissing,
  paymentsSecretDenied,
  webWrongHealthCode,
  ordersSidecarExit,
  workerSigkill,
  archiveExpired,
  nightlyImportFailed,
  frontendHealthy,
  authSimilarNames,
  batchSpotShort,
  thumbnailsSpotHealed,
  searchScaleIn,
  billingRolledBack,
  notificationsUnhealthy,
  reportsEntryPointMissing,
  ledgerSecretsUnreachable,
  nightlyReportCompleted,
  cacheStoppedByPerson,
  sessionsForgedReason,
  mailerChildOom,
  imagingSegfault,
  geoWrongArchitecture,
  gatewayPortInUse,
  accountsDependencyFailed,
  legacySyncDormant,
  ...starts,
  ...rollouts,
  ...ends,
  ...checks,
  ...hosts,
  ...quiet,
  ...waiting,
  ...access,
  ...sessions,
  ...health,
  ...trends,
  ...images,
  ...logs,
  ...network,
  ...connections,
  ...queries,
  ...changes,
];

/** The external id that the trust policies of both roles ask for. */
export const externalId = 'ecs-sleuth-sandbox';

export const places: Readonly<Record<EnvironmentName, Place>> = {
  prod: { environment: 'prod', account: '222222222222', region: 'us-east-1', cluster: 'prod' },
  staging: { environment: 'staging', account: '333333333333', region: 'eu-west-1', cluster: 'staging' },
};

/** Services beside those of the incidents, so that a cluster looks like one. */
const neighbours: Record<EnvironmentName, (now: Date, place: Place) => Partial<World>[]> = {
  prod: (now, place) => [
    quietService(place, now, 'profile', { revision: 33, tag: '1.9.2', desired: 2, deployed: 8 }),
    quietService(place, now, 'pricing', { revision: 71, tag: '6.0.1', desired: 3, deployed: 1 }),
    quietService(place, now, 'invoice-mailer', {
      revision: 12,
      tag: '0.8.4',
      desired: 1,
      deployed: 44,
      web: false,
    }),
  ],
  staging: (now, place) => [
    quietService(place, now, 'profile', { revision: 36, tag: '1.10.0-rc2', desired: 1, deployed: 3 }),
    quietService(place, now, 'pricing', { revision: 74, tag: '6.1.0-rc1', desired: 1, deployed: 1 }),
    quietService(place, now, 'frontend', { revision: 219, tag: '9.15.0-rc1', desired: 2, deployed: 2 }),
  ],
};

/** What the role that people are given allows: whatever is called beyond it fails here as it would for them. */
const allowed = rolePolicy.Statement.filter(({ Effect }) => Effect === 'Allow').flatMap(
  ({ Action = [] }) => Action,
);

/** The sandbox's two accounts, each with the incidents of its environment in one cluster; unless told, all of them. */
export function sandboxAccounts(now: Date, told: readonly Incident[] = incidents): Account[] {
  return Object.values(places).map((place) => {
    const worlds = [
      ...told
        .filter(({ environment }) => environment === place.environment)
        .map((incident) => incident.world(now, place)),
      ...neighbours[place.environment](now, place),
    ];
    const world = withRoles(
      place,
      withImages(
        place,
        withSecrets(
          place,
          withListeners(
            place,
            withNetwork(place, withInstanceTypes(withUsage(place, now, mergeWorlds(worlds)))),
          ),
        ),
      ),
    );
    return {
      id: place.account,
      region: place.region,
      role: { arn: `arn:aws:iam::${place.account}:role/ecs-sleuth`, externalId, allows: allowed },
      world: { ...world, clusters: [clusterOf(place, world)] },
    };
  });
}

function clusterOf(place: Place, { tasks, services, containerInstances }: World): World['clusters'][number] {
  const wanted = tasks.filter((task) => task.desiredStatus === 'RUNNING');
  const running = wanted.filter((task) => task.lastStatus === 'RUNNING').length;
  return {
    clusterArn: clusterArn(place),
    clusterName: place.cluster,
    status: 'ACTIVE',
    registeredContainerInstancesCount: containerInstances.length,
    runningTasksCount: running,
    pendingTasksCount: wanted.length - running,
    activeServicesCount: services.length,
    settings: [{ name: 'containerInsights', value: place.environment === 'prod' ? 'enhanced' : 'disabled' }],
    capacityProviders: ['FARGATE', 'FARGATE_SPOT'],
    defaultCapacityProviderStrategy: [],
    statistics: [],
    tags: [],
  };
}
