import { choiceMessage } from '#blocks/choice.ts';
import { doctorMessage } from '#blocks/doctor.ts';
import { doneMessage } from '#blocks/done.ts';
import { explainMessage } from '#blocks/explain.ts';
import { happeningsMessage } from '#blocks/happenings.ts';
import { type HelpTopic, helpMessage } from '#blocks/help.ts';
import { insightsMessages } from '#blocks/insights.ts';
import { logMessages } from '#blocks/logs.ts';
import type { Message } from '#blocks/message.ts';
import { reportMessage } from '#blocks/report.ts';
import type { Answer, EnvironmentSummary, Request } from '#commands/command.ts';
import type { Report } from '#diagnostics/report.ts';
import type { File } from './post.ts';
import { encodeRequest } from './state.ts';
import { reportActions, resolvedRequest } from './target.ts';

export interface Rendering {
  request: Request;
  environments: readonly EnvironmentSummary[];
  topics: readonly HelpTopic[];
  /** For an ephemeral message or a response URL. */
  private: boolean;
  /** The bot's name, as it is mentioned. */
  bot: string;
}

export interface Rendered {
  message: Message;
  /** What the message holds only the end of. */
  file?: File;
  /** The request with the names that were found. */
  request: Request;
}

/** An answer as Slack shows it. */
export function renderAnswer(answer: Answer, rendering: Rendering): Rendered {
  const { request, environments, topics, bot } = rendering;
  switch (answer.kind) {
    case 'report':
      return renderReport(answer.report, rendering);
    case 'doctor':
      return { message: doctorMessage(answer.rows, answer.asOf), request };
    case 'help': {
      const about = topics.filter(({ name }) => name === answer.topic);
      const names = environments.map(({ name }) => name);
      return {
        message: helpMessage(about.length === 1 ? about : topics, { bot, environments: names }),
        request,
      };
    }
    case 'done':
      return { message: doneMessage(answer.text), request };
    case 'choice': {
      const choices = answer.choices.map(({ label, request: chosen }) => ({
        label,
        command: chosen.command,
        value: encodeRequest(keepPrivate(chosen, request), { inPlace: true }),
      }));
      return { message: choiceMessage(answer.question, choices), request };
    }
  }
}

/** A report before its last check has judged. */
export function renderProvisional(report: Report, rendering: Rendering): Message {
  const actions = actionsOf(report, rendering);
  if (report.command === 'insights') return insightsMessages(report, actions, { provisional: true }).message;
  if (isHappenings(report)) return happeningsMessage(report, actions, { provisional: true }).message;
  return reportMessage(report, actions, { provisional: true });
}

function renderReport(report: Report, rendering: Rendering): Rendered {
  const request = resolvedRequest(report, rendering.request, rendering.environments);
  const actions = actionsOf(report, rendering);
  if (report.command === 'explain') return { message: explainMessage(report, actions), request };
  if (report.command === 'logs') return { ...logMessages(report, actions), request };
  if (report.command === 'insights')
    return { ...insightsMessages(report, actions, { private: rendering.private }), request };
  if (isHappenings(report)) {
    const exported = rendering.request.options.markdown === true;
    return { ...happeningsMessage(report, actions, { exported }), request };
  }
  return { message: reportMessage(report, actions, { private: rendering.private }), request };
}

function isHappenings({ command }: Report): boolean {
  return command === 'changes' || command === 'timeline';
}

function actionsOf(report: Report, { request, environments, topics }: Rendering) {
  const names = topics.map(({ name }) => name);
  return reportActions(resolvedRequest(report, request, environments), names);
}

function keepPrivate(chosen: Request, { options }: Request): Request {
  return options.private === true ? { ...chosen, options: { ...chosen.options, private: true } } : chosen;
}
