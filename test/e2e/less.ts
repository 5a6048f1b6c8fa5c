import type { Report } from '#diagnostics/report.ts';

/** What is left of a cause when a fact that made it exact may not be read: the same failure in general words. */
const general: readonly (readonly [exact: RegExp, inGeneral: RegExp])[] = [
  [/^app-|^oom-heap$|^image-arch-mismatch$|^dependency-failed$/, /^app-(?:exit-error|exit-255|abort)$/],
  [/^elb-/, /^elb-health-failed$/],
  [/^container-health-tool-missing$/, /^container-health-failed$/],
  [/^capacity-provider-launch-failed$/, /^capacity-insufficient-/],
  [/^subnet-ip-exhausted$/, /^eni-provision-timeout$/],
];

/** The same cause, one of those that were seen beside it, the same in general, or an open question. */
export function isLess({ verdict }: Report, { verdict: whole, findings }: Report): boolean {
  if (verdict.state === 'unknown' || verdict.status === 'open') return true;
  if (verdict.state !== whole.state) return false;
  if (verdict.cause === whole.cause) return true;
  if (findings.some(({ cause, status }) => cause === verdict.cause && status !== 'ruled-out')) return true;
  return general.some(
    ([exact, inGeneral]) =>
      whole.chain.some((cause) => exact.test(cause)) && inGeneral.test(verdict.cause ?? ''),
  );
}
