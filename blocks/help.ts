import { context, section } from './elements.ts';
import { code, mrkdwn } from './escape.ts';
import { own } from './limits.ts';
import type { Message } from './message.ts';

/** What the help says of one command. */
export interface HelpTopic {
  name: string;
  summary: string;
  /** `SERVICE ENVIRONMENT`, `TEXT`, or nothing. */
  usage: string;
  /** Names without dashes. */
  options?: readonly string[];
  examples?: readonly string[];
}

export interface HelpContext {
  /** The slash command, `/ecs`. */
  slash?: string;
  /** The bot's name as it is mentioned. */
  bot?: string;
  /** Names of environments that the asker may look at. */
  environments?: readonly string[];
}

/** All commands, or all about one where only one is given. Fit for an ephemeral answer. */
export function helpMessage(topics: readonly HelpTopic[], given: HelpContext = {}): Message {
  const slash = given.slash ?? '/ecs';
  const [only] = topics;
  return topics.length === 1 && only !== undefined
    ? topicMessage(only, slash)
    : overview(topics, slash, given);
}

function overview(topics: readonly HelpTopic[], slash: string, given: HelpContext): Message {
  const lines = topics.map(
    (topic) => `${code(typed(topic, slash), own.headline)}  ${mrkdwn(topic.summary, own.checkText)}`,
  );
  const bot = given.bot === undefined ? 'the bot' : `@${mrkdwn(given.bot, own.name)}`;
  const environments = (given.environments ?? [])
    .slice(0, own.doctorRows)
    .map((name) => code(name, own.name));
  const notes = [
    `In a thread of an answer, mention ${bot} with a command alone: \`logs --since 1h\`. The target is known there.`,
    `A task id, an ARN or an ECS console address works wherever a service name does. More on one: ${code(`${slash} help logs`)}`,
    environments.length === 0 ? '' : `Environments for you here: ${environments.join(' ')}`,
  ];
  return {
    text: `${mrkdwn(slash)} says why an ECS service is in trouble. It only reads.`,
    blocks: [
      section(`*${mrkdwn(slash)}* says why an ECS service is in trouble. It only reads.`),
      ...chunks(lines).map(section),
      ...context(notes.filter((note) => note !== '').join('\n')),
    ],
  };
}

function topicMessage(topic: HelpTopic, slash: string): Message {
  const examples = (topic.examples ?? [])
    .slice(0, own.suggestions)
    .map((example) => code(withSlash(example, slash), own.evidence));
  const options = (topic.options ?? []).map((option) => code(`--${option}`, own.name));
  return {
    text: `${mrkdwn(typed(topic, slash), own.headline)}: ${mrkdwn(topic.summary, own.evidence)}`,
    blocks: [
      section(`${code(typed(topic, slash), own.headline)}\n${mrkdwn(topic.summary, own.evidence)}`),
      ...(examples.length === 0 ? [] : [section(`*For example*\n${examples.join('\n')}`)]),
      ...context(options.length === 0 ? '' : `Options: ${options.join(' ')}`),
    ],
  };
}

function typed({ name, usage }: HelpTopic, slash: string): string {
  return [slash, name, usage].filter((word) => word !== '').join(' ');
}

function withSlash(example: string, slash: string): string {
  return example.startsWith(slash) ? example : `${slash} ${example}`;
}

/** Lines in texts that a section can hold, never cut within a line. */
function chunks(lines: readonly string[]): string[] {
  const texts: string[] = [];
  for (const line of lines) {
    const last = texts.at(-1);
    if (last === undefined || last.length + line.length > 2_500) texts.push(line);
    else texts[texts.length - 1] = `${last}\n${line}`;
  }
  return texts;
}
