import { NormalizedSchema } from '@smithy/core/schema';
import type { OperationSchema } from './wire.ts';

/** Where a member of an input or output lies, https://smithy.io/2.0/spec/http-bindings.html */
export interface Bound {
  place: 'label' | 'query' | 'header' | 'payload' | 'body';
  wireName: string;
  member: NormalizedSchema;
}

interface HttpTraits {
  httpLabel?: 1;
  httpQuery?: string;
  httpHeader?: string;
  httpPayload?: 1;
}

/** The place of one member by its traits. */
export function bindingOf(name: string, schema: NormalizedSchema): Bound {
  const member = NormalizedSchema.of(schema);
  const { httpLabel, httpQuery, httpHeader, httpPayload } = member.getMergedTraits() as HttpTraits;
  if (httpLabel) return { place: 'label', wireName: name, member };
  if (httpQuery !== undefined) return { place: 'query', wireName: httpQuery, member };
  if (httpHeader !== undefined) return { place: 'header', wireName: httpHeader, member };
  return { place: httpPayload ? 'payload' : 'body', wireName: name, member };
}

/** Which operation a path belongs to, and what it says in its labels and its query. */
export interface Route {
  operation: string;
  labels: Record<string, string>;
  query: URLSearchParams;
}

/**
 * Finds the operation by method and path. Where several templates fit, the one with more literal segments is meant:
 * `/file-systems/replication-configurations` is no file system.
 */
export function routeOf(method: string, url: string, schemas: Record<string, unknown>): Route | undefined {
  const { pathname, searchParams: query } = new URL(url, 'http://localhost');
  const fitting = Object.values(schemas).flatMap((schema) => {
    const template = templateOf(schema, method);
    const labels = template && labelsIn(template.path, pathname, query);
    return template && labels ? [{ operation: template.name, labels, query }] : [];
  });
  return fitting.sort((a, b) => Object.keys(a.labels).length - Object.keys(b.labels).length)[0];
}

function templateOf(schema: unknown, method: string): { name: string; path: string } | undefined {
  if (!Array.isArray(schema) || schema[0] !== 9) return undefined;
  const [, , name, traits] = schema as unknown as OperationSchema;
  const { http } = (traits || {}) as { http?: [string, string, number] };
  return http?.[0] === method ? { name, path: http[1] } : undefined;
}

/** What stands in a path where its template has labels; undefined where the path is another's. */
function labelsIn(
  template: string,
  path: string,
  query: URLSearchParams,
): Record<string, string> | undefined {
  const [route = '', literal] = template.split('?');
  for (const [name, value] of new URLSearchParams(literal ?? ''))
    if (!query.has(name) || (value !== '' && query.get(name) !== value)) return undefined;
  const wanted = route.split('/');
  const given = path.split('/');
  const labels: Record<string, string> = {};
  for (const [index, segment] of wanted.entries()) {
    const label = /^\{(?<name>\w+)(?<greedy>\+?)\}$/.exec(segment)?.groups;
    if (!label) {
      if (given[index] !== segment) return undefined;
      continue;
    }
    const rest = label.greedy
      ? given.slice(index, given.length - (wanted.length - index - 1))
      : [given[index] ?? ''];
    if (rest.join('') === '') return undefined;
    labels[label.name ?? ''] = rest.map(decodeURIComponent).join('/');
    if (label.greedy) given.splice(index, rest.length, '');
  }
  return given.length === wanted.length ? labels : undefined;
}
