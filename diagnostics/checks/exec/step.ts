import type { JudgedRight } from '../../access/judge-right.ts';
import type { ExecStep } from '../../exec-details.ts';
import type { Evidence, Fix } from '../../report.ts';

/** A precondition with what it rests on, and the cause where it is not met. */
export interface Step extends ExecStep {
  cause?: string;
  evidence?: Evidence[];
  /** What would decide it, of one that is open. */
  decide?: string;
  /** Actions that the task role lacks; a missing allow is certain only where no other policy could give it. */
  refused?: {
    actions: readonly string[];
    resource: string;
    certain: boolean;
    /** Who has to change it. */
    mend: Exclude<JudgedRight['mend'], 'none'>;
    /** A clause: what denies it. */
    why: string;
  };
  /** Where what the catalogue of causes says does not fit. */
  fix?: Fix;
  /** The key or log group that it is about. */
  thing?: string;
}

export function met(about: string, text: string): Step {
  return { about, state: 'ok', text };
}

export function advice(about: string, text: string): Step {
  return { about, state: 'advice', text };
}

export function open(about: string, text: string, decide: string): Step {
  return { about, state: 'open', text, decide };
}

export function blocked(about: string, cause: string, text: string, evidence: Evidence[]): Step {
  return { about, state: 'blocked', text, cause, evidence };
}
