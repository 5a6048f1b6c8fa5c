import type { Network, NetworkPath } from './network-details.ts';
import { cut, listed } from './words.ts';

/** A line for each subnet, those that say alike together: the same in Slack and in a terminal. */
export function networkLines({ subnets, paths }: Network): { label: string; text: string }[] {
  const told = subnets.flatMap((subnet) => {
    const own = paths.filter((path) => path.subnet === subnet.subnet);
    return own.length === 0 ? [] : [{ subnet, text: textOf(own) }];
  });
  const alike = Map.groupBy(told, ({ text }) => text);
  return [...alike].flatMap(([text, same]) => {
    const names = same.map(({ subnet }) => subnetInWords(subnet));
    return text.split('\n').map((line, index) => ({
      label: 'Subnets',
      text: index === 0 ? `${listed(names)}: ${line}` : line,
    }));
  });
}

/** `subnet-0a (us-east-1a, private-a)`. */
export function subnetInWords({ subnet, zone, name }: Network['subnets'][number]): string {
  const parts = [zone, name].filter((part) => part !== undefined);
  return parts.length === 0 ? subnet : `${subnet} (${parts.join(', ')})`;
}

const longest = 260;

/** Broken ways first, since they are what is asked for; ways that go through one thing come together. */
function textOf(paths: readonly NetworkPath[]): string {
  const of = (state: NetworkPath['state']) => paths.filter((path) => path.state === state);
  const broken = [...Map.groupBy(of('broken'), ({ says = '' }) => says)];
  const open = [...Map.groupBy(of('open'), ({ says = '' }) => says)];
  const via = [...Map.groupBy(of('reachable'), ({ via: through = '' }) => through)];
  return [
    ...broken.map(([says, same]) => cut(`no way to ${namesOf(same)} · ${says}`, longest)),
    ...open.map(([says, same]) => cut(`open for ${namesOf(same)} · ${says}`, longest)),
    ...(via.length === 0
      ? []
      : [
          cut(
            `reaches ${via.map(([through, same]) => `${namesOf(same)} through ${through}`).join('; ')}`,
            longest,
          ),
        ]),
  ].join('\n');
}

function namesOf(paths: readonly NetworkPath[]): string {
  return listed([...new Set(paths.map(({ to }) => to))]);
}
