import type { Cause } from './cause.ts';
import { cause } from './define.ts';
import { allow, none, revise, roleName } from './fixes.ts';

/** Group 4: file systems and disks of a task. */
export const volumeCauses: readonly Cause[] = [
  cause('efs-dns-unresolved', "file system's name does not resolve", {
    stage: 3,
    owner: 'network',
    meaning:
      'The task cannot look up the EFS file system: there is no mount target in its zone, or the VPC does not resolve names.',
    confirm:
      'elasticfilesystem:DescribeMountTargets for the zone of the subnet; the DNS attributes of the VPC.',
    next: ['network', 'iam'],
    fix: (n) => ({
      summary: `Create a mount target of ${n.host ?? 'the file system'} in the zone of the task, and let the VPC resolve names.`,
      terraform:
        'resource "aws_efs_mount_target" "task" {\n  file_system_id  = "FILE_SYSTEM_ID"\n  subnet_id       = "TASK_SUBNET_ID"\n  security_groups = ["MOUNT_TARGET_SECURITY_GROUP_ID"]\n}',
      cli: 'aws efs create-mount-target --file-system-id FILE_SYSTEM_ID --subnet-id TASK_SUBNET_ID --security-groups MOUNT_TARGET_SECURITY_GROUP_ID',
    }),
  }),
  cause('efs-mount-timeout', 'cannot reach the file system', {
    stage: 3,
    owner: 'network',
    meaning: 'NFS (port 2049) does not get through from the task to the mount target.',
    confirm:
      'The security groups of the mount target and the egress of the task; IPv6 addresses where the VPC has them.',
    next: ['network'],
    fix: () => ({
      summary: 'Open TCP 2049 from the security group of the task to that of the mount target, both ways.',
      terraform:
        'resource "aws_vpc_security_group_ingress_rule" "nfs" {\n  security_group_id            = "MOUNT_TARGET_SECURITY_GROUP_ID"\n  referenced_security_group_id = "TASK_SECURITY_GROUP_ID"\n  ip_protocol                  = "tcp"\n  from_port                    = 2049\n  to_port                      = 2049\n}',
      cli: 'aws ec2 authorize-security-group-ingress --group-id MOUNT_TARGET_SECURITY_GROUP_ID --protocol tcp --port 2049 --source-group TASK_SECURITY_GROUP_ID',
    }),
  }),
  cause('efs-access-denied', 'the file system refuses the mount', {
    stage: 3,
    owner: 'task-role',
    meaning: 'EFS refused the mount: by IAM, by its access point or by its policy.',
    confirm:
      'Policy of the file system; elasticfilesystem:ClientMount of the task role; authorizationConfig of the volume.',
    next: ['iam'],
    fix: (n) => ({
      summary:
        'Let the task role mount and write, and turn on transit encryption together with IAM authorization; or correct the policy of the file system.',
      ...allow(
        roleName(n.taskRoleArn, 'TASK_ROLE'),
        ['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientWrite'],
        'FILE_SYSTEM_ARN',
      ),
    }),
  }),
  cause('efs-not-found', 'file system does not exist', {
    stage: 3,
    owner: 'task-definition',
    meaning: 'The volume names a file system that is not there in the region of the task.',
    confirm: 'elasticfilesystem:DescribeMountTargets with the id of the volume.',
    next: ['revision-change'],
    fix: (n) => ({
      summary: `Give the volume a file system that exists in this region${n.resource ? `; ${n.resource} does not` : ''}.`,
      cli: revise(n, '.volumes[0].efsVolumeConfiguration.fileSystemId = "FILE_SYSTEM_ID"'),
    }),
  }),
  cause('efs-access-point-missing', 'access point of the file system is gone', {
    stage: 3,
    owner: 'task-definition',
    meaning:
      'The volume mounts through an access point that was deleted, or that belongs to another file system.',
    confirm: 'elasticfilesystem:DescribeAccessPoints with the id of the volume.',
    next: ['revision-change'],
    fix: (n) => ({
      summary: `Name an access point of ${n.resource ?? 'the file system'} in the volume, or create one anew.`,
      terraform: `resource "aws_efs_access_point" "task" {\n  file_system_id = "${n.resource ?? 'FILE_SYSTEM_ID'}"\n}`,
      cli: revise(
        n,
        '.volumes[0].efsVolumeConfiguration.authorizationConfig.accessPointId = "ACCESS_POINT_ID"',
      ),
    }),
  }),
  cause('efs-path-missing', 'directory is not in the file system', {
    stage: 3,
    owner: 'task-definition',
    meaning: 'The root directory that the volume asks for does not exist.',
    confirm: 'rootDirectory of the volume against creationInfo of the access point.',
    next: [],
    fix: () => ({
      summary:
        'Create the directory, or use an access point with creation info, which makes it at the first mount.',
      terraform:
        'resource "aws_efs_access_point" "task" {\n  file_system_id = "FILE_SYSTEM_ID"\n  root_directory {\n    path = "/PATH"\n    creation_info {\n      owner_uid   = 1000\n      owner_gid   = 1000\n      permissions = "0755"\n    }\n  }\n}',
      cli: 'aws efs create-access-point --file-system-id FILE_SYSTEM_ID --root-directory "Path=/PATH,CreationInfo={OwnerUid=1000,OwnerGid=1000,Permissions=0755}"',
    }),
  }),
  cause('efs-posix-chown-refused', 'may not set owners on the file system', {
    stage: 5,
    owner: 'task-definition',
    meaning:
      'On EC2, Docker copies the owner of the image directory into the volume, which the user of the access point may not do.',
    confirm: 'Launch type EC2, PosixUser of the access point, owner of the directory in the image.',
    next: [],
    fix: none(
      'Remove PosixUser from the access point, or give the directory in the image to that user id when it is built.',
    ),
  }),
  cause('volume-create-failed', 'volume could not be created', {
    stage: 5,
    owner: 'task-definition',
    meaning: 'The agent could not create, attach or mount a volume of the definition.',
    confirm:
      'volumes and mountPoints of the definition; the reason of the container; the attachments of the task.',
    next: ['stopped-tasks'],
    fix: (n) => ({
      summary: 'Correct driver, paths and options of the volume that the text names.',
      cli: revise(n, '.volumes[0] = {"name": "VOLUME"}'),
    }),
  }),
  cause('ebs-attach-failed', 'EBS volume was not attached', {
    stage: 5,
    owner: 'infrastructure-role',
    meaning: 'The EBS volume that ECS manages for the task was not created or attached.',
    confirm:
      'The attachment of the task and its statusReason; the infrastructure role; quota; zone of the snapshot.',
    next: ['iam', 'capacity'],
    fix: (n) => {
      const role = roleName(n.infrastructureRoleArn, 'INFRASTRUCTURE_ROLE');
      const policy = 'arn:aws:iam::aws:policy/service-role/AmazonECSInfrastructureRolePolicyForVolumes';
      return {
        summary:
          'Give the infrastructure role the managed policy for volumes, and check size, type, snapshot and quota.',
        terraform: `resource "aws_iam_role_policy_attachment" "volumes" {\n  role       = "${role}"\n  policy_arn = "${policy}"\n}`,
        cli: `aws iam attach-role-policy --role-name ${role} --policy-arn ${policy}`,
      };
    },
  }),
  cause('ephemeral-storage-timeout', 'Fargate was late with its disk', {
    stage: 5,
    severity: 'warn',
    owner: 'aws',
    meaning: 'Fargate did not provide the disk of the task in time.',
    confirm: 'How often it happens, and whether in one zone.',
    next: ['stopped-tasks'],
    fix: none(
      'Let the service try again; if it repeats in one zone, offer other subnets and open a support case.',
    ),
  }),
];
