import type { Service, Task } from '@aws-sdk/client-ecs';
import type {
  LoadBalancer,
  Rule,
  TargetGroup,
  TargetHealthDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { health } from '#diagnostics/checks/health.ts';
import type { GroupMetrics } from '#diagnostics/facts/health-metrics.ts';
import type { TargetGroupHealth } from '#diagnostics/facts/target-health.ts';
import { context, definition, read, revision, tasksOf } from '../facts.ts';
import { arn, group, healthyTwo, serving, two } from '../targets.ts';

export const served = definition(2, [{ name: 'app', portMappings: [{ containerPort: 8080 }] }]);
/** What a case is about; the rest is a healthy service of two tasks behind a group of type ip. */
export interface Given {
  /** The revision that an older deployment still runs. */
  before?: typeof served;
  of?: Service;
  tasks?: Task[];
  groups?: TargetGroupHealth[];
  targets?: TargetHealthDescription[];
  settings?: Partial<TargetGroup>;
  deployed?: typeof served;
  /** Those that check its targets; absent: not read. */
  balancers?: LoadBalancer[];
  /** How often CloudWatch counted its targets healthy. */
  metrics?: GroupMetrics[];
  stopped?: Task[];
  /** Weight of each target group in the production rule; absent: it was not read. */
  weights?: Record<string, number>;
}

export function judged({
  of = serving,
  tasks = two,
  targets = healthyTwo,
  settings,
  groups,
  deployed = served,
  before,
  balancers,
  metrics,
  stopped = [],
  weights,
}: Given) {
  return health.judge(
    {
      service: of,
      tasks: read(tasksOf(stopped, tasks)),
      ...(balancers && { checkingBalancers: read(balancers) }),
      ...(weights && { productionRules: read([ruleOf(weights)]) }),
      ...(metrics && { healthMetrics: read(metrics) }),
      taskHosts: read({ 'arn:host': 'i-1' }),
      targetHealth: read(groups ?? [{ arn, group: { ...group, ...settings }, targets }]),
      deployedTaskDefinitions: read({ [revision(2)]: deployed, ...(before && { [revision(1)]: before }) }),
    },
    context,
  );
}

function ruleOf(weights: Record<string, number>): Rule {
  const TargetGroups = Object.entries(weights).map(([TargetGroupArn, Weight]) => ({
    TargetGroupArn,
    Weight,
  }));
  return { Actions: [{ Type: 'forward', ForwardConfig: { TargetGroups } }] };
}

export const causesOf = (given: Given) =>
  judged(given).findings.map(({ cause, severity }) => [cause, severity]);
