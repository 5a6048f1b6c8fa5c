import { defineSignature, type Signature } from './signature.ts';

const eni = /network interface|\beni\b|elasticnetworkinterface|createnetworkinterface/i;

/** The task's own network interface. */
export const networkSignatures: readonly Signature[] = [
  defineSignature({
    cause: 'subnet-ip-exhausted',
    keys: [
      'insufficientfreeaddresses',
      'free addresses',
      'free ip',
      'available ip',
      'insufficientaddresscapacity',
      'no free addresses',
      'enough ip',
    ],
    pattern:
      /(?:in subnet '?(?<resource>subnet-[0-9a-f]{8,17})'?: ?)?(?:insufficientfreeaddressesinsubnet|insufficient ?(?:free )?(?:ip )?address\w{0,20}|(?:not enough|no|insufficient) (?:free|available|enough)? ?(?:ip )?addresses)/i,
    examples: [
      "Unexpected EC2 error while attempting to Create Network Interface with public IP assignment enabled in subnet 'subnet-0abc123def4567890': InsufficientFreeAddressesInSubnet",
      'The specified subnet does not have enough free addresses to satisfy the request: not enough free addresses',
    ],
  }),
  defineSignature({
    cause: 'eni-tag-policy-blocked',
    keys: ['tagpolicyviolation', 'tag policy', 'tag policies'],
    pattern: /tagpolicyviolation|tag polic(?:y|ies)/i,
    examples: ['Unexpected EC2 error while attempting to tag the network interface: TagPolicyViolation'],
  }),
  defineSignature({
    cause: 'eni-permission-denied',
    keys: ['network interface', 'networkinterface', 'eni'],
    pattern:
      /unauthorizedoperation|authfailure|access ?denied|not authorized|service control policy|operationnotpermitted|invalidsubnetid|invalidgroup|optinrequired|perform: (?<action>ec2:\w{3,60})/i,
    and: eni,
    examples: [
      "Unexpected EC2 error while attempting to Create Network Interface in subnet 'subnet-0abc123def4567890': UnauthorizedOperation",
      "Unexpected EC2 error while attempting to Create Network Interface in subnet 'subnet-0abc123def4567890': AuthFailure",
    ],
  }),
  defineSignature({
    cause: 'ipv6-misconfigured',
    keys: ['ipv6'],
    pattern:
      /ipv6[^.]{0,120}(?:not|no |fail|unable|missing|without|invalid|unreachable|disabled|error|associat)|(?:not|no|fail\w{0,4}|unable|missing|invalid|error)[^.]{0,120}ipv6/i,
    examples: [
      "Unexpected EC2 error while attempting to Create Network Interface in subnet 'subnet-0abc123def4567890': The subnet does not have an associated IPv6 CIDR block",
      'dualStackIPv6 is disabled: IPv6 address cannot be assigned',
    ],
  }),
  defineSignature({
    cause: 'ipv6-misconfigured',
    keys: ['dial tcp ['],
    pattern:
      /dial tcp \[[0-9a-f:]{4,39}\]:(?<port>\d{1,5}).{0,60}(?:network is unreachable|no route to host|cannot assign requested address)/i,
    examples: ['failed to do request: dial tcp [2600:1f18:1::5]:443: connect: network is unreachable'],
  }),
  defineSignature({
    cause: 'eni-attach-failed',
    keys: ['attach', 'device index', 'attachmentlimit', 'trunk', 'branch', 'networkinterfacelimit'],
    pattern:
      /unused device index|attachmentlimitexceeded|network ?interface ?limit|unable to attach network interface|failed to attach|attach(?:ing|ment)? .{0,60}(?:limit|failed)|trunk eni|branch (?:eni|interface)/i,
    and: /network interface|\beni\b|device index|attachmentlimit|networkinterface|interface/i,
    not: /rate limit|throttl/i,
    examples: [
      'Unable to attach network interface to unused device index',
      'Unexpected EC2 error while attempting to attach network interface to instance: AttachmentLimitExceeded',
    ],
  }),
  defineSignature({
    cause: 'eni-config-failed',
    keys: ['eni', 'netplugin', 'namespace', 'cni', 'network interface', 'network resource'],
    pattern:
      /networknamespaceerror|eniinformationerror|failed to (?:configure|set ?up) (?:regular |task |branch )?(?:eni|network)|netplugin failed|cni (?:plugin|setup)|set ?up (?:the )?(?:container )?network namespace|error setting up (?:the )?network|awsvpc network/i,
    examples: [
      'ResourceInitializationError: failed to configure ENI: failed to setup regular eni: context deadline exceeded',
      'CannotStartContainerError: container network namespace: cni setup: invoke bridge plugin failed',
    ],
  }),
  defineSignature({
    cause: 'eni-provision-timeout',
    keys: ['network interface', 'eni', 'createnetworkinterface'],
    pattern:
      /time ?d? ?out[^.]{0,60}network interface|network interface[^.]{0,80}(?:time ?d? ?out|fail)|rate limit exceeded[^.]{0,60}network interface|request ?limit ?exceeded|throttl|failed to provision network interface|provision\w{0,3} (?:the )?(?:task )?(?:eni|network interface)|internalerror: .{0,60}interface|network interface[^:]{0,160}: (?:internal ?error|unavailable|internalfailure|serverinternal)/i,
    and: eni,
    not: /status (?:precreated|created|attach|detach|deleted)/i,
    examples: [
      'Timeout waiting for network interface provisioning to complete.',
      'InternalError: failed to provision network interface',
      "Unexpected EC2 error while attempting to Create Network Interface in subnet 'subnet-0abc123def4567890': RequestLimitExceeded",
    ],
  }),
  defineSignature({
    cause: 'eni-config-failed',
    keys: ['network interface', 'eni '],
    pattern:
      /unexpected ec2 error[^.]{0,120}network interface|network interface .{0,80}(?:error|failed|deleted|detached unexpectedly)/i,
    status: 'open',
    rivals: ['eni-permission-denied', 'eni-provision-timeout'],
    decide:
      'aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue=CreateNetworkInterface',
    examples: [
      "Unexpected EC2 error while attempting to Create Network Interface in subnet 'subnet-0abc123def4567890': SomethingNew",
    ],
  }),
];
