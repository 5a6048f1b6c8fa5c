import { NotInSandbox } from '../errors.ts';
import { jsonPattern } from './filter-pattern-json.ts';
import { invalid } from './logs-names.ts';

/**
 * Compiles a filter pattern of CloudWatch Logs: terms (`ERROR`, `"connection refused"`, `?a ?b`, `-debug`), one
 * regular expression (`%5\d\d%`), or properties of JSON (`{ $.level = "error" && $.status >= 500 }`).
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 *
 * @throws InvalidParameterException for what CloudWatch Logs does not accept
 * @throws NotInSandbox for space-delimited patterns
 */
export function filterPattern(pattern: string): (message: string) => boolean {
  const text = pattern.trim();
  if (text === '') return () => true;
  if (text.startsWith('{')) return jsonPattern(text);
  if (text.startsWith('[')) throw new NotInSandbox('a space-delimited filter pattern');
  return termPattern(text);
}

interface Term {
  sign: '' | '-' | '?';
  matches: (message: string) => boolean;
}

function termPattern(text: string): (message: string) => boolean {
  const terms = readTerms(text);
  const required = terms.filter((term) => term.sign === '');
  const excluded = terms.filter((term) => term.sign === '-');
  const optional = terms.filter((term) => term.sign === '?');
  // Optional terms beside required ones are ignored, as CloudWatch Logs ignores them.
  const anyOptional = required.length > 0 || optional.length === 0;
  return (message) =>
    required.every((term) => term.matches(message)) &&
    !excluded.some((term) => term.matches(message)) &&
    (anyOptional || optional.some((term) => term.matches(message)));
}

function readTerms(text: string): Term[] {
  // A term of anything but letters, digits and underscores must stand in quotes.
  const term = /\s*([-?]?)(?:"((?:[^"\\]|\\.)*)"|%([^%]+)%|(\w+))(?=\s|$)/uy;
  const terms: Term[] = [];
  while (term.lastIndex < text.length) {
    const match = term.exec(text);
    if (!match) throw invalid('Invalid filter pattern');
    terms.push(toTerm(match));
  }
  return terms;
}

function toTerm([, sign = '', quoted, expression, word = '']: RegExpExecArray): Term {
  const kind = sign === '-' || sign === '?' ? sign : '';
  if (expression !== undefined) {
    const regex = compiled(expression);
    return { sign: kind, matches: (message) => regex.test(message) };
  }
  const wanted = quoted === undefined ? word : quoted.replace(/\\(.)/g, '$1');
  return { sign: kind, matches: (message) => message.includes(wanted) };
}

/** @throws InvalidParameterException for an expression that does not compile */
function compiled(expression: string): RegExp {
  try {
    return new RegExp(expression);
  } catch {
    throw invalid('Invalid filter pattern');
  }
}
