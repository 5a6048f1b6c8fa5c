import { defineSignature, type Signature } from './signature.ts';

const efs =
  /\befs\b|mount\.nfs|nfs4|amazon-ecs-volume-plugin|fs-[0-9a-f]{8,17}|mounting volume failed|access point|fsap-|mount attempt/i;

/** EFS, EBS, FSx, Docker volumes and Fargate's own disk. */
export const volumeSignatures: readonly Signature[] = [
  defineSignature({
    cause: 'efs-posix-chown-refused',
    keys: ['chown', 'chmod', 'copy file info'],
    pattern:
      /(?:l?chown|chmod) (?:on )?(?<name>\S{1,300}):? .{0,60}operation not permitted|failed to (?:chmod|copy file info)|ch(?:own|mod).{0,80}not permitted/i,
    examples: [
      'CannotCreateContainerError: Error response from daemon: failed to chown /var/lib/ecs/volumes/ecs-app-7-data/_data: lchown /var/lib/ecs/volumes/ecs-app-7-data/_data: operation not permitted',
      'CannotCreateContainerError: failed to copy file info for /var/lib/ecs/volumes/x: failed to chown /var/lib/ecs/volumes/x: lchown /var/lib/ecs/volumes/x: operation not permitted',
    ],
  }),
  defineSignature({
    cause: 'efs-dns-unresolved',
    keys: ['resolve', 'name or service not known', 'no such host', 'mount target'],
    pattern:
      /failed to resolve "?(?<host>fs-[\w.-]{8,120})?|name or service not known|no such host|does not have mount target|has an efs mount target|no mount target/i,
    and: efs,
    examples: [
      'failed to invoke EFS utils commands to set up EFS volumes: stderr: Failed to resolve "fs-0123456789abcdef0.efs.eu-west-1.amazonaws.com" - check that your file system ID is correct',
      'mount.nfs4: Failed to resolve server fs-01234567.efs.us-east-1.amazonaws.com: Name or service not known',
    ],
  }),
  defineSignature({
    cause: 'efs-access-denied',
    keys: [
      'access denied',
      'access point',
      'permission denied',
      'not authorized',
      'clientmount',
      'accessdenied',
      'access-denied',
      'iam',
    ],
    pattern:
      /access denied by server|access ?denied|permission denied|not authorized|perform: (?<action>elasticfilesystem:\w{3,40})|access point .{0,80}(?:does not exist|not found|invalid)|mount\.nfs4: operation not permitted/i,
    and: efs,
    examples: [
      "stderr: b'mount.nfs4: access denied by server while mounting 127.0.0.1:/' : unsuccessful EFS utils command execution; code: 32",
    ],
  }),
  defineSignature({
    cause: 'efs-path-missing',
    keys: ['no such file or directory', 'failed, reason given by server'],
    pattern:
      /mounting (?<name>\S{1,300}) failed, reason given by server: no such file or directory|no such file or directory/i,
    and: /mount\.nfs|reason given by server|efs utils|efs volume/i,
    examples: [
      'mount.nfs4: mounting fs-0123abcd.efs.us-east-1.amazonaws.com:/data failed, reason given by server: No such file or directory',
    ],
  }),
  defineSignature({
    cause: 'efs-mount-timeout',
    keys: ['mount', 'efs', 'nfs'],
    pattern:
      /timed? ?out|timeout after|deadline exceeded|connection (?:refused|reset)|no route to host|network is unreachable|connection issue|signal: killed/i,
    and: efs,
    examples: [
      'failed to invoke EFS utils commands to set up EFS volumes: stderr: mount.nfs4: Connection timed out : unsuccessful EFS utils command execution; code: 32',
      'failed to invoke EFS utils commands to set up EFS volumes: command failed: : signal: killed',
    ],
  }),
  defineSignature({
    cause: 'ebs-attach-failed',
    keys: ['ebs', 'elasticblockstorage', 'snapshot', 'attachvolume', 'createvolume'],
    pattern:
      /\bebs\b[^.]{0,120}(?:fail|time|unable|not|error|attach|creat)|(?:fail|time|unable|not|error)[^.]{0,120}\bebs\b|elasticblockstorage|ebsvolume|ec2:(?:createvolume|attachvolume)|snapshot .{0,80}(?:not exist|not found)/i,
    not: /status:? (?:attached|created|attaching|detached|deleted|pending)\b|statusreason"?:? ?""/i,
    examples: [
      'ResourceInitializationError: Timeout waiting for EBS volume to be attached',
      'Unable to create EBS volume: VolumeLimitExceeded',
      'AmazonElasticBlockStorage: status FAILED: ECS was unable to assume the role arn:aws:iam::111122223333:role/ecsInfrastructureRole',
    ],
  }),
  defineSignature({
    cause: 'ephemeral-storage-timeout',
    keys: ['ephemeral'],
    pattern:
      /timed? ?out[^.]{0,80}ephemeral ?(?:storage|volume)|ephemeral ?(?:storage|volume)[^.]{0,80}(?:timed? ?out|provision)/i,
    examples: [
      'Timeout waiting for EphemeralStorage provisioning to complete: ephemeral storage',
      'Timed out while provisioning ephemeral storage',
      'Timeout waiting for ephemeral storage provisioning to complete.',
    ],
  }),
  defineSignature({
    cause: 'volume-create-failed',
    keys: ['volume', 'mount', 'fsx', 'bind source', 'credentialsparameter'],
    pattern:
      /cannotcreatevolume\w{0,10}|volumedriver\.\w{1,20}|failed to create volume|unable to (?:create|resolve|mount) (?:the )?volumes?|hostconfigerror|credentialsparameter|fsxwindows\w{0,30}|fsx .{0,60}(?:fail|unable|invalid|not)|invalid (?:volume|mount|bind)|error mounting "|error while mounting volume|bind source path does not exist|duplicate mount point|plugin "?[\w/:.-]{1,60}"? not found|is not a shared mount|volume .{0,80}(?:not found|in use)/i,
    examples: [
      'CannotCreateVolumeError: Error response from daemon: create data: error looking up volume plugin rexray: plugin "rexray" not found',
      'HostConfigError: Unable to resolve volume mounts; invalid path: app data; data -> ',
      'CannotCreateContainerError: Duplicate mount point: /data',
    ],
  }),
];
