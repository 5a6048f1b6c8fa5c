import type { ContainerDefinition, HealthCheck, Task, TaskDefinition } from '@aws-sdk/client-ecs';
import type { ContainerHealth } from '../health-details.ts';

/** What ECS sets where a check leaves it out, seconds. Source: ECS API, HealthCheck. */
const usual = { interval: 30, retries: 3, startPeriod: 0 };

/** From the start of the container until ECS calls it unhealthy, if the check never passes. Seconds. */
export function timeToUnhealthy(check: HealthCheck): number {
  const { interval = usual.interval, retries = usual.retries, startPeriod = usual.startPeriod } = check;
  return startPeriod + retries * interval;
}

/** The container checks of the running tasks' own revisions. A HEALTHCHECK of the image is ignored by ECS. */
export function containerChecks(
  running: readonly Task[],
  definitions: Readonly<Record<string, TaskDefinition>>,
): ContainerHealth[] {
  const found = new Map<string, ContainerHealth>();
  for (const task of running) {
    const definition = definitions[task.taskDefinitionArn ?? ''];
    for (const container of definition?.containerDefinitions ?? []) {
      const { name = '', healthCheck } = container;
      if (!isChecked(healthCheck)) continue;
      const status = task.containers?.find((one) => one.name === name)?.healthStatus;
      const command = commandWords(healthCheck);
      const key = `${name} ${command}`;
      const known = found.get(key) ?? {
        container: name,
        command,
        healthy: 0,
        unhealthy: 0,
        total: 0,
        seconds: timeToUnhealthy(healthCheck),
        hints: hintsFor(container, healthCheck),
      };
      found.set(key, {
        ...known,
        healthy: known.healthy + Number(status === 'HEALTHY'),
        unhealthy: known.unhealthy + Number(status === 'UNHEALTHY'),
        total: known.total + 1,
      });
    }
  }
  return [...found.values()];
}

/** `["NONE"]` switches a check off. */
function isChecked(check: HealthCheck | undefined): check is HealthCheck {
  return (check?.command ?? []).length > 0 && check?.command?.[0] !== 'NONE';
}

function commandWords({ command = [] }: HealthCheck): string {
  const [first = '', ...rest] = command;
  return first === 'CMD-SHELL' || first === 'CMD' ? rest.join(' ') : command.join(' ');
}

/** Images whose usual builds hold neither curl nor wget; what this one holds only its content says. */
const slimImage = /(?:\bslim\b|distroless|\bscratch\b|chiseled|minimal|chainguard|wolfi)/i;
const alpineImage = /alpine/i;

/** What the command itself makes doubtful. Hints only: ECS keeps no output of the command, and the API does not give one. */
export function hintsFor(
  { image = '' }: ContainerDefinition,
  { command = [], ...check }: HealthCheck,
): string[] {
  const [form = '', ...rest] = command;
  const line = rest.join(' ');
  const tool = /(?:^|[\s;&|/])(?<tool>curl|wget)\b/.exec(line)?.groups?.tool;
  const interval = check.interval ?? usual.interval;
  const hints = [
    tool !== undefined && slimImage.test(image)
      ? `${tool} is in few images of this kind: see that ${lastPart(image)} holds it`
      : '',
    tool === 'curl' && alpineImage.test(image) ? 'Alpine images hold no curl unless somebody adds it' : '',
    form === 'CMD' && rest.length === 1 && /\s/.test(rest[0] ?? '')
      ? 'CMD takes the whole text for the name of one program; CMD-SHELL runs a line'
      : '',
    form === 'CMD' && rest.length > 1 && rest.some((word) => /^(?:\|\||&&|;|\|)$|^\$\w/.test(word))
      ? 'CMD runs no shell: ||, && and variables are handed to the program as words'
      : '',
    form !== 'CMD' && form !== 'CMD-SHELL' && rest.length > 0
      ? 'without CMD or CMD-SHELL in front the first word is taken for the form'
      : '',
    /\blocalhost\b/.test(line)
      ? 'localhost may resolve to ::1, where a process that listens on 0.0.0.0 does not answer: 127.0.0.1 is sure'
      : '',
    /\bexit\s+(?!0\b|1\b)\d+/.test(line) ? 'exit codes other than 0 and 1 are reserved' : '',
    (check.timeout ?? 5) > interval ? 'its timeout is longer than its interval' : '',
  ];
  return hints.filter((hint) => hint !== '');
}

function lastPart(image: string): string {
  return image.split('/').at(-1)?.split('@')[0] ?? image;
}
