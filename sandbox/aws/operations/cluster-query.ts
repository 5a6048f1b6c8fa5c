import type { ContainerInstance, Task } from '@aws-sdk/client-ecs';
import { NotInSandbox } from '../errors.ts';
import { invalid } from './ecs-names.ts';

type Test = (instance: ContainerInstance, tasks: readonly Task[]) => boolean;

interface Parser {
  tokens: string[];
  next: number;
}

const token = /\s*(\(|\)|\[|\]|,|&&|\|\||==|!=|>=|<=|=~|!~|!exists|!in|>|<|!|"[^"]*"|[^\s()[\],&|=!<>~"]+)/y;

/** Each operator's symbol, by its name in words. */
const operators: Record<string, string> = {
  equals: '==',
  not_equals: '!=',
  greater_than: '>',
  greater_than_equal: '>=',
  less_than: '<',
  less_than_equal: '<=',
  matches: '=~',
  not_matches: '!~',
  not_exists: '!exists',
  not_in: '!in',
};

/**
 * Compiles a statement of the cluster query language, as ListContainerInstances takes it for its filter and a
 * placement constraint for memberOf: `attribute:ecs.os-type == linux and not task:group == service:api`.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cluster-query-language.html
 *
 * @throws InvalidParameterException for what is no statement of the language
 * @throws NotInSandbox for `registeredAt`, whose values are relative dates
 */
export function clusterQuery(statement: string): Test {
  const parser = { tokens: readTokens(statement), next: 0 };
  const test = either(parser);
  if (parser.next < parser.tokens.length) throw malformed();
  return test;
}

function readTokens(statement: string): string[] {
  const tokens: string[] = [];
  const reader = new RegExp(token);
  const text = statement.trimEnd();
  while (reader.lastIndex < text.length) {
    const found = reader.exec(text)?.[1];
    if (found === undefined) throw malformed();
    tokens.push(found);
  }
  return tokens;
}

function accept(parser: Parser, ...wanted: string[]): boolean {
  const found = wanted.includes(parser.tokens[parser.next] ?? '');
  if (found) parser.next += 1;
  return found;
}

function take(parser: Parser): string {
  const found = parser.tokens[parser.next];
  if (found === undefined) throw malformed();
  parser.next += 1;
  return found.replace(/^"(.*)"$/, '$1');
}

function either(parser: Parser): Test {
  const tests = [both(parser)];
  while (accept(parser, 'or', '||')) tests.push(both(parser));
  return (instance, tasks) => tests.some((test) => test(instance, tasks));
}

function both(parser: Parser): Test {
  const tests = [single(parser)];
  while (accept(parser, 'and', '&&')) tests.push(single(parser));
  return (instance, tasks) => tests.every((test) => test(instance, tasks));
}

function single(parser: Parser): Test {
  if (accept(parser, 'not', '!')) {
    const inner = single(parser);
    return (instance, tasks) => !inner(instance, tasks);
  }
  if (accept(parser, '(')) {
    const inner = either(parser);
    if (!accept(parser, ')')) throw malformed();
    return inner;
  }
  const values = subject(take(parser));
  const test = condition(parser);
  return (instance, tasks) => test(values(instance, tasks));
}

/** What a subject stands for on an instance: no value, one, or one for each of its tasks. */
function subject(name: string): (instance: ContainerInstance, tasks: readonly Task[]) => string[] {
  if (name.startsWith('attribute:')) {
    const attribute = name.slice('attribute:'.length);
    return (instance) =>
      (instance.attributes ?? []).filter((own) => own.name === attribute).map((own) => own.value ?? '');
  }
  switch (name) {
    case 'agentConnected':
      return (instance) => [String(instance.agentConnected ?? false)];
    case 'agentVersion':
      return (instance) => present(instance.versionInfo?.agentVersion);
    case 'ec2InstanceId':
      return (instance) => present(instance.ec2InstanceId);
    case 'runningTasksCount':
      return (instance) => [String(instance.runningTasksCount ?? 0)];
    case 'task:group':
      return (instance, tasks) =>
        tasks
          .filter((task) => task.containerInstanceArn === instance.containerInstanceArn)
          .flatMap((task) => present(task.group));
    case 'registeredAt':
      throw new NotInSandbox('the cluster query language over registeredAt');
    default:
      throw malformed();
  }
}

function present(value: string | undefined): string[] {
  return value === undefined ? [] : [value];
}

function condition(parser: Parser): (values: string[]) => boolean {
  const written = take(parser);
  const operator = operators[written] ?? written;
  switch (operator) {
    case 'exists':
      return (values) => values.length > 0;
    case '!exists':
      return (values) => values.length === 0;
    case 'in':
    case '!in': {
      const wanted = list(parser);
      return (values) => values.some((value) => wanted.includes(value)) === (operator === 'in');
    }
    case '=~':
    case '!~': {
      const pattern = expression(take(parser));
      return (values) => values.some((value) => pattern.test(value)) === (operator === '=~');
    }
    case '==':
    case '!=': {
      const wanted = take(parser);
      return (values) => values.includes(wanted) === (operator === '==');
    }
    default:
      return ordering(operator, take(parser));
  }
}

function ordering(operator: string, bound: string): (values: string[]) => boolean {
  const holding: Record<string, (order: number) => boolean> = {
    '>': (order) => order > 0,
    '>=': (order) => order >= 0,
    '<': (order) => order < 0,
    '<=': (order) => order <= 0,
  };
  const holds = holding[operator];
  if (!holds) throw malformed();
  // Versions are compared part by part, and a number is a version of one part.
  return (values) => values.some((value) => holds(value.localeCompare(bound, 'en', { numeric: true })));
}

function list(parser: Parser): string[] {
  if (!accept(parser, '[')) throw malformed();
  const items = [take(parser)];
  while (accept(parser, ',')) items.push(take(parser));
  if (!accept(parser, ']')) throw malformed();
  return items;
}

/** A pattern covers the whole value. */
function expression(source: string): RegExp {
  try {
    return new RegExp(`^(?:${source})$`);
  } catch {
    throw malformed();
  }
}

function malformed() {
  return invalid('Invalid filter.');
}
