import { areaCommand, areaLines } from '#diagnostics/area-words.ts';
import { chartLine, chartMarks } from '#diagnostics/chart-words.ts';
import type { Chart } from '#diagnostics/charts.ts';
import { entryLines } from '#diagnostics/log-reading/words.ts';
import type { Finding, LogTail, Report, StopGroup } from '#diagnostics/report.ts';
import { waitingLines } from '#diagnostics/waiting-words.ts';
import { plural } from '#diagnostics/words.ts';
import { cleaned } from './clean.ts';
import { happeningsSection } from './happenings.ts';
import { insightsSections } from './insights.ts';
import { columns, indent, paint } from './layout.ts';

const marks = { problem: 'PROBLEM', healthy: 'OK', unknown: 'UNKNOWN' };
const colours = { problem: 'red', healthy: 'green', unknown: 'yellow' } as const;

/** A report for a terminal: the verdict first, then what proves it, in falling order of use. */
export function reportText(found: Report): string {
  const report = cleaned(found);
  const { verdict, target, details } = report;
  const toRun = areaCommand(report);
  const [root] = verdict.state === 'problem' ? report.findings : [];
  const place = [
    target.environment,
    target.account,
    target.region,
    target.cluster && `cluster ${target.cluster}`,
  ];
  const head = [
    `${paint(colours[verdict.state], marks[verdict.state])}  ${paint('bold', verdict.headline)}`,
    ...(root ? [root.summary] : []),
    ...(target.account ? [paint('dim', `${place.filter(Boolean).join(' · ')} · as of ${report.asOf}`)] : []),
  ];
  const happened = happeningsSection(report);
  const parts: (string | undefined)[] = [
    head.join('\n'),
    section(
      'Why',
      verdict.chain.length > 1
        ? [verdict.chain.map((cause) => titleOf(cause, report.findings)).join(' ← ')]
        : [],
    ),
    section('Now', nowLines(report)),
    section('Deployment', deploymentLines(report)),
    ...labelledSections(waitingLines(details)),
    section('Command', toRun === undefined ? [] : [toRun]),
    ...labelledSections(areaLines(report)),
    section('Charts', chartLines(details.charts ?? [])),
    ...insightsSections(details.insights).map(({ title, lines }) => section(title, lines)),
    section(happened.title, happened.lines),
    section('Stops', happened.lines.length > 0 ? [] : stopLines(details.stops ?? [])),
    section('Events', eventLines(details.events ?? [])),
    section('Expected', expectedLine(details.expectedStops ?? [])),
    section('Shared', details.commonFactor === undefined ? [] : [details.commonFactor]),
    ...(happened.lines.length > 0 ? [] : (details.logs ?? [])).map((tail) => logText(tail, details.logView)),
    section('Evidence', root ? evidenceLines(root) : []),
    section('Fix', root ? fixLines(root) : []),
    section('Also', alsoLines(report.findings, root)),
    section('Ruled out', ruledOutLine(report.findings)),
    section('Not checked', notCheckedLines(report)),
    section('Note', [...(details.source ? [details.source] : []), ...(details.notes ?? [])]),
    target.account
      ? paint('dim', `${plural(report.aws.calls, 'AWS call')} · ${(report.aws.ms / 1000).toFixed(1)} s`)
      : undefined,
  ];
  return `${parts.filter((part) => part !== undefined).join('\n\n')}\n`;
}

function chartLines(charts: readonly Chart[]): string[] {
  const lines = charts.filter(({ said }) => said !== true).map(chartLine);
  return [...lines, chartMarks(charts)].filter((line) => line !== '');
}

function section(title: string, lines: readonly string[]): string | undefined {
  return lines.length === 0
    ? undefined
    : `${paint('bold', title)}\n${lines.map((line) => indent(line)).join('\n')}`;
}

function titleOf(cause: string, findings: readonly Finding[]): string {
  return findings.find((finding) => finding.cause === cause)?.title ?? cause;
}

function nowLines({ details: { now } }: Report): string[] {
  if (!now) return [];
  const lastGood = now.lastGoodRevision === undefined ? '' : `, last good revision ${now.lastGoodRevision}`;
  return [
    `${now.running} of ${now.desired} running${now.pending > 0 ? `, ${now.pending} pending` : ''}${lastGood}`,
    ...now.deployments.map(({ revision, status, rolloutState, failed, since }) =>
      [
        `${status} ${revision}`,
        rolloutState,
        failed > 0 ? `${failed} failed` : undefined,
        since && `since ${since}`,
      ]
        .filter(Boolean)
        .join(' · '),
    ),
  ];
}

