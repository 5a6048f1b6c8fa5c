/** An object in S3 that a task definition names by its ARN. */
export interface S3Object {
  bucket: string;
  key: string;
  objectArn: string;
  bucketArn: string;
}

/** Reads `arn:PARTITION:s3:::BUCKET/KEY`; undefined for anything else, an https address among them. */
export function readS3Object(text: string): S3Object | undefined {
  const found = /^arn:(?<partition>aws[\w-]*):s3:::(?<bucket>[a-z0-9][\w.-]*)\/(?<key>.+)$/.exec(
    text,
  )?.groups;
  if (!found) return undefined;
  const { partition = '', bucket = '', key = '' } = found;
  const bucketArn = `arn:${partition}:s3:::${bucket}`;
  return { bucket, key, bucketArn, objectArn: `${bucketArn}/${key}` };
}
