/**
 * Dollars for a gigabyte that a query scans, by the beginning of the region's name. AWS prices each region on its own:
 * 0.005 in the United States, about 0.006 in Europe, 0.0076 in Tokyo, which stands for the rest.
 * https://aws.amazon.com/cloudwatch/pricing/, Logs, Analyze, as of 2026.
 */
const perGigabyte: readonly [string, number][] = [
  ['us-gov-', 0.006],
  ['us-', 0.005],
  ['ca-', 0.0055],
  ['eu-', 0.006],
  ['sa-', 0.009],
  ['ap-', 0.0076],
  ['me-', 0.0076],
  ['af-', 0.0076],
  ['il-', 0.0076],
  ['mx-', 0.0055],
];

const gigabyte = 1024 ** 3;

/** About what a query cost, in dollars. Undefined where the price is not known: China bills in yuan. */
export function costOf(bytes: number, region: string): number | undefined {
  const price = perGigabyte.find(([prefix]) => region.startsWith(prefix))?.[1];
  return price === undefined ? undefined : (bytes / gigabyte) * price;
}

/** `about $0.02`, `less than $0.01` */
export function costWords(dollars: number): string {
  return dollars < 0.01 ? 'less than $0.01' : `about $${dollars.toFixed(2)}`;
}

const units = ['B', 'KB', 'MB', 'GB', 'TB'];

/** `3.4 MB` */
export function bytesWords(bytes: number): string {
  const step = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  const value = bytes / 1024 ** step;
  return `${value >= 10 || step === 0 ? Math.round(value) : value.toFixed(1)} ${units[step]}`;
}
