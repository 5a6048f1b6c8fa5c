import type { Finding } from '../../report.ts';

/**
 * Findings of one cause as one: a task definition that names three secrets that are not there has one fault.
 * The first leads; the others are told behind it.
 */
export function joined(findings: readonly Finding[]): Finding[] {
  const byCause = new Map<string, Finding>();
  for (const finding of findings) {
    const key = `${finding.cause} ${finding.status}`;
    const known = byCause.get(key);
    byCause.set(key, known ? together(known, finding) : finding);
  }
  return [...byCause.values()];
}

function together(first: Finding, second: Finding): Finding {
  if (first.summary === second.summary) return first;
  return {
    ...first,
    summary: `${first.summary} ${second.summary}`,
    count: (first.count ?? 1) + (second.count ?? 1),
    evidence: [...first.evidence, ...second.evidence],
  };
}
