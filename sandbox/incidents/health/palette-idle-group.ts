import { balancerOf } from '../build/balancer.ts';
import { mergeWorlds } from '../build/merge.ts';
import { roleArn } from '../build/names.ts';
import { hex } from '../build/seeded.ts';
import { standing } from '../build/standing.ts';
import type { Incident } from '../incident.ts';

/** After a blue/green deployment green serves, and blue waits empty, attached to no listener, for the next one. */
export const paletteIdleGroup: Incident = {
  name: 'palette-idle-group',
  title: 'palette serves from its green target group; the blue one is idle by design',
  environment: 'prod',
  ask: 'health palette prod',
  expected: { state: 'healthy', cause: null, status: 'confirmed' },
  world(now, place) {
    const green = balancerOf(place, 'palette-green');
    const blue = balancerOf(place, 'palette', { settings: { LoadBalancerArns: [] } });
    const balancer = green.loadBalancer.LoadBalancerArn ?? '';
    const listener = `${balancer.replace(':loadbalancer/', ':listener/')}/${hex(`${balancer} listener`, 16)}`;
    const rule = `${listener.replace(':listener/', ':listener-rule/')}/${hex('palette rule', 16)}`;
    const world = standing(place, now, { service: 'palette', ago: 95, desired: 2, balancer: green });
    const forward = [
      { TargetGroupArn: blue.arn, Weight: 0 },
      { TargetGroupArn: green.arn, Weight: 100 },
    ];
    return mergeWorlds([
      {
        ...world,
        services: world.services?.map((service) => ({
          ...service,
          loadBalancers: [
            {
              targetGroupArn: blue.arn,
              containerName: 'app',
              containerPort: 8080,
              advancedConfiguration: {
                alternateTargetGroupArn: green.arn,
                productionListenerRule: rule,
                roleArn: roleArn(place, 'ecs-load-balancers'),
              },
            },
          ],
          deploymentConfiguration: { ...service.deploymentConfiguration, strategy: 'BLUE_GREEN' },
          deployments: service.deployments?.map(
            ({ rolloutState: _, rolloutStateReason: __, ...rest }) => rest,
          ),
        })),
      },
      {
        targetGroups: [blue.targetGroup],
        targetHealth: {
          [blue.arn]: [
            {
              Target: { Id: '10.20.77.201', Port: 8080, AvailabilityZone: `${place.region}b` },
              HealthCheckPort: '8080',
              TargetHealth: {
                State: 'unused',
                Reason: 'Target.NotInUse',
                Description: 'Target group is not configured to receive traffic from the load balancer',
              },
            },
          ],
        },
        listenerRules: {
          [listener]: [
            {
              RuleArn: rule,
              Priority: '7',
              Conditions: [
                { Field: 'host-header', HostHeaderConfig: { Values: ['palette.prod.example.com'] } },
              ],
              Actions: [{ Type: 'forward', Order: 1, ForwardConfig: { TargetGroups: forward } }],
              IsDefault: false,
            },
          ],
        },
      },
    ]);
  },
};
