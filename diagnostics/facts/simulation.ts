import type { ContextEntry, EvaluationResult } from '@aws-sdk/client-iam';
import { defineFact } from '../fact.ts';

/** Actions that are asked together: those with the same role, resources and context. */
export interface SimulationKey {
  roleArn: string;
  actions: readonly string[];
  resources: readonly string[];
  context: readonly ContextEntry[];
}

/** A question that is asked once however it is put: sorted, each thing once. No resources means `*`. */
export function simulationKey(question: {
  roleArn: string;
  actions: readonly string[];
  resources?: readonly string[];
  /** Condition keys with their values: a list where the key has several. */
  context?: Readonly<Record<string, string | readonly string[]>>;
}): SimulationKey {
  const { roleArn, actions, resources = [], context = {} } = question;
  return {
    roleArn,
    actions: sorted(actions),
    resources: resources.length === 0 ? ['*'] : sorted(resources),
    context: sorted(Object.keys(context)).map((key) => entryOf(key, context[key] ?? [])),
  };
}

/** Keys that are no texts: IAM compares a value only by the type that it was given. */
const types: Readonly<Record<string, 'boolean' | 'ip'>> = {
  'aws:securetransport': 'boolean',
  'aws:principalisawsservice': 'boolean',
  'aws:viaawsservice': 'boolean',
  'aws:multifactorauthpresent': 'boolean',
  'aws:sourceip': 'ip',
  'aws:vpcsourceip': 'ip',
};

function entryOf(key: string, given: string | readonly string[]): ContextEntry {
  const type = types[key.toLowerCase()] ?? 'string';
  return typeof given === 'string'
    ? { ContextKeyName: key, ContextKeyType: type, ContextKeyValues: [given] }
    : { ContextKeyName: key, ContextKeyType: `${type}List`, ContextKeyValues: sorted(given) };
}

function sorted(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}

/** A simulation answers each action on each resource; more pages than this would be hundreds of them. */
const pagesAtMost = 5;

/** What IAM says that a role may do, by `simulationKey`. Read it with `readSimulation`. */
export const simulation = defineFact<EvaluationResult[], SimulationKey>({
  id: 'simulation',
  what: 'what the role may do',
  actions: ['iam:SimulatePrincipalPolicy'],
  async load({ aws }, { roleArn, actions, resources, context }) {
    const results: EvaluationResult[] = [];
    let Marker: string | undefined;
    for (let pages = 0; pages < pagesAtMost; pages += 1) {
      const answer = await aws.iam.simulatePrincipalPolicy({
        PolicySourceArn: roleArn,
        ActionNames: [...actions],
        ResourceArns: [...resources],
        ContextEntries: context.length > 0 ? [...context] : undefined,
        Marker,
      });
      results.push(...(answer.EvaluationResults ?? []));
      if (!answer.IsTruncated || !answer.Marker) return results;
      Marker = answer.Marker;
    }
    return results;
  },
});
