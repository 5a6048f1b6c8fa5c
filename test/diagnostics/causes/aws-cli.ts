import * as applicationScaling from '@aws-sdk/client-application-auto-scaling';
import * as autoScaling from '@aws-sdk/client-auto-scaling';
import * as cloudtrail from '@aws-sdk/client-cloudtrail';
import * as cloudwatch from '@aws-sdk/client-cloudwatch';
import * as logs from '@aws-sdk/client-cloudwatch-logs';
import * as ec2 from '@aws-sdk/client-ec2';
import * as ecr from '@aws-sdk/client-ecr';
import * as ecs from '@aws-sdk/client-ecs';
import * as efs from '@aws-sdk/client-efs';
import * as elb from '@aws-sdk/client-elastic-load-balancing-v2';
import * as iam from '@aws-sdk/client-iam';
import * as kms from '@aws-sdk/client-kms';
import * as route53 from '@aws-sdk/client-route-53';
import * as secrets from '@aws-sdk/client-secrets-manager';
import * as quotas from '@aws-sdk/client-service-quotas';
import * as discovery from '@aws-sdk/client-servicediscovery';
import * as ssm from '@aws-sdk/client-ssm';
import { z } from 'zod';

const services: Readonly<Record<string, object>> = {
  'application-autoscaling': applicationScaling,
  autoscaling: autoScaling,
  cloudtrail,
  cloudwatch,
  logs,
  ec2,
  ecr,
  ecs,
  efs,
  elbv2: elb,
  iam,
  kms,
  route53,
  secretsmanager: secrets,
  'service-quotas': quotas,
  servicediscovery: discovery,
  ssm,
};

/** Options of the AWS CLI itself. Source: AWS CLI Command Reference, "Global options" and the paging ones. */
const common = ['region', 'query', 'output', 'profile', 'cli-input-json', 'max-items', 'page-size'];

/** What the AWS CLI adds to the operations of the API. Source: AWS CLI Command Reference. */
const added: Readonly<Record<string, readonly string[]>> = {
  'ec2 authorize-security-group-ingress': ['protocol', 'port', 'source-group', 'cidr'],
  'ec2 authorize-security-group-egress': ['protocol', 'port', 'cidr'],
  'ec2 create-network-acl-entry': ['ingress', 'egress'],
  'logs tail': ['since', 'follow', 'format', 'filter-pattern'],
};

/** As the clients carry the schema of an operation and of its input: the required members stand first, counted last. */
const operationShape = z
  .tuple([z.literal(9), z.string(), z.string(), z.unknown(), z.function()])
  .rest(z.unknown());
const inputShape = z
  .tuple([z.literal(3), z.string(), z.string(), z.unknown(), z.array(z.string()), z.array(z.unknown())])
  .rest(z.unknown());

/** The commands of a text, each as its words. @throws {Error} where a quote is not closed. */
export function commandsIn(text: string): string[][] {
  const tokens = /'[^']*'|"(?:[^"\\]|\\.)*"|\\\n|[\n|]|[^\S\n]+|#[^\n]*|[^\s|'"\\]+|./g;
  const commands: string[][] = [[]];
  let open = false;
  for (const [token] of text.matchAll(tokens)) {
    if (token === "'" || token === '"') throw new Error(`a quote is not closed: ${text}`);
    if (token === '\n' || token === '|') commands.push([]);
    const isBreak: boolean = /^(?:\s|\\\n|\|)/.test(token) || (token.startsWith('#') && !open);
    if (!isBreak) {
      const word = /^['"]/.test(token) ? token.slice(1, -1) : token;
      const words = commands.at(-1) ?? [];
      if (open) words.push(`${words.pop() ?? ''}${word}`);
      else words.push(word);
    }
    open = !isBreak;
  }
  return commands.filter((words) => words.length > 0);
}

/** Whether a command answers for one region, and so must name it. */
export function needsRegion([program, service = '']: readonly string[]): boolean {
  return program === 'aws' && !['iam', 'route53'].includes(service);
}

/** What the AWS CLI would refuse of a command; nothing of another program's. */
export function faultsOf([program, service = '', operation = '', ...words]: readonly string[]): string[] {
  if (program !== 'aws') return [];
  const members = membersOf(service, operation);
  const own = added[`${service} ${operation}`];
  if (members === undefined && own === undefined) return [`${service} has no ${operation}`];
  const options = words
    .filter((word) => word.startsWith('--'))
    .map((word) => word.slice(2))
    .map((option) => (members?.all.includes(option) ? option : option.replace(/^no-/, '')));
  const known = new Set([...common, ...(own ?? []), ...(members?.all ?? [])]);
  const unknown = options.filter((option) => !known.has(option));
  const given = new Set([...options, ...(own ? (members?.required ?? []) : [])]);
  const missing = given.has('cli-input-json')
    ? []
    : (members?.required ?? []).filter((name) => !given.has(name));
  return [
    ...unknown.map((option) => `--${option} is no option of ${service} ${operation}`),
    ...missing.map((option) => `${service} ${operation} needs --${option}`),
  ];
}

const operations = new Map(
  Object.entries(services).map(([service, client]) => [
    service,
    new Map(
      Object.values(client).flatMap((exported: unknown) =>
        Array.isArray(exported) && exported[0] === 9
          ? [[dashed(String(exported[2])), exported] as const]
          : [],
      ),
    ),
  ]),
);

function membersOf(service: string, operation: string): { all: string[]; required: string[] } | undefined {
  const schema = operations.get(service)?.get(operation);
  if (schema === undefined) return undefined;
  const input = inputShape.parse(operationShape.parse(schema)[4]());
  const all = input[4].map(dashed);
  return { all, required: all.slice(0, Number(input[6] ?? 0)) };
}

/** `TaskDefinitionArn` as the AWS CLI writes it. */
function dashed(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1-$2')
    .toLowerCase();
}
