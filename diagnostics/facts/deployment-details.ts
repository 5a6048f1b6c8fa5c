import type { ServiceDeployment } from '@aws-sdk/client-ecs';
import { defineFact } from '../fact.ts';
import { redact } from '../redact.ts';
import { serviceDeployments } from './service-deployments.ts';

/** DescribeServiceDeployments takes 20; beyond the newest ten nobody asks for stages and hooks. */
const describedAtMost = 10;

/** The newest deployments with what only the description holds: breaker, alarms, rollback, stage and hooks. */
export const deploymentDetails = defineFact<ServiceDeployment[]>({
  id: 'deployment-details',
  what: 'the breaker, alarms and stages of the deployments',
  actions: ['ecs:DescribeServiceDeployments'],
  async load(context) {
    const briefs = await context.read(serviceDeployments);
    const arns = briefs
      .map(({ serviceDeploymentArn }) => serviceDeploymentArn)
      .filter((arn) => arn !== undefined)
      .slice(0, describedAtMost);
    if (arns.length === 0) return [];
    const answer = await context.aws.ecs.describeServiceDeployments({ serviceDeploymentArns: arns });
    const described = await Promise.all((answer.serviceDeployments ?? []).map(clean));
    return described.sort((a, b) => (b.createdAt?.getTime() ?? 0) - (a.createdAt?.getTime() ?? 0));
  },
});

/** Reasons quote error texts of hooks and of the load balancer, which may quote anything. */
async function clean(deployment: ServiceDeployment): Promise<ServiceDeployment> {
  const { statusReason, rollback } = deployment;
  return {
    ...deployment,
    ...(statusReason !== undefined && { statusReason: await redact(statusReason) }),
    ...(rollback?.reason !== undefined && {
      rollback: { ...rollback, reason: await redact(rollback.reason) },
    }),
    // What is handed to a hook is the customer's own text, and nothing here reads it.
    deploymentConfiguration: deployment.deploymentConfiguration && {
      ...deployment.deploymentConfiguration,
      lifecycleHooks: deployment.deploymentConfiguration.lifecycleHooks?.map(
        ({ hookDetails: _given, ...hook }) => hook,
      ),
    },
  };
}
