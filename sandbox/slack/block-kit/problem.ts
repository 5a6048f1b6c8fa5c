import type { z } from 'zod';

/** One reason why Slack would refuse a payload. */
export interface Problem {
  /** JSON pointer (RFC 6901) into the payload, such as /blocks/0/text/text. */
  pointer: string;
  code:
    | 'failed_constraint'
    | 'missing_field'
    | 'unknown_field'
    | 'unsupported_type'
    | 'wrong_type'
    | 'duplicate'
    | 'wrong_surface'
    | 'too_long_in_total';
  /** In Slack's wording where that is known. */
  message: string;
}

/** The line that Slack puts into response_metadata.messages. */
export function slackLine(problem: Problem): string {
  return `[ERROR] ${problem.message} [json-pointer:${problem.pointer}]`;
}

/** Builds a JSON pointer; `base` is a pointer already. */
export function pointerTo(base: string, path: readonly PropertyKey[]): string {
  return base + path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** What `schema` has against `value`, as problems whose pointers start at `base`. */
export function problemsOf(schema: z.ZodType, value: unknown, base: string): Problem[] {
  const parsed = schema.safeParse(value);
  return parsed.success ? [] : parsed.error.issues.flatMap((issue) => fromIssue(issue, value, base));
}

function fromIssue(issue: z.core.$ZodIssue, value: unknown, base: string): Problem[] {
  const pointer = pointerTo(base, issue.path);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        pointer,
        code: 'unknown_field',
        message: `invalid additional property: ${key}`,
      }));
    case 'invalid_union':
      return fromUnion(issue, value, base);
    case 'invalid_type': {
      if (at(value, issue.path) !== undefined) {
        return [{ pointer, code: 'wrong_type', message: `must be a valid ${issue.expected}` }];
      }
      return missing(issue.path, base);
    }
    case 'invalid_value':
      if (at(value, issue.path) === undefined) return missing(issue.path, base);
      return [
        {
          pointer,
          code: 'failed_constraint',
          message: `must be one of: ${issue.values.map(String).join(', ')}`,
        },
      ];
    default:
      return [{ pointer, code: 'failed_constraint', message: issue.message }];
  }
}

function fromUnion(issue: z.core.$ZodIssueInvalidUnion, value: unknown, base: string): Problem[] {
  const pointer = pointerTo(base, issue.path);
  if (issue.path.at(-1) !== 'type') {
    return [{ pointer, code: 'wrong_type', message: 'failed to match all allowed schemas' }];
  }
  const type = at(value, issue.path);
  if (type === undefined) return missing(issue.path, base);
  return [{ pointer, code: 'unsupported_type', message: `unsupported type: ${String(type)}` }];
}

function missing(path: readonly PropertyKey[], base: string): Problem[] {
  const field = String(path.at(-1) ?? '');
  return [
    {
      pointer: pointerTo(base, path.slice(0, -1)),
      code: 'missing_field',
      message: `missing required field: ${field}`,
    },
  ];
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  let current = value;
  for (const key of path) {
    if (typeof current !== 'object' || current === null) return undefined;
    current = Reflect.get(current, key);
  }
  return current;
}
