// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html and the SDK's partition table.
const partitions = [
  { partition: 'aws-cn', regions: /^cn-/ },
  { partition: 'aws-us-gov', regions: /^us-gov-/ },
  { partition: 'aws-eusc', regions: /^eusc-/ },
  { partition: 'aws-iso-b', regions: /^us-isob-/ },
  { partition: 'aws-iso-e', regions: /^eu-isoe-/ },
  { partition: 'aws-iso-f', regions: /^us-isof-/ },
  { partition: 'aws-iso', regions: /^us-iso-/ },
];

/** The partition that a region lies in, as it stands in ARNs. */
export function partitionOf(region: string): string {
  return partitions.find(({ regions }) => regions.test(region))?.partition ?? 'aws';
}

/** Whether a text has the form of a region's name. Regions are added too often to know them all. */
export function isRegion(text: string): boolean {
  return /^[a-z]{2,4}(?:-[a-z]+){1,2}-\d{1,2}$/.test(text);
}
