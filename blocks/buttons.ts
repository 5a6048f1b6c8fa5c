import type { ActionsBlock, ActionsBlockElement } from '@slack/types';
import type { Report } from '#diagnostics/report.ts';
import { actions, button, option, select } from './elements.ts';
import { own } from './limits.ts';
import type { ReportActions } from './message.ts';
import { isHeld, verdictFinding } from './verdict.ts';
import { commandLabel } from './words.ts';

/** What is offered below a report. `few` leaves only what nothing else leads to. */
export function reportButtons(report: Report, give: ReportActions, few = false): ActionsBlock[] {
  const decide = few ? undefined : decidingCommand(report, give);
  const again = button({
    label: 'Run again',
    action: `run:${report.command}`,
    value: give.request(report.command),
  });
  const elements: ActionsBlockElement[] = [
    ...(decide === undefined || decide === 'logs'
      ? []
      : [
          button({
            label: decideLabel(decide),
            action: `run:${decide}`,
            value: give.request(decide),
            style: 'primary',
          }),
        ]),
    ...(few ? [] : logsButton(report, give)),
    ...memoryButton(report, give),
    ...fixButton(report, give),
    ...deeperMenu(report, give, decide),
    again,
  ];
  return actions(elements);
}

/** The check that would decide a verdict that is not confirmed; for a refusal, the look at the permissions. */
function decidingCommand(report: Report, give: ReportActions): string | undefined {
  const { state, status } = report.verdict;
  if (state === 'unknown' && report.notChecked.some(({ missing }) => missing !== undefined)) {
    return offered('doctor', report, give) ? 'doctor' : undefined;
  }
  if (state !== 'problem' || status === 'confirmed') return undefined;
  return verdictFinding(report)?.next.find((command) => offered(command, report, give));
}

function decideLabel(command: string): string {
  return `Check: ${commandLabel(command).toLowerCase()}`;
}

function offered(command: string, report: Report, give: ReportActions): boolean {
  return (
    /^[a-z][a-z-]{0,30}$/.test(command) &&
    command !== report.command &&
    (give.commands === undefined || give.commands.includes(command))
  );
}

/** The log of the container that failed, where one is known. */
function logsButton(report: Report, give: ReportActions): ActionsBlockElement[] {
  if (!offered('logs', report, give) || !hasTasks(report)) return [];
  const tail = report.details.logs?.[0];
  const stop = report.details.stops?.[0];
  const container = tail?.container ?? stop?.container;
  const task = tail?.task || stop?.exampleTask;
  const value = give.request('logs', {
    ...(container === undefined ? {} : { container }),
    ...(task === undefined ? {} : { task }),
  });
  return [button({ label: 'Show logs', action: 'run:logs', value })];
}

/** Of the task that was killed for memory last there are samples by container, which a query reads. */
function memoryButton({ command, details }: Report, give: ReportActions): ActionsBlockElement[] {
  const task = details.perf?.killed;
  if (command !== 'perf' || task === undefined || details.taskMemory) return [];
  const label = `Memory of task ${task.slice(0, 8)}`;
  return [button({ label, action: 'run:perf#task', value: give.request('perf', { task }) })];
}

function hasTasks({ target }: Report): boolean {
  return target.service !== undefined || target.task !== undefined || target.family !== undefined;
}

export function fixButton(report: Report, give: ReportActions): ActionsBlockElement[] {
  const any = report.findings.some((finding) => isHeld(finding) && finding.fix !== undefined);
  if (!any || report.verdict.state === 'healthy') return [];
  return [button({ label: 'How to fix', action: 'fix', value: give.request(report.command) })];
}

/** Commands that are not about one service, or have a button of their own. */
const elsewhere = new Set(['logs', 'explain', 'doctor', 'help', 'triage', 'connect']);

/**
 * What the findings name first, then what else can be asked. Option values hold 150 characters, too few for a
 * target: it is taken from the last `run:` button, "Run again".
 */
function deeperMenu(report: Report, give: ReportActions, decide: string | undefined): ActionsBlockElement[] {
  const named = report.findings.filter(isHeld).flatMap(({ next }) => next);
  const rest = (give.commands ?? []).filter((command) => !elsewhere.has(command));
  const commands = [...new Set([...named, ...rest])].filter(
    (command) => offered(command, report, give) && command !== 'logs' && command !== decide,
  );
  if (commands.length === 0 || !hasTasks(report)) return [];
  const options = commands.slice(0, own.menu).map((command) => option(commandLabel(command), command));
  return [select('menu', 'Deeper checks', options)];
}
