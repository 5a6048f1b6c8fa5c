/**
 * Dollars for a gigabyte that a query scans. AWS prices each region on its own, mostly a hundredth of what taking in a
 * gigabyte costs there; only regions whose price has been looked up are here.
 * https://aws.amazon.com/cloudwatch/pricing/, Logs, Analyze, as of 2026.
 */
const perGigabyte: Readonly<Record<string, number>> = {
  'us-east-1': 0.005,
  'us-east-2': 0.005,
  'eu-west-1': 0.0057,
  'eu-west-2': 0.0059,
  'eu-central-1': 0.0063,
  'ap-south-1': 0.0076,
  'ap-northeast-1': 0.0076,
  'ap-northeast-2': 0.0076,
};

const gigabyte = 1024 ** 3;

/** About what a query cost, in dollars. Undefined where the region's price is not known: the bytes speak for themselves. */
export function costOf(bytes: number, region: string): number | undefined {
  const price = perGigabyte[region];
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
