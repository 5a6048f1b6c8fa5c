import type { Finding } from '../../report.ts';
import { keyFinding } from './key-finding.ts';
import { type Known, usedBy } from './known.ts';
import { secretFinding } from './secret-finding.ts';

/** What is wrong with the parameters that the definition names. */
export function parameterFindings(known: Known): Finding[] {
  return known.references.secrets.flatMap((needed) => {
    const { reference } = needed;
    if (reference.kind !== 'parameter') return [];
    const state = known.secrets?.parameters[reference.arn];
    if (!state?.ok) return [];
    const { parameter, key, namesake } = state.value;
    if (parameter) {
      const found = keyFinding(known, needed, key);
      return found ? [found] : [];
    }
    const { arn, account, region, names, bare } = reference;
    const [name] = names;
    // AWS's own parameters are listed nowhere, and those that another account shares only where it is asked.
    if (name.replace(/^\//, '').startsWith('aws/') || account !== known.revision.home.account) return [];
    const meant =
      namesake === undefined
        ? ''
        : ` A secret has this name: without its whole ARN ECS takes it for a parameter.`;
    return [
      secretFinding(known, needed, {
        cause: 'parameter-not-found',
        status: namesake === undefined ? 'likely' : 'confirmed',
        names: { name, resource: arn },
        summary: `${usedBy(needed)} asks for the parameter ${name}, which ${region} does not list${bare ? ', the region of the task' : ''}.${meant}`,
        shown: {
          api: 'ssm:DescribeParameters',
          field: 'Parameters[].Name',
          value: `${names.join(', ')} not found`,
          command: `ssm describe-parameters --parameter-filters Key=Name,Values=${names.join(',')}`,
          region,
        },
        open: 'a parameter may be hidden from whoever looks; the stopped reason of the next task decides',
        ...(namesake !== undefined && { better: namesake }),
      }),
    ];
  });
}
