import { inPlace } from '../fix-in-place.ts';
import type { Fix, Severity } from '../report.ts';
import type { Cause, FixNames, Owner, Stage } from './cause.ts';

interface Facts {
  stage: Stage;
  owner: Owner;
  /** `error` unless given. */
  severity?: Severity;
  meaning: string;
  confirm: string;
  next?: readonly string[];
  fix: (names: FixNames) => Fix;
}

/**
 * A cause whose fix only ever sees names that are safe to paste into a shell or a Terraform file. Names can come
 * from a log line or from the free text of `StopTask`, and people copy what a fix shows.
 */
export function cause(id: string, title: string, facts: Facts): Cause {
  const { fix, severity = 'error', next = [], ...rest } = facts;
  return { id, title, severity, next, ...rest, fix: fixWith };

  function fixWith(names: FixNames): Fix {
    const safe = pasteable(names);
    return inPlace(filled(fix(safe), safe), safe.region);
  }
}

/** What every fix calls by one placeholder, and a service has one of. */
function filled(fix: Fix, { taskSecurityGroup, taskSubnet }: FixNames): Fix {
  const fill = (text: string) =>
    text
      .replaceAll(/\bTASK_SECURITY_GROUP_ID\b/g, (blank) => taskSecurityGroup ?? blank)
      .replaceAll(/\bTASK_SUBNET_ID\b/g, (blank) => taskSubnet ?? blank);
  return {
    ...fix,
    ...(fix.terraform !== undefined && { terraform: fill(fix.terraform) }),
    ...(fix.cli !== undefined && { cli: fill(fix.cli) }),
  };
}

const plain = /^[\w*/][\w.:/@+=,*#-]{0,599}$/;

/** The names without those that carry quotes, spaces, options or anything that a shell reads. */
export function pasteable(names: FixNames): FixNames {
  const kept: Record<string, string> = {};
  for (const [key, value] of Object.entries(names))
    if (typeof value === 'string' && plain.test(value)) kept[key] = value;
  return kept;
}
