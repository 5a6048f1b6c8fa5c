import type { FixNames } from '../../causes/cause.ts';
import type { LackCount } from '../../placement/histogram.ts';
import type { Fix, Target } from '../../report.ts';

/** `attribute:tier == packing`. Attributes that begin with `ecs.` are ECS's own, and nobody can put them. */
const simple = /^attribute:(?!ecs\.)(?<name>[\w.:/-]+) ?(?:==|=) ?(?<value>[\w.:/-]+)$/;

/** What to do about a constraint that no instance meets, with the attribute that it asks for where it asks for one. */
export function constraintFix({ kind, best }: LackCount, { cluster = 'CLUSTER' }: Target): Fix | undefined {
  if (kind === 'distinct') {
    return {
      summary:
        'Run one instance more than tasks, since each takes only one of them (distinctInstance), or take that constraint out.',
    };
  }
  const expression = /^does not match (?<text>.+)$/s.exec(best.lack.has)?.groups?.text?.replace(/\s+/g, ' ');
  if (kind !== 'constraint' || expression === undefined) return undefined;
  const { name, value } = simple.exec(expression)?.groups ?? {};
  if (name === undefined || value === undefined) {
    return {
      summary: `Relax the constraint ${expression}, or run instances that match it.`,
      terraform: `placement_constraints {\n  type       = "memberOf"\n  expression = "EXPRESSION" # now: ${expression}\n}`,
    };
  }
  const instance = best.candidate.instance.containerInstanceArn?.split('/').at(-1) ?? 'CONTAINER_INSTANCE';
  return {
    summary: `Give instances the attribute ${name}=${value}, those to come in the user data of their launch template, or relax the constraint.`,
    terraform: `# in the user data of the launch template\necho 'ECS_INSTANCE_ATTRIBUTES={"${name}":"${value}"}' >> /etc/ecs/ecs.config`,
    cli: `aws ecs put-attributes --cluster ${cluster} --attributes name=${name},value=${value},targetType=container-instance,targetId=${instance}`,
  };
}

/** What to fill the fix with: the group that could bring more, the instance that is nearest, and what that lacks. */
export function namesOfLack(main: LackCount | undefined, group: string | undefined): FixNames {
  const instance = main?.best.candidate.instance.containerInstanceArn?.split('/').at(-1);
  const attribute =
    main?.kind === 'attribute' ? main.best.lack.has.replace(/^lacks /, '').split(', ')[0] : undefined;
  return {
    ...(group !== undefined && { scalingGroup: group }),
    ...(instance !== undefined && { containerInstance: instance }),
    ...(attribute !== undefined && { name: attribute }),
  };
}
