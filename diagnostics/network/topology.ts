import type {
  DhcpOptions,
  NatGateway,
  NetworkAcl,
  NetworkInterface,
  PrefixListEntry,
  RouteTable,
  SecurityGroup,
  Subnet,
  VpcBlockPublicAccessOptions,
  VpcEndpoint,
} from '@aws-sdk/client-ec2';
import type { HostedZoneSummary } from '@aws-sdk/client-route-53';
import type { Read } from '../facts/read.ts';
import type { Requester } from '../policy/types.ts';
import type { Evidence } from '../report.ts';

/** A part that nobody asked for is undefined; either way what hangs on it is open, never fine and never broken. */
export type Part<Value> = Read<Value> | undefined;

/** One VPC, as far as it was read. Lists may hold more than is needed; what they lack was not read. */
export interface Topology {
  /** The account that asks: a subnet of another owner is shared, and the owner's endpoints cannot be seen. */
  account: string;
  region: string;
  subnets: Part<readonly Subnet[]>;
  /** Those associated with the subnets (also those of the NAT gateways), and the main table of the VPC. */
  routeTables: Part<readonly RouteTable[]>;
  networkAcls: Part<readonly NetworkAcl[]>;
  /** Those of the tasks and of the interface endpoints. */
  securityGroups: Part<readonly SecurityGroup[]>;
  /** All endpoints of the VPC: one that is missing here does not exist. */
  endpoints: Part<readonly VpcEndpoint[]>;
  natGateways: Part<readonly NatGateway[]>;
  /** By prefix list id, `pl-…`, AWS's own among them. */
  prefixLists: Readonly<Record<string, Part<readonly PrefixListEntry[]>>>;
  /** `hostnames` is read where an endpoint's private name hangs on it. */
  vpcDns: Part<{ support: boolean; hostnames?: boolean }>;
  /** The option set of the VPC; a set without `domain-name-servers` resolves through Amazon. */
  dhcpOptions: Part<DhcpOptions>;
  /** Network interfaces that routes lead to. */
  appliances?: Part<readonly NetworkInterface[]>;
  /** Private zones that answer in the VPC, without those that it has by a Route 53 Profile. */
  hostedZones?: Part<readonly HostedZoneSummary[]>;
  blockPublicAccess: Part<VpcBlockPublicAccessOptions>;
}

/** Where a task, or the instance that it shares the network of, sits. */
export interface Origin {
  subnet: string;
  securityGroups: readonly string[];
  /** Whether its interface has a public IPv4 address; undefined: not known. */
  publicIpv4?: boolean;
  /** Whether its interface has an IPv6 address; undefined: not known. */
  ipv6?: boolean;
  networkMode: 'awsvpc' | 'bridge' | 'host';
  /** Tasks in awsvpc mode on instances never get a public IPv4 address. */
  onInstance: boolean;
  /** Its own IPv4 address; undefined: any of the subnet's. */
  address?: string;
  /** Whose calls an endpoint's policy is asked about: the execution role for a pull, the task role for exec. */
  requester?: Requester;
}

export type Destination =
  | {
      kind: 'aws';
      /** As in the endpoint's name: `ecr.api`, `ecr.dkr`, `s3`, `secretsmanager`, `logs`, `ssmmessages`. */
      service: string;
      region: string;
      /** What an endpoint's policy has to allow; without them its policy is not judged. */
      calls?: readonly { action: string; resource: string }[];
      /** Names by which it is asked for, where they are not the service's own alone: of a registry, of a bucket. */
      hosts?: readonly string[];
      /** Has addresses of both families under the name that is used, such as `dkr-ecr.REGION.on.aws`. */
      dualStack?: boolean;
    }
  /** `dualStack` as of a service; undefined: not known. */
  | { kind: 'internet'; host: string; port: number; protocol?: Protocol; dualStack?: boolean }
  | {
      /** An interface in the same VPC, or an address anywhere. */
      kind: 'interface';
      /** What to call it: `db`, `a task of api`. */
      name: string;
      address?: string;
      subnet?: string;
      /** Undefined: not known, so that only the way there is judged and the rest is open. */
      securityGroups?: readonly string[];
      port: number;
      protocol?: Protocol;
    };

export type Protocol = 'tcp' | 'udp';

export type Via =
  | 'internet-gateway'
  | 'nat-gateway'
  | 'egress-only-gateway'
  | 'interface-endpoint'
  | 'gateway-endpoint'
  | 'local';

export type HopKind =
  | 'public-access-block'
  | 'route'
  | 'nat'
  | 'endpoint'
  | 'endpoint-policy'
  | 'security-group-out'
  | 'security-group-in'
  | 'network-acl';

/** One thing that was passed, or that stops the traffic. */
export interface Hop {
  kind: HopKind;
  /** Id of the table, gateway, group, list or endpoint. */
  subject: string;
  /** The rule that decides: `10.0.0.0/16`, `rule 100 inbound`, `tcp 443 from sg-0a`. */
  rule?: string;
  /** A whole sentence. */
  sentence: string;
  evidence: readonly Evidence[];
}

/** Causes of a broken path, as ids of the catalogue. */
export type BrokenCause =
  | 'network-no-route'
  | 'network-route-blackhole'
  | 'network-appliance-drops'
  | 'network-no-public-ip'
  | 'network-nat-unavailable'
  | 'network-nat-private'
  | 'network-nat-no-internet'
  | 'network-ipv4-missing'
  | 'network-public-access-blocked'
  | 'network-egress-blocked'
  | 'network-ingress-blocked'
  | 'network-acl-blocked'
  | 'network-endpoint-unavailable'
  | 'network-endpoint-ingress-blocked'
  | 'network-endpoint-policy-denied';

/** What a rule that mends a broken hop has to let through: its ports, and the other end by one of its names. */
export interface Mend {
  from: number;
  to: number;
  group?: string;
  prefixList?: string;
  cidrs?: readonly string[];
}

/**
 * What comes of asking for a way. `certain` of a reachable one is false where something beyond AWS's network may still
 * refuse: a host on the internet. `open` says what stood in the way of deciding, and what would decide.
 */
export type Path =
  | { state: 'reachable'; via: Via; hops: readonly Hop[]; certain: boolean }
  | ({
      state: 'broken';
      cause: BrokenCause;
      port: number;
      protocol: Protocol;
      /** Of a route: which destination it lacks. */
      mend?: Mend;
      /** A whole sentence: what was not seen and could still make it another way; and what would decide. */
      doubt?: { says: string; decide: string };
    } & Hop)
  | { state: 'open'; reason: string; decide: string };
