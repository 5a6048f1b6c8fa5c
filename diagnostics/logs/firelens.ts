import type { ContainerDefinition, Task, TaskDefinition } from '@aws-sdk/client-ecs';
import { idOf } from '../words.ts';
import { bucketLink, firehoseLink, kinesisLink, logGroupLink } from './console-links.ts';

/** Where FireLens takes the lines of a container. */
export type FirelensRoute =
  | { kind: 'cloudwatch'; group: string; stream: string; region: string | undefined }
  | { kind: 'elsewhere'; text: string; link?: string };

/**
 * Options are what Fluent Bit's output of that name takes. Only names of places are told: hosts, buckets, streams,
 * indexes. Keys and tokens are options too, and never read.
 */
export function firelensRoute(
  task: Task,
  definition: TaskDefinition,
  container: ContainerDefinition,
): FirelensRoute {
  const name = container.name ?? '';
  const router = definition.containerDefinitions?.find(({ firelensConfiguration }) => firelensConfiguration);
  if (!router) {
    return { kind: 'elsewhere', text: `${name} logs with FireLens, but the task has no FireLens container` };
  }
  const options = lowered(container.logConfiguration?.options ?? {});
  const through = `${name} logs with FireLens through ${router.name ?? 'its router'}`;
  const output = options.name?.toLowerCase() ?? options['@type']?.toLowerCase();
  const own = ownConfiguration(router, regionOf(task, options));
  if (output === undefined) {
    const where = own?.text ?? 'an output that the task definition does not name';
    return {
      kind: 'elsewhere',
      text: `${through}, to ${where}`,
      ...(own?.link !== undefined && { link: own.link }),
    };
  }
  if (output === 'cloudwatch' || output === 'cloudwatch_logs')
    return toCloudWatch(task, name, options, through);
  const place = placeOf(output, options, regionOf(task, options));
  const extra = own === undefined ? '' : `, and to ${own.text}`;
  return {
    kind: 'elsewhere',
    text: `${through}, to ${place.text}${extra}`,
    ...(place.link !== undefined && { link: place.link }),
  };
}

type Options = Readonly<Record<string, string>>;

function lowered(options: Record<string, string>): Options {
  return Object.fromEntries(Object.entries(options).map(([key, value]) => [key.toLowerCase(), value]));
}

function regionOf(task: Task, { region }: Options): string | undefined {
  return region ?? task.taskArn?.split(':')[3];
}

function ownConfiguration(
  { firelensConfiguration }: ContainerDefinition,
  region: string | undefined,
): Place | undefined {
  const { 'config-file-type': type, 'config-file-value': value } = firelensConfiguration?.options ?? {};
  if (!value) return undefined;
  if (type !== 's3') return { text: `what its own configuration file ${value} says` };
  const path = value.replace(/^arn:aws[\w-]*:s3:::/, '');
  const [bucket = '', ...key] = path.split('/');
  const link = bucketLink(region, bucket, key.slice(0, -1).join('/') || undefined);
  return { text: `what its own configuration file s3://${path} says`, link };
}

/** ECS tags the lines of a container so. Source: ECS Developer Guide, "Example Amazon ECS task definition: Route logs to FireLens". */
function tagOf(task: Task, container: string): string {
  return `${container}-firelens-${idOf(task.taskArn)}`;
}

/**
 * Group and stream as far as their templates can be resolved: Fluent Bit's own plugin takes `$field['name']` of the
 * record, the older one in Go `$(name)`. ECS adds cluster, task ARN, definition and container to every record.
 */
function toCloudWatch(task: Task, name: string, options: Options, through: string): FirelensRoute {
  const tag = tagOf(task, name);
  const given = options.log_group_template ?? options.log_group_name ?? options.default_log_group_name ?? '';
  const named = options.log_stream_template ?? options.log_stream_name;
  const streamGiven =
    named ?? (options.log_stream_prefix === undefined ? undefined : options.log_stream_prefix + tag);
  const group = resolved(given, task, name, tag);
  const stream = streamGiven === undefined ? undefined : resolved(streamGiven, task, name, tag);
  const region = regionOf(task, options);
  if (group !== undefined && group !== '' && stream !== undefined) {
    return { kind: 'cloudwatch', group, stream, region };
  }
  const unknown = [
    ...(group === undefined || group === '' ? [`group ${given || 'unnamed'}`] : []),
    ...(stream === undefined ? [`stream ${streamGiven ?? 'unnamed'}`] : []),
  ].join(' and ');
  const link = group ? logGroupLink(region, group) : undefined;
  return {
    kind: 'elsewhere',
    text: `${through}, to CloudWatch Logs${group ? ` in the group ${group}` : ''}; its ${unknown} depends on the record, so it cannot be worked out`,
    ...(link !== undefined && { link }),
  };
}

