import type { Rule, RuleCondition } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Evidence } from '../report.ts';
import { listed } from '../words.ts';
import { isDefault, valuesOf } from './listener-rules.ts';

/** `rule 10`, or what stands for it where no rule matches. */
export function ruleName(rule: Rule): string {
  return isDefault(rule) ? 'the default action' : `rule ${rule.Priority}`;
}

/** `host reviews.example.com and path /api/*`; empty for a rule without conditions. */
export function conditionsInWords({ Conditions = [] }: Rule): string {
  return listed(Conditions.map(inWords));
}

const names: Record<string, string> = {
  'host-header': 'host',
  'path-pattern': 'path',
  'http-request-method': 'method',
};

/**
 * Values of headers and queries are not told: a header that only CloudFront sends keeps everybody else out, and its
 * value is then a secret.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/restrict-access-to-load-balancer.html
 */
function inWords(condition: RuleCondition): string {
  const { Field = '', HttpHeaderConfig, QueryStringConfig, SourceIpConfig } = condition;
  if (Field === 'http-header') return `header ${HttpHeaderConfig?.HttpHeaderName}`;
  if (Field === 'source-ip') return `source ${(SourceIpConfig?.Values ?? []).join(' or ')}`;
  if (Field === 'query-string') {
    const keys = (QueryStringConfig?.Values ?? []).map(({ Key }) => Key ?? 'any key');
    return `query ${[...new Set(keys)].join(' or ')}`;
  }
  const { HostHeaderConfig, PathPatternConfig } = condition;
  const regex = (HostHeaderConfig ?? PathPatternConfig)?.RegexValues ?? condition.RegexValues;
  const values = [...valuesOf(condition), ...(regex ?? []).map((one) => `regular expression ${one}`)];
  return `${names[Field] ?? Field} ${values.join(' or ')}`;
}

/** What a rule does with a request, reading on after its name. */
export function doesInWords({ Actions = [] }: Rule): string {
  const last = Actions.toSorted((a, b) => (a.Order ?? 0) - (b.Order ?? 0)).at(-1);
  const { Type, FixedResponseConfig, RedirectConfig, TargetGroupArn, ForwardConfig } = last ?? {};
  if (Type === 'fixed-response') return `answers ${FixedResponseConfig?.StatusCode ?? ''} itself`;
  if (Type === 'redirect') {
    const {
      Protocol = '#{protocol}',
      Host = '#{host}',
      Port = '#{port}',
      Path = '/#{path}',
    } = RedirectConfig ?? {};
    return `redirects to ${Protocol.toLowerCase()}://${Host}:${Port}${Path}`;
  }
  const groups = (ForwardConfig?.TargetGroups ?? []).filter(({ Weight }) => Weight !== 0);
  const arns = groups.length > 0 ? groups.map((one) => one.TargetGroupArn) : [TargetGroupArn];
  const called = arns.flatMap((arn) => arn?.split('/').at(-2) ?? arn ?? []);
  if (Type === 'forward') return `sends to target group ${listed(called)}`;
  return `does what ${Type ?? 'nothing'} stands for`;
}

/** The rule itself, and the command that shows it. */
export function ruleEvidence(rule: Rule, region: string): Evidence {
  const conditions = conditionsInWords(rule);
  return {
    api: 'elasticloadbalancing:DescribeRules',
    field: 'Rules[].Conditions',
    value: `${ruleName(rule)}: ${conditions === '' ? 'no condition' : conditions}; ${doesInWords(rule)}`,
    cli: `aws elbv2 describe-rules --rule-arns ${rule.RuleArn ?? 'RULE_ARN'} --region ${region}`,
  };
}