/** What decides how it goes on; other commands only look at the deployment on the way. */
function deploymentLines({ command, details }: Report): string[] {
  const says = command === 'deployment' ? (details.deployment?.says ?? []) : [];
  return columns(says.map(({ about, text }) => [about, text]));
}

function labelledSections(lines: readonly { label: string; text: string }[]): (string | undefined)[] {
  const labels = [...new Set(lines.map(({ label }) => label))];
  return labels.map((label) =>
    section(
      label,
      lines.filter((line) => line.label === label).map(({ text }) => text),
    ),
  );
}

function eventLines(events: NonNullable<Report['details']['events']>): string[] {
  if (events.length === 0) return [];
  const rows = events.map(({ at, count, code, severity, message }) => [
    at ?? '–',
    `×${count}`,
    severity === undefined || severity === 'info' ? '' : severity,
    code ?? '',
    message.slice(0, 160),
  ]);
  return columns([['LAST', 'TIMES', '', 'SAYS', 'TEXT'], ...rows]);
}

function stopLines(stops: readonly StopGroup[]): string[] {
  if (stops.length === 0) return [];
  const rows = stops.map((stop) => [
    stop.lastAt ?? '–',
    `×${stop.count}`,
    stop.container ?? '–',
    stop.exitCode === undefined ? '–' : String(stop.exitCode),
    stop.revisions.join(' '),
    stop.zones.join(' '),
    stop.reason.slice(0, 100),
  ]);
  return columns([['LAST STOP', 'TIMES', 'CONTAINER', 'EXIT', 'REVISION', 'ZONES', 'REASON'], ...rows]);
}

function expectedLine(stops: readonly { text: string; count: number }[]): string[] {
  return stops.length === 0 ? [] : [stops.map(({ text, count }) => `${count} × ${text}`).join(', ')];
}

function logText(tail: LogTail, view: Report['details']['logView']): string {
  const { container, task, until, missing, link, lines, entries = [] } = tail;
  const isFirst = view?.page === 'first';
  const before = until === undefined || isFirst ? '' : `, before it stopped at ${until}`;
  const title = `${isFirst ? 'First' : 'Last'} lines of ${container}, task ${task.slice(0, 8)}${before}`;
  const body =
    lines.length === 0 && missing !== undefined
      ? [`none: ${missing}`, ...(link === undefined ? [] : [link])]
      : view?.errors === true
        ? entries.flatMap(entryLines)
        : lines.flatMap(({ message }) => message.trimEnd().split('\n'));
  return `${paint('bold', title)}\n${body.map((line) => indent(line, '  │ ')).join('\n')}`;
}

function evidenceLines({ evidence }: Finding): string[] {
  return evidence.flatMap(({ api, field, value, at, cli }, index) => [
    `${api}  ${field} = ${value}${at === undefined ? '' : `  (${at})`}`,
    ...(cli !== undefined && evidence[index + 1]?.cli !== cli ? [paint('dim', `$ ${cli}`)] : []),
  ]);
}

function fixLines({ fix, open }: Finding): string[] {
  return [
    ...(open === undefined ? [] : [`To be sure: ${open}`]),
    ...(fix
      ? [
          fix.summary,
          ...(fix.policy ? ['', 'IAM statement:', fix.policy] : []),
          ...(fix.terraform ? ['', fix.terraform] : []),
          ...(fix.cli ? ['', `$ ${fix.cli}`] : []),
          ...(fix.console ? ['', fix.console] : []),
        ]
      : []),
  ];
}

function alsoLines(findings: readonly Finding[], root: Finding | undefined): string[] {
  return findings
    .filter((finding) => finding !== root && finding.status !== 'ruled-out')
    .map(({ title, status, summary }) => `${title} (${status}): ${summary}`);
}

function ruledOutLine(findings: readonly Finding[]): string[] {
  const ruledOut = findings.filter(({ status }) => status === 'ruled-out');
  return ruledOut.length === 0 ? [] : [ruledOut.map(({ title }) => title).join(', ')];
}

function notCheckedLines({ notChecked }: Report): string[] {
  return notChecked.map(({ check, missing, reason, detail }) =>
    missing === undefined ? `${check}: ${detail ?? reason}` : `${check}: needs ${missing}`,
  );
}
