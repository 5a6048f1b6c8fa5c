/** The last rule's own number; those of others are lower. Source: EC2 API, CreateNetworkAclEntry. */
const lastRule = 32_767;

/**
 * So many free numbers before the rule that denies, `rule 100 inbound`, and then taken; undefined where too few are
 * left. Before the last rule, `rule *`, they come after all that is denied on purpose.
 */
export function numbersBefore(
  rule: string | undefined,
  count: number,
  taken: Set<number>,
): number[] | undefined {
  const denying = /rule (\d+)/.exec(rule ?? '')?.[1];
  const all = denying === undefined ? numbersAfter(taken) : numbersDown(Number(denying));
  const free = all.filter((number) => !taken.has(number)).slice(0, count);
  if (free.length < count) return undefined;
  for (const number of free) taken.add(number);
  return free;
}

function numbersAfter(taken: ReadonlySet<number>): number[] {
  const highest = Math.max(0, ...[...taken].filter((number) => number < lastRule));
  const round = (Math.floor(highest / 100) + 1) * 100;
  const first = round < lastRule ? round : highest + 1;
  return Array.from({ length: lastRule - first }, (_, index) => first + index);
}

function numbersDown(denying: number): number[] {
  return Array.from({ length: denying - 1 }, (_, index) => denying - 1 - index);
}
