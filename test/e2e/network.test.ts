import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openSandboxAws, type SandboxAws } from '#test/ask-sandbox.ts';

let sandbox: SandboxAws;
beforeAll(async () => {
  sandbox = await openSandboxAws();
  return () => sandbox.close();
});
afterEach(() => {
  sandbox.endpoint.faults.clear();
  sandbox.restart();
});

describe('what is asked of AWS for the network', () => {
  it.each([
    'network api prod',
    'network radish staging',
    'network granary staging',
    'network saffron staging',
    'why-stopped ledger staging',
  ])('%s: nothing twice, four waves at most', async (ask) => {
    const { aws } = await sandbox.report(ask);
    const asked = sandbox.endpoint.calls.map(({ service, operation, input }) =>
      JSON.stringify([service, operation, input]),
    );
    expect(new Set(asked).size).toBe(asked.length);
    expect(aws.waves).toBeLessThanOrEqual(4);
    expect(sandbox.endpoint.unexpected).toEqual([]);
  });
});

describe('a healthy answer is one line with its proof', () => {
  it('names the gateway and the endpoint that are passed', async () => {
    const { verdict, details } = await sandbox.report('network pepper staging');
    expect(verdict.headline).toMatch(/3 subnets reach ECR login, .* through nat-\w+ and vpce-\w+$/);
    expect(details.network?.paths.every(({ state }) => state === 'reachable')).toBe(true);
  });
});

describe('a refused action leaves open what depends on it, and is named', () => {
  it.each([
    ['ec2:DescribeSubnets', 'unknown'],
    ['ec2:DescribeRouteTables', 'unknown'],
    ['ec2:DescribeSecurityGroups', 'unknown'],
    ['ec2:DescribeNetworkAcls', 'unknown'],
    ['ec2:DescribeVpcEndpoints', 'unknown'],
    ['ec2:DescribeNatGateways', 'unknown'],
    // A name that a private zone takes is rare enough to call the way by NAT what it is.
    ['route53:ListHostedZonesByVPC', 'healthy'],
    // Without an endpoint that bears a private name, nothing hangs on who resolves it.
    ['ec2:DescribeVpcAttribute', 'healthy'],
  ])('without %s a way through a NAT gateway is %s', async (action, state) => {
    sandbox.endpoint.faults.add(action, { kind: 'deny' });
    const { verdict, notChecked } = await sandbox.report('network pepper staging');
    expect(verdict.state).toBe(state);
    expect(notChecked.map(({ missing }) => missing)).toEqual([action]);
  });

  it.each(['ec2:DescribeVpcAttribute', 'ec2:DescribeVpcs', 'ec2:DescribeDhcpOptions'])(
    'without %s it is open whether names lead to the endpoints',
    async (action) => {
      sandbox.endpoint.faults.add(action, { kind: 'deny' });
      const { verdict, notChecked } = await sandbox.report('network radish staging');
      expect(verdict.state).toBe('unknown');
      expect([...new Set(notChecked.map(({ missing }) => missing))]).toEqual([action]);
    },
  );

  it('what is broken stays broken beside what could not be read', async () => {
    sandbox.endpoint.faults.add('ec2:DescribeNetworkAcls', { kind: 'deny' });
    const { verdict, notChecked } = await sandbox.report('network granary staging');
    expect(verdict.cause).toBe('network-no-route');
    expect(notChecked.map(({ missing }) => missing)).toEqual(['ec2:DescribeNetworkAcls']);
  });
});

describe('the fix has the names of what is to be changed', () => {
  it.each([
    ['network granary staging', /create-route --route-table-id rtb-\w+ .* --nat-gateway-id nat-0\w+/],
    [
      'network quotes staging',
      /modify-vpc-endpoint --vpc-endpoint-id vpce-\w+ --add-route-table-ids rtb-\w+/,
    ],
    [
      'network tracking staging',
      /authorize-security-group-ingress --group-id sg-\w+ .*UserIdGroupPairs=\[\{GroupId=sg-\w+\}\]/,
    ],
    ['network cabinet staging', /authorize-security-group-egress --group-id sg-\w+/],
    [
      'network beehive staging',
      /update-service --cluster staging --service beehive .*assignPublicIp=ENABLED/,
    ],
    ['network dairy staging', /create-network-acl-entry .* --ingress .* --port-range From=1024,To=65535/],
    [
      'network verve staging',
      /create-network-acl-entry .* --ingress .* --port-range From=443,To=443 --cidr-block 10\./,
    ],
    ['network presence staging', /create-vpc-endpoint --vpc-id vpc-\w+ .*\.logs/],
  ])('%s', async (ask, command) => {
    const { findings } = await sandbox.report(ask);
    expect(findings[0]?.fix?.cli).toMatch(command);
    expect(findings[0]?.fix?.terraform).toContain('resource "aws_');
  });

  it('a policy is told as the statement that it lacks', async () => {
    const { findings } = await sandbox.report('network easel staging');
    expect(JSON.parse(findings[0]?.fix?.policy ?? '{}')).toMatchObject({
      Effect: 'Allow',
      Action: ['s3:GetObject'],
      Resource: ['arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/*'],
    });
  });
});
