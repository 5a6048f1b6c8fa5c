import type { VpcEndpoint } from '@aws-sdk/client-ec2';
import { evaluatePolicies } from '../policy/evaluate.ts';
import type { Unknown } from '../policy/types.ts';
import type { Traffic } from './security-groups.ts';
import { open, type Step, shown } from './steps.ts';
import type { Destination, Origin, Topology } from './topology.ts';

type Calls = Extract<Destination, { kind: 'aws' }>['calls'];

/**
 * Whether the policy of an endpoint lets these calls pass. A service without such policies has none; calls that are
 * not known are fine only where the policy allows everything, as AWS's default one does.
 */
export function throughPolicy(
  endpoint: VpcEndpoint,
  calls: Calls,
  { requester = {} }: Origin,
  topology: Topology,
): Step[] {
  const { PolicyDocument: document, VpcEndpointId: id = '', VpcId } = endpoint;
  if (!document) return [];
  const gateway = endpoint.VpcEndpointType === 'Gateway';
  const traffic: Traffic = { port: 443, protocol: 'tcp' };
  const policies = [{ name: `the policy of ${id}`, document }];
  const evidence = (value: string) => [
    shown(
      topology,
      ['DescribeVpcEndpoints', `describe-vpc-endpoints --vpc-endpoint-ids ${id}`],
      'PolicyDocument',
      value,
    ),
  ];
  if (!calls) return allowsAll(document) ? [] : [open(`the policy of ${id} limits what passes`, 'the calls')];
  return calls.map(({ action, resource }): Step => {
    const decision = evaluatePolicies(
      policies,
      {
        principal: requester,
        action,
        resource,
        context: { 'aws:SourceVpce': id, ...(VpcId && { 'aws:SourceVpc': VpcId }) },
      },
      gateway ? 'gateway-endpoint' : 'endpoint',
    );
    if (decision.answer === 'open')
      return open(
        `the policy of ${id} cannot be decided for ${action}: ${doubtsOf(decision.undecided.flatMap(({ because }) => because))}`,
        `iam policy simulation of ${action} with the policy of ${id}`,
      );
    if (decision.answer === 'allowed')
      return {
        state: 'passed',
        hops: [
          {
            kind: 'endpoint-policy',
            subject: id,
            rule: decision.by.label,
            sentence: `The policy of ${id} allows ${action}.`,
            evidence: evidence(decision.by.label),
          },
        ],
      };
    const denied = decision.answer === 'denied' ? decision.by : undefined;
    return {
      state: 'broken',
      cause: 'network-endpoint-policy-denied',
      ...traffic,
      kind: 'endpoint-policy',
      subject: id,
      ...(denied && { rule: denied.label }),
      sentence: denied
        ? `The policy of ${id} denies ${action} (${denied.label}).`
        : `No statement of the policy of ${id} allows ${action} on ${resource}.`,
      evidence: evidence(denied?.text ?? document),
    };
  });
}

function doubtsOf(because: readonly Unknown[]): string {
  return [...new Set(because.map(({ name }) => name))].join(', ') || 'a part of it is not understood';
}

/** Whether everybody may do everything on everything, and nothing is denied. */
function allowsAll(document: string): boolean {
  const anything = { principal: {}, action: 'any:Action', resource: 'arn:aws:any:::any' };
  const decision = evaluatePolicies([{ name: 'policy', document }], anything, 'endpoint');
  return decision.answer === 'allowed' && !/"Deny"/.test(document);
}