/** The text with what is known put in; undefined where something else is asked for. */
function resolved(template: string, task: Task, container: string, tag: string): string | undefined {
  const known: Record<string, string | undefined> = {
    ecs_task_id: idOf(task.taskArn),
    ecs_task_arn: task.taskArn,
    ecs_cluster: idOf(task.clusterArn),
    ecs_task_definition: idOf(task.taskDefinitionArn),
    ecs_task_definition_family: idOf(task.taskDefinitionArn).split(':')[0],
    ecs_task_definition_version: idOf(task.taskDefinitionArn).split(':')[1],
    container_name: container,
    tag,
  };
  const parts = tag.split('.');
  let isWhole = true;
  const text = template.replace(
    /\$\((?<go>[\w.[\]']+)\)|\$(?<tagged>tag)(?:\[(?<part>\d+)\])?|\$(?<field>\w+)(?:\['[^']*'\])*/gi,
    (whole, ...rest) => {
      const { go, tagged, part, field } = (rest.at(-1) ?? {}) as Record<string, string | undefined>;
      const tagPart = part ?? /^tag\[(\d+)\]$/i.exec(go ?? '')?.[1];
      const value =
        tagPart !== undefined ? parts[Number(tagPart)] : known[(go ?? tagged ?? field ?? '').toLowerCase()];
      if (value === undefined || value === '' || whole.includes("['")) isWhole = false;
      return value ?? whole;
    },
  );
  return isWhole ? text : undefined;
}

interface Place {
  text: string;
  link?: string | undefined;
}

function placeOf(output: string, options: Options, region: string | undefined): Place {
  const { bucket, stream, delivery_stream: delivery, index } = options;
  const host = hostOf(options.host ?? options.url ?? options['splunk-url'] ?? '');
  const at = host === undefined ? '' : ` at ${host}`;
  const within = index === undefined ? '' : `, index ${index}`;
  if (output === 's3' && bucket !== undefined) {
    const key = options.s3_key_format?.replace(/^\//, '');
    const before = key?.split(/[$%]/)[0];
    return {
      text: `the S3 bucket ${bucket}${key === undefined ? '' : `, under ${key}`}`,
      link: bucketLink(region, bucket, before || undefined),
    };
  }
  if ((output === 'kinesis_firehose' || output === 'firehose') && delivery !== undefined)
    return { text: `the Firehose stream ${delivery}`, link: firehoseLink(region, delivery) };
  if ((output === 'kinesis_streams' || output === 'kinesis') && stream !== undefined)
    return { text: `the Kinesis stream ${stream}`, link: kinesisLink(region, stream) };
  if (output === 'datadog') return datadog(options, host);
  const label = products[output] ?? `the output ${output}`;
  return { text: `${label}${at}${within}` };
}

const products: Readonly<Record<string, string>> = {
  es: 'OpenSearch or Elasticsearch',
  opensearch: 'OpenSearch',
  splunk: 'Splunk',
  nrlogs: 'New Relic',
  newrelic: 'New Relic',
  loki: 'Loki',
  'grafana-loki': 'Loki',
  http: 'an HTTP endpoint',
  kafka: 'Kafka',
  forward: 'another Fluentd or Fluent Bit',
  gelf: 'a GELF endpoint',
  syslog: 'a syslog endpoint',
  stackdriver: 'Google Cloud Logging',
  azure: 'Azure Monitor',
  opentelemetry: 'an OpenTelemetry endpoint',
  logdna: 'Mezmo',
  s3: 'S3',
  null: 'nowhere: its output is null',
  stdout: 'the output of the FireLens container itself',
};

/** Sites of Datadog, whose pages are not where its intake is. */
const sites = [
  'datadoghq.com',
  'datadoghq.eu',
  'us3.datadoghq.com',
  'us5.datadoghq.com',
  'ap1.datadoghq.com',
  'ddog-gov.com',
];

function datadog({ dd_service: service, site: given }: Options, host: string | undefined): Place {
  const site = sites.toSorted((a, b) => b.length - a.length).find((one) => (given ?? host)?.endsWith(one));
  const about = service === undefined ? '' : `, service ${service}`;
  const page = site?.split('.').length === 2 ? `app.${site}` : site;
  const query = service === undefined ? '' : `?query=${encodeURIComponent(`service:${service}`)}`;
  return {
    text: `Datadog${host === undefined ? '' : ` at ${host}`}${about}`,
    link: page === undefined ? undefined : `https://${page}/logs${query}`,
  };
}

/** The host alone: what stands before an @ is a password, and what stands in a path or a query may be a key. */
export function hostOf(address: string): string | undefined {
  const host = address
    .replace(/^[a-z][a-z\d+.-]*:\/\//i, '')
    .replace(/[/?#].*$/s, '')
    .replace(/^.*@/s, '');
  return /^[\w.-]+(?::\d+)?$|^\[[\da-f:]+\](?::\d+)?$/i.test(host) ? host : undefined;
}
