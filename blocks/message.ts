import type { KnownBlock } from '@slack/types';
import type { DataVisualizationBlock } from './chart.ts';

/** Blocks as this bot posts them. */
export type AnyBlock = KnownBlock | DataVisualizationBlock;

/** A message, complete: `text` is the notification, what screen readers read, and safe to be parsed by Slack. */
export interface Message {
  text: string;
  blocks: AnyBlock[];
}

/** Which lines a button of the logs shows; all else stays as it is. */
export interface LogsButton {
  /** As `log-page.ts` writes it. */
  page?: string | undefined;
  errors?: boolean;
  follow?: boolean;
  /** What the filter's menu offers. */
  containers?: readonly string[];
}

/** Makes the values of buttons. The blocks know neither the encoding nor the target's spelling. */
export interface ReportActions {
  /** The value of a button that runs `command` on the report's target. At most 2,000 characters. */
  request(
    command: string,
    options?: { container?: string; task?: string; since?: string; filter?: string },
  ): string;
  /** The value of a button that shows other lines of the same logs, in the place of those that are shown. */
  logs?(view: LogsButton): string;
  /** The value of a button that asks CloudTrail for names, or for the rows as a file. */
  happenings?(view: { who?: true; markdown?: true }): string;
  /** The value of a button of Logs Insights: another span back from now (milliseconds), or the end of what runs. */
  insights?(view: { since: number } | { cancel: string; region: string }): string;
  /** Commands that exist here; without it every command that a finding names is offered. */
  commands?: readonly string[];
}
