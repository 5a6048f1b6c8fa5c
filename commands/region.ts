import { isRegion, partitionOf } from '#src/aws/partition.ts';
import { type EnvironmentSummary, type Request, UsageError } from './command.ts';

/**
 * The region that a request names, by its option or by an ARN; undefined where it names none.
 * @throws UsageError where it is no region, or one that the environment's credentials do not reach
 */
export function regionOf(
  { command, service, options }: Request,
  ofArn: string | undefined,
  { name, region }: EnvironmentSummary,
): string | undefined {
  const given = options.region ?? ofArn;
  if (given === undefined) return undefined;
  const instead = [command, service, name].filter(Boolean).join(' ');
  if (!isRegion(given)) {
    throw new UsageError(
      `“${given.slice(0, 40)}” is not the name of a region. ${name} is in ${region}, and --region takes another of the same form.`,
      options.region === undefined ? [] : [instead, `${instead} --region ${region}`],
    );
  }
  if (partitionOf(given) !== partitionOf(region)) {
    throw new UsageError(
      `${given} is in another partition of AWS than ${name}, which is in ${region}: its credentials mean nothing there.`,
      options.region === undefined ? [] : [instead],
    );
  }
  return given;
}
