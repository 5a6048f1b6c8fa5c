import type { Cause } from './cause.ts';
import { cause } from './define.ts';
import { allow, forceDeployment, inContainer, interfaceEndpoint, revise, roleName } from './fixes.ts';

/** Group 2: secrets, parameters and environment files, which ECS reads before a container exists. */
export const secretCauses: readonly Cause[] = [
  cause('secret-permission-denied', 'secret not readable by the execution role', {
    stage: 3,
    owner: 'execution-role',
    meaning: 'The execution role may not read a secret that the task definition asks for.',
    confirm: 'A simulation of secretsmanager:GetSecretValue for that role and ARN; the policy of the secret.',
    next: ['iam', 'revision-change'],
    fix: (n) => ({
      summary: `Allow secretsmanager:GetSecretValue on ${n.resource ?? 'the secret'} to ${n.executionRoleArn ?? 'the execution role'}; the task role is not asked.`,
      ...allow(
        roleName(n.executionRoleArn, 'EXECUTION_ROLE'),
        ['secretsmanager:GetSecretValue'],
        n.resource ?? 'SECRET_ARN',
      ),
    }),
  }),
  cause('parameter-permission-denied', 'parameter not readable by the execution role', {
    stage: 3,
    owner: 'execution-role',
    meaning: 'The execution role may not read an SSM parameter that the task definition asks for.',
    confirm: 'A simulation of ssm:GetParameters for that role and ARN.',
    next: ['iam', 'revision-change'],
    fix: (n) => ({
      summary: `Allow ssm:GetParameters on ${n.resource ?? 'the parameter'} to ${n.executionRoleArn ?? 'the execution role'}.`,
      ...allow(
        roleName(n.executionRoleArn, 'EXECUTION_ROLE'),
        ['ssm:GetParameters'],
        n.resource ?? 'PARAMETER_ARN',
      ),
    }),
  }),
  cause('secret-kms-denied', "secret's encryption key not usable", {
    stage: 3,
    owner: 'execution-role',
    meaning: 'The secret may be read, but not the KMS key that it is encrypted with.',
    confirm: "KmsKeyId of the secret, that key's policy and state.",
    next: ['iam'],
    fix: (n) => ({
      summary: `Allow kms:Decrypt on the key to ${n.executionRoleArn ?? 'the execution role'}, in IAM and in the key policy; a secret of another account needs a customer managed key.`,
      ...allow(roleName(n.executionRoleArn, 'EXECUTION_ROLE'), ['kms:Decrypt'], n.resource ?? 'KMS_KEY_ARN'),
    }),
  }),
  cause('secret-not-found', 'secret does not exist', {
    stage: 3,
    owner: 'task-definition',
    meaning: 'No secret has that ARN or name in that region and account, or it is being deleted.',
    confirm: 'secretsmanager:DescribeSecret with exactly the ARN of valueFrom.',
    next: ['iam', 'revision-change'],
    fix: (n) => ({
      summary: `Correct valueFrom, or create ${n.resource ?? 'the secret'} in the region of the task.`,
      cli: `aws secretsmanager describe-secret --secret-id ${n.resource ?? 'SECRET_ARN'}${n.region ? ` --region ${n.region}` : ''}`,
    }),
  }),
  cause('secret-empty-value', 'secret has no value yet', {
    stage: 3,
    owner: 'operator',
    meaning: 'The secret exists, but no current version was ever stored in it.',
    confirm: 'VersionIdsToStages of the secret holds no AWSCURRENT.',
    next: ['iam'],
    fix: (n) => ({
      summary: `Store a value in ${n.resource ?? 'the secret'}, then deploy anew.`,
      cli: `aws secretsmanager put-secret-value --secret-id ${n.resource ?? 'SECRET_ARN'} --secret-string file://value.txt\n${forceDeployment(n)}`,
    }),
  }),
  cause('parameter-not-found', 'parameter does not exist', {
    stage: 3,
    owner: 'task-definition',
    meaning: 'SSM knows no such parameter; the name of a secret without its ARN is read as a parameter, too.',
    confirm: 'ssm:DescribeParameters for that name in the region of the task.',
    next: ['iam', 'revision-change'],
    fix: (n) => ({
      summary: `Create ${n.name ?? 'the parameter'}, or give the full ARN in valueFrom when a secret was meant.`,
      cli: `aws ssm put-parameter --name ${n.name ?? 'NAME'} --type SecureString --value file://value.txt${n.region ? ` --region ${n.region}` : ''}`,
    }),
  }),
  cause('secret-json-key-missing', 'secret does not hold the key asked for', {
    stage: 3,
    owner: 'task-definition',
    meaning: 'valueFrom asks for one key of a JSON secret, and the secret has no such key.',
    confirm: 'The text names the key; OwningService of the secret tells whether RDS made it.',
    next: ['revision-change'],
    fix: (n) => ({
      summary: `Add the key ${n.name ?? 'that the text names'} to the secret, or ask for one that it has; a secret that RDS manages has host, port, username, password and dbname, and no address in one piece.`,
      cli: revise(
        n,
        `.containerDefinitions[].secrets[]?.valueFrom |= sub(":${n.name ?? 'KEY'}:"; ":KEY_THAT_THE_SECRET_HAS:")`,
      ),
    }),
  }),
  cause('secret-json-malformed', 'secret is not valid JSON', {
    stage: 3,
    owner: 'operator',
    meaning: 'valueFrom asks for a key, but what is stored is not JSON.',
    confirm: 'The parse error in the text, and the :key:: suffix of valueFrom.',
    next: [],
    fix: (n) => ({
      summary: 'Store valid JSON, or drop the :key:: suffix of valueFrom to get the whole text.',
      cli: `aws secretsmanager put-secret-value --secret-id ${n.resource ?? 'SECRET_ARN'} --secret-string file://value.json\n${forceDeployment(n)}`,
    }),
  }),
  cause('secret-reference-invalid', 'reference to the secret is not valid', {
    stage: 3,
    owner: 'task-definition',
    meaning: 'valueFrom is neither a full ARN nor a name that ECS understands.',
    confirm: 'secrets[].valueFrom of the container definition.',
    next: ['revision-change'],
    fix: (n) => ({
      summary:
        'Give the whole ARN with its six random characters, and two more colons at the end when a key is named.',
      terraform: 'secrets = [{ name = "NAME", valueFrom = "SECRET_ARN:KEY::" }]',
      cli: revise(n, `${inContainer(n)}.secrets[0].valueFrom = "SECRET_ARN:KEY::"`),
    }),
  }),
  cause('secrets-endpoint-unreachable', 'cannot reach Secrets Manager or SSM', {
    stage: 3,
    owner: 'network',
    meaning: 'The task got no answer from the service that holds its secrets.',
    confirm:
      'Route of the subnet, public address, NAT, the endpoints secretsmanager, ssm and kms, and 443 on both security groups.',
    next: ['network'],
    fix: (n) => ({
      summary:
        'Give the subnet a NAT route or the task a public address, or create the interface endpoint and open 443 from the task to it.',
      ...interfaceEndpoint(n, n.host?.startsWith('ssm') ? 'ssm' : 'secretsmanager'),
    }),
  }),
  cause('env-file-unreadable', 'environment file not readable', {
    stage: 3,
    owner: 'execution-role',
    meaning: 'The environment file in S3 could not be fetched, or its path is refused.',
    confirm: 'environmentFiles[].value; s3:GetObject and s3:GetBucketLocation of the execution role.',
    next: ['iam'],
    fix: (n) => ({
      summary: `See that ${n.name ?? 'the file'} exists, and let the execution role read it: s3:GetObject on the file, s3:GetBucketLocation on the bucket.`,
      ...allow(
        roleName(n.executionRoleArn, 'EXECUTION_ROLE'),
        ['s3:GetObject'],
        `arn:aws:s3:::${n.resource ?? 'BUCKET'}/${n.name ?? 'KEY'}`,
      ),
    }),
  }),
];
