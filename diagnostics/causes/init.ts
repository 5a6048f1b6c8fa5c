import type { Cause } from './cause.ts';
import { cause } from './define.ts';
import { allow, inContainer, interfaceEndpoint, revise, roleName } from './fixes.ts';

const managedPolicy = 'arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy';

/** Group 3: registry credentials, logging and roles, before a container is created. */
export const initCauses: readonly Cause[] = [
  cause('ecr-auth-permission-denied', 'its role may not log in to ECR', {
    stage: 3,
    owner: 'execution-role',
    meaning:
      'The execution role may not call ecr:GetAuthorizationToken, without which nothing can be pulled.',
    confirm: 'A simulation of ecr:GetAuthorizationToken on * for the execution role.',
    next: ['iam'],
    fix: (n) => ({
      summary: `Allow ecr:GetAuthorizationToken on * to ${n.executionRoleArn ?? 'the execution role'}; the managed policy holds it.`,
      terraform: `resource "aws_iam_role_policy_attachment" "execution" {\n  role       = "${roleName(n.executionRoleArn, 'EXECUTION_ROLE')}"\n  policy_arn = "${managedPolicy}"\n}`,
      cli: `aws iam attach-role-policy --role-name ${roleName(n.executionRoleArn, 'EXECUTION_ROLE')} --policy-arn ${managedPolicy}`,
    }),
  }),
  cause('ecr-auth-unreachable', 'cannot reach ECR', {
    stage: 3,
    owner: 'network',
    meaning: 'The task got no answer from the ECR API when it wanted its registry credentials.',
    confirm: 'Route of the subnet, NAT, the endpoint ecr.api with its security group and private DNS.',
    next: ['network'],
    fix: (n) => ({
      summary:
        'Give the subnet a NAT route, a task in a public subnet its public address, or the VPC the endpoint ecr.api with 443 open from the task.',
      ...interfaceEndpoint(n, 'ecr.api'),
    }),
  }),
  cause('logs-group-missing', 'log group does not exist', {
    stage: 3,
    owner: 'task-definition',
    meaning: 'The log group of the awslogs driver is not there in the region that the driver names.',
    confirm: 'logs:DescribeLogGroups with that prefix, in the region of awslogs-region.',
    next: ['iam', 'revision-change'],
    fix: (n) => ({
      summary: `Create the log group ${n.logGroup ?? 'that the definition names'} in the region of awslogs-region; awslogs-create-group needs logs:CreateLogGroup, which the managed policy lacks.`,
      terraform: `resource "aws_cloudwatch_log_group" "task" {\n  name              = "${n.logGroup ?? 'LOG_GROUP'}"\n  retention_in_days = 30\n}`,
      cli: `aws logs create-log-group --log-group-name ${n.logGroup ?? 'LOG_GROUP'}${n.region ? ` --region ${n.region}` : ''}`,
    }),
  }),
  cause('logs-permission-denied', 'its role may not write logs', {
    stage: 3,
    owner: 'execution-role',
    meaning: 'The role that opens the log stream may not do so, or the host offers no credentials for it.',
    confirm:
      'A simulation of logs:CreateLogStream, logs:PutLogEvents and logs:CreateLogGroup for the execution role.',
    next: ['iam'],
    fix: (n) => ({
      summary: `Allow ${n.action ?? 'logs:CreateLogStream and logs:PutLogEvents'} to ${n.executionRoleArn ?? 'the execution role'}; on EC2 set ECS_ENABLE_AWSLOGS_EXECUTIONROLE_OVERRIDE where no credentials are found.`,
      ...allow(
        roleName(n.executionRoleArn, 'EXECUTION_ROLE'),
        [...new Set([n.action ?? 'logs:CreateLogStream', 'logs:CreateLogStream', 'logs:PutLogEvents'])],
        n.logGroup ? `arn:aws:logs:*:${n.account ?? '*'}:log-group:${n.logGroup}:*` : 'LOG_GROUP_ARN:*',
      ),
    }),
  }),
  cause('logs-endpoint-unreachable', 'cannot reach CloudWatch Logs', {
    stage: 3,
    owner: 'network',
    meaning: 'The log driver got no answer. The text may speak of a missing group although it exists.',
    confirm: 'The group exists, and the subnet has neither a route nor the endpoint logs.',
    next: ['network'],
    fix: (n) => ({
      summary: 'Open egress on 443 and give the subnet a NAT route or the VPC the interface endpoint logs.',
      ...interfaceEndpoint(n, 'logs'),
    }),
  }),
  cause('log-driver-misconfigured', 'log driver is set up wrongly', {
    stage: 3,
    owner: 'task-definition',
    meaning:
      'An option of the log driver is missing, unknown or not allowed, or the host does not have the driver.',
    confirm: 'logConfiguration of the container definition.',
    next: ['revision-change'],
    fix: (n) => ({
      summary: `Correct ${n.name ? `the option ${n.name}` : 'the log options'}; awslogs needs group and region, and on Fargate a stream prefix.`,
      terraform: `logConfiguration = {
  logDriver = "awslogs"
  options   = { "awslogs-group" = "${n.logGroup ?? 'LOG_GROUP'}", "awslogs-region" = "${n.region ?? 'REGION'}", "awslogs-stream-prefix" = "${n.service ?? 'PREFIX'}" }
}`,
      cli: revise(
        n,
        `${inContainer(n)}.logConfiguration.options["awslogs-stream-prefix"] = "${n.service ?? 'PREFIX'}"`,
      ),
    }),
  }),
  cause('firelens-misconfigured', 'FireLens router is set up wrongly', {
    stage: 3,
    owner: 'task-definition',
    meaning: 'The log router or its configuration could not be built or fetched.',
    confirm: 'firelensConfiguration of the router, its exit code and its own log.',
    next: ['crash-log', 'iam'],
    fix: (n) => ({
      summary:
        'Correct the options or the file of the router, let the execution role read a file in S3, and make the application wait for the router.',
      cli: revise(
        n,
        '(.containerDefinitions[] | select(.firelensConfiguration)).firelensConfiguration.options = {}',
      ),
    }),
  }),
  cause('role-cannot-be-assumed', 'ECS cannot assume its role', {
    stage: 3,
    owner: 'execution-role',
    meaning: 'The task or execution role is missing, or does not trust ecs-tasks.amazonaws.com.',
    confirm: 'AssumeRolePolicyDocument of both roles, with its conditions.',
    next: ['iam'],
    fix: (n) => ({
      summary: `Create ${n.executionRoleArn ?? n.resource ?? 'the role'} or let it trust ecs-tasks.amazonaws.com, and let whoever deploys pass it (iam:PassRole).`,
      terraform: `assume_role_policy = jsonencode({
  Version   = "2012-10-17"
  Statement = [{ Effect = "Allow", Principal = { Service = "ecs-tasks.amazonaws.com" }, Action = "sts:AssumeRole" }]
})`,
      cli: `aws iam update-assume-role-policy --role-name ${roleName(n.executionRoleArn ?? n.resource, 'ROLE')} --policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ecs-tasks.amazonaws.com"},"Action":"sts:AssumeRole"}]}'`,
    }),
  }),
  cause('init-failed-unclear', 'could not be prepared, reason cut off', {
    stage: 3,
    owner: 'aws',
    meaning: 'Something failed before the containers were created, and the text does not say what.',
    confirm:
      'Other stops of the same revision, which may show the whole text; the other checks of this stage.',
    next: ['stopped-tasks', 'iam', 'network'],
    fix: () => ({
      summary:
        'Look for a second stop with a longer text; then check secrets, ECR login, log group and network interface in this order.',
    }),
  }),
];
