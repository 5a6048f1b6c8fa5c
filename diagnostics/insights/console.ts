import { consoleIn } from '../console-hosts.ts';

interface Asked {
  region: string;
  groups: readonly string[];
  text: string;
  from: Date;
  to: Date;
}

/** Slack takes no longer address in a button. */
const longest = 3_000;

/**
 * The query in the console's own page, ready to be run. The console writes its state in the address in a notation of
 * its own: `~(key~'text)`, where what is not a letter or figure is `*` and its code, and `$` stands for `%`.
 * Undefined where no console is known, or the address would be too long.
 */
export function insightsConsole({ region, groups, text, from, to }: Asked): string | undefined {
  const base = consoleIn(region);
  if (base === undefined) return undefined;
  const detail = [
    `end~'${coded(to.toISOString())}`,
    `start~'${coded(from.toISOString())}`,
    "timeType~'ABSOLUTE",
    "tz~'UTC",
    `editorString~'${coded(text)}`,
    `source~(${groups.map((group) => `~'${coded(group)}`).join('')})`,
  ].join('~');
  const state = `~(${detail})`
    .replaceAll('~', '$257E')
    .replaceAll('(', '$2528')
    .replaceAll(')', '$2529')
    .replaceAll("'", '$2527');
  const address = `${base}/cloudwatch/home?region=${region}#logsV2:logs-insights$3FqueryDetail$3D${state}`;
  return address.length <= longest ? address : undefined;
}

function coded(text: string): string {
  return text.replace(/[^A-Za-z0-9_.-]/g, (character) => {
    const code = character.charCodeAt(0);
    return code > 255 ? `**${code.toString(16).padStart(4, '0')}` : `*${code.toString(16).padStart(2, '0')}`;
  });
}
