import type { ActionsBlock, ActionsBlockElement } from '@slack/types';
import { pageBeside } from '#diagnostics/log-page.ts';
import type { LogTail, Report } from '#diagnostics/report.ts';
import { fixButton } from './buttons.ts';
import { actions, button } from './elements.ts';
import type { ReportActions } from './message.ts';

/**
 * What is offered below a log. `tails` begin where the lines that are shown begin, so that "Older" goes on there;
 * `isCut` says that older lines were read than are shown.
 */
export function logButtons(
  report: Report,
  give: ReportActions,
  tails: readonly LogTail[],
  isCut: boolean,
): ActionsBlock[] {
  const show = give.logs;
  const again = button({ label: 'Run again', action: 'run:logs#again', value: give.request('logs') });
  if (show === undefined) return actions([again]);
  const { logView, following } = report.details;
  if (following !== undefined) {
    return actions([button({ label: 'Stop', action: 'logs:stop', value: show({}), style: 'danger' })]);
  }
  const errors = logView?.errors === true;
  const has = tails.some(({ lines }) => lines.length > 0);
  const older =
    has && (isCut || tails.some((tail) => tail.older === true)) ? pageBeside(tails, 'older') : undefined;
  const first = older !== undefined && logView?.page !== 'first' ? pageBeside(tails, 'first') : undefined;
  const newer = tails.some((tail) => tail.newer === true) ? pageBeside(tails, 'newer') : undefined;
  const folded = errors ? [] : tails.filter(({ entries }) => entries?.some(hidesLines));
  const unfolded = folded.length > 0 ? pageBeside(tails.flatMap(beforeItsEnd), 'older') : undefined;
  const { containers = [] } = logView ?? {};
  const canFollow =
    logView !== undefined && logView.ended === undefined && tails.some(({ stream }) => stream);
  const elements: ActionsBlockElement[] = [
    ...paging('First lines', 'first', errors ? undefined : first && show({ page: first })),
    ...paging('Older', 'older', older && show({ page: older, errors })),
    ...paging('Newer', 'newer', newer && show({ page: newer, errors })),
    ...paging('Unfold', 'unfold', unfolded && show({ page: unfolded })),
    ...(has || errors
      ? [
          errors
            ? button({ label: 'All lines', action: 'run:logs#all', value: show({}) })
            : button({ label: 'Errors only', action: 'run:logs#errors', value: show({ errors: true }) }),
        ]
      : []),
    ...(containers.length > 0
      ? [button({ label: 'Filter…', action: 'logs:filter', value: show({ errors, containers }) })]
      : []),
    ...(canFollow
      ? [button({ label: 'Follow', action: 'run:logs#follow', value: show({ errors, follow: true }) })]
      : []),
    ...fixButton(report, give),
    again,
  ];
  return actions(elements);
}

/** Lines that a fold stands for and does not show. */
function hidesLines({ count, lastText }: NonNullable<LogTail['entries']>[number]): boolean {
  return count > 2 && lastText !== undefined;
}

/** The same lines as a page, where everything is shown that was written. */
function beforeItsEnd(tail: LogTail): LogTail[] {
  return tail.to === undefined ? [] : [{ ...tail, from: { at: tail.to.at + 1, skip: 0 } }];
}

function paging(label: string, name: string, value: string | undefined): ActionsBlockElement[] {
  return value === undefined ? [] : [button({ label, action: `run:logs#${name}`, value })];
}
