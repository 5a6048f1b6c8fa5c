import { nobody, type Probe } from './probe.ts';

const noKey = '00000000-0000-0000-0000-000000000000';
const noId = '0'.repeat(17);

/** How the actions are tried that look at roles, secrets, keys, log groups and file systems. */
export const accessProbes: Readonly<Record<string, Probe>> = {
  'iam:GetRole': (aws) => aws.iam.getRole({ RoleName: nobody }),
  'iam:GetInstanceProfile': (aws) => aws.iam.getInstanceProfile({ InstanceProfileName: nobody }),
  'iam:SimulatePrincipalPolicy': (aws, { serviceArn }) => {
    const [, partition, , , account] = serviceArn.split(':');
    return aws.iam.simulatePrincipalPolicy({
      PolicySourceArn: `arn:${partition}:iam::${account}:role/${nobody}`,
      ActionNames: ['ecr:GetAuthorizationToken'],
    });
  },
  'secretsmanager:DescribeSecret': (aws) => aws.secrets.describeSecret({ SecretId: nobody }),
  'secretsmanager:GetResourcePolicy': (aws) => aws.secrets.getResourcePolicy({ SecretId: nobody }),
  'ssm:DescribeParameters': (aws) =>
    aws.ssm.describeParameters({ ParameterFilters: [{ Key: 'Name', Values: [nobody] }], MaxResults: 1 }),
  'kms:DescribeKey': (aws) => aws.kms.describeKey({ KeyId: noKey }),
  'kms:GetKeyPolicy': (aws) => aws.kms.getKeyPolicy({ KeyId: noKey, PolicyName: 'default' }),
  'kms:ListGrants': (aws) => aws.kms.listGrants({ KeyId: noKey, Limit: 1 }),
  'logs:DescribeLogGroups': (aws) => aws.logs.describeLogGroups({ logGroupNamePrefix: nobody, limit: 1 }),
  'elasticfilesystem:DescribeMountTargets': (aws) =>
    aws.efs.describeMountTargets({ FileSystemId: `fs-${noId}` }),
  'elasticfilesystem:DescribeAccessPoints': (aws) =>
    aws.efs.describeAccessPoints({ AccessPointId: `fsap-${noId}` }),
  'elasticfilesystem:DescribeFileSystemPolicy': (aws) =>
    aws.efs.describeFileSystemPolicy({ FileSystemId: `fs-${noId}` }),
};
