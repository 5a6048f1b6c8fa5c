import type { ReportActions } from '#blocks/message.ts';
import type { EnvironmentSummary, Request, RequestOptions } from '#commands/command.ts';
import type { Report } from '#diagnostics/report.ts';
import { encodeRequest } from './state.ts';

/**
 * What was asked, with the names that the investigation found: a button made from it means the same service
 * tomorrow, even if a second one of a similar name appears.
 */
export function resolvedRequest(
  report: Report,
  asked: Request,
  environments: readonly EnvironmentSummary[],
): Request {
  const { target } = report;
  if (target.environment === '' || asked.command === 'explain') return asked;
  const home = environments.find(({ name }) => name === target.environment);
  const service = target.service ?? target.task ?? (target.family === undefined ? asked.service : undefined);
  const options: RequestOptions = { ...asked.options };
  if (target.cluster !== undefined) options.cluster = target.cluster;
  if (home !== undefined && home.region !== target.region) options.region = target.region;
  if (target.task !== undefined && target.service !== undefined) options.task = target.task;
  if (target.family !== undefined && target.service === undefined) options.family = target.family;
  return {
    ...asked,
    environment: target.environment,
    options,
    ...(service === undefined ? {} : { service }),
  };
}

/** The values of a report's buttons. `request` is what the report answers, resolved. */
export function reportActions(request: Request, commands: readonly string[]): ReportActions {
  return {
    commands,
    request(command, { container, task, since, filter } = {}) {
      const again = command === request.command;
      const { cluster, region, family, private: hidden, task: aboutTask } = request.options;
      const milliseconds = since === undefined ? undefined : durationMs(since);
      const options: RequestOptions = again ? { ...request.options } : {};
      if (!again)
        Object.assign(options, given({ cluster, region, family, private: hidden, task: aboutTask }));
      Object.assign(options, given({ container, task, filter, since: milliseconds }));
      delete options.page;
      delete options.markdown;
      delete options.cancel;
      delete options.follow;
      const { text, to, ...rest } = request;
      const plain =
        container === undefined && task === undefined && since === undefined && filter === undefined;
      const next = {
        ...rest,
        ...(again && text !== undefined ? { text } : {}),
        ...(again && to !== undefined ? { to } : {}),
        command,
        options,
      };
      // The same question over the same span is "Run again": its answer takes the place of the old one.
      return encodeRequest(next, { inPlace: again && plain });
    },
    happenings(view) {
      const { who: _who, markdown: _markdown, ...kept } = request.options;
      const { text: _text, to: _to, ...rest } = request;
      return encodeRequest({ ...rest, options: { ...kept, ...view } }, { inPlace: view.markdown !== true });
    },
    insights(view) {
      const { text: _text, to: _to, ...rest } = request;
      if ('cancel' in view) {
        const { cancel, region } = view;
        const { environment } = request;
        return encodeRequest({
          command: 'insights',
          ...(environment && { environment }),
          options: { cancel, region },
        });
      }
      const { wide: _wide, ...kept } = request.options;
      return encodeRequest({ ...rest, command: 'insights', options: { ...kept, since: view.since } });
    },
    logs({ page, errors, follow, containers = [] }) {
      const { page: _page, head: _head, running: _running, ...asked } = request.options;
      const { follow: _follow, errors: _errors, ...kept } = asked;
      const wanted = { page, errors: errors === true || undefined, follow: follow === true || undefined };
      const { text: _text, to: _to, ...rest } = request;
      const next = { ...rest, command: 'logs', options: { ...kept, ...given(wanted) } };
      return encodeRequest(next, { inPlace: true, containers });
    },
  };
}

const units: Record<string, number> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };
const duration = /^(?<amount>\d+(?:\.\d+)?)\s*(?<unit>[smhdw])$/;

/** Milliseconds of `90s`, `30m`, `2h`, `1d`, `1w`. */
export function durationMs(text: string): number | undefined {
  const { amount, unit } = duration.exec(text.trim())?.groups ?? {};
  const factor = units[unit ?? ''];
  return amount === undefined || factor === undefined ? undefined : Math.round(Number(amount) * factor);
}

function given(options: { [Key in keyof RequestOptions]?: RequestOptions[Key] | undefined }): RequestOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}
