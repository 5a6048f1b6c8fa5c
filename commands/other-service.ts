import type { OtherEnd } from '#diagnostics/fact.ts';
import { whyUnread } from '#diagnostics/services.ts';
import { type Answer, CannotLook, type CommandContext, type Request, UsageError } from './command.ts';
import { find, locate, type Place } from './locate.ts';
import { awsOf, whereabouts } from './look-up.ts';
import type { TypedEnd } from './other-end.ts';

type ServiceEnd = Extract<OtherEnd, { kind: 'service' }>;
type TaskEnd = Extract<TypedEnd, { kind: 'task' }>;
type Choice = Extract<Answer, { kind: 'choice' }>;

/** Where the service is that connects; the other end is looked for in the same cluster. @throws UsageError */
async function placeOf(request: Request, context: CommandContext): Promise<Place> {
  const found = await locate(request, context);
  if (found.kind === 'place') return found.place;
  throw new UsageError(`“${request.service}” fits ${found.entries.length} services: name one of them.`);
}

/**
 * The service that the other end's name may stand for, as for any service: partial, or wrong by a letter.
 * @throws UsageError, CannotLook
 */
export async function otherNamed(
  { name, port }: ServiceEnd,
  request: Request,
  context: CommandContext,
): Promise<{ kind: 'found'; to: ServiceEnd; note?: string } | Choice> {
  const place = await placeOf(request, context);
  const { cluster } = place.target;
  const end = (service: string): ServiceEnd => ({
    kind: 'service',
    name: service,
    ...(port !== undefined && { port }),
  });
  // A family has no network of its own: only services are meant.
  const found = await find(name, { ...place, assumed: false }, cluster).catch((error: unknown) => {
    throw error instanceof UsageError ? ofBoth(error, request, place) : error;
  });
  if (found.kind === 'several') {
    const others = found.entries.filter(({ service }) => service !== place.target.service);
    const [only, ...more] = others;
    if (only && more.length === 0)
      return { kind: 'found', to: end(only.service), note: `Read “${name}” as ${only.service}.` };
    const question = `“${name}” fits ${others.length} services. Which one?`;
    const choices = others.slice(0, 10).map(({ service }) => ({
      label: service,
      request: { ...request, to: port === undefined ? service : `${service}:${port}` },
    }));
    return { kind: 'choice', question: [found.note, question].filter(Boolean).join(' '), choices };
  }
  const { service } = found.place.target;
  if (service === undefined)
    throw new UsageError(
      `“${name}” is a task family in ${whereabouts(place)}, and no service to connect to.`,
    );
  if (service === place.target.service)
    throw new UsageError(`connect asks about two services, and “${name}” fits ${service} alone.`);
  return { kind: 'found', to: end(service), ...(found.note !== undefined && { note: found.note }) };
}

/** What could be typed instead names both ends. */
function ofBoth({ message, suggestions }: UsageError, request: Request, { environment }: Place): UsageError {
  const names = suggestions.map((one) => one.split(' ')[1] ?? '');
  return new UsageError(
    message.replace('no service or task family', 'no service'),
    names.map((name) => `connect ${request.service} ${name} ${environment.name}`),
  );
}

/** The service that a task belongs to. @throws UsageError where it is gone, or was started by itself; CannotLook */
export async function ofTask(
  { task, port }: TaskEnd,
  request: Request,
  context: CommandContext,
): Promise<{ to: OtherEnd; note: string }> {
  const place = await placeOf(request, context);
  const { cluster } = place.target;
  const { tasks = [] } = await awsOf(place)
    .ecs.describeTasks({ cluster, tasks: [task] })
    .catch((error: unknown) => {
      throw new CannotLook(`Task ${task} could not be looked at: ${whyUnread(error)}`, { cause: error });
    });
  const [found] = tasks;
  if (!found)
    throw new UsageError(`Cluster ${cluster} knows no task ${task}; ECS forgets one an hour after its end.`);
  const [, name] = /^service:(.+)$/.exec(found.group ?? '') ?? [];
  if (name === undefined)
    throw new UsageError(`Task ${task} belongs to no service: name its address and port.`);
  return {
    to: { kind: 'service', name, ...(port !== undefined && { port }) },
    note: `Task ${task.slice(0, 8)} belongs to ${name}.`,
  };
}
