import { defineCheck, type Outcome } from '../check.ts';
import { readOf } from '../fact.ts';
import { service } from '../facts/service.ts';
import { checkSettings } from '../facts/startup/check-settings.ts';
import { pullSizes } from '../facts/startup/pull-sizes.ts';
import { slowStarts } from '../facts/startup/slow-starts.ts';
import { deployedTaskDefinitions } from '../facts/task-definitions.ts';
import { tasks } from '../facts/tasks.ts';
import { slowerThan } from '../startup/compare.ts';
import { startWords } from '../startup/phases.ts';
import { seconds } from '../startup-words.ts';
import { revisionOf } from '../words.ts';
import { nowOf } from './service-state.ts';
import { startupAnswer, startupChart, startupDetails } from './startup/details.ts';
import { slowStartFinding } from './startup/finding.ts';
import { type StartPicture, slowPhase, startPictureOf } from './startup/picture.ts';

/** How long tasks take to start, phase by phase against the service's own history, and what the longest phase is made of. */
export const startup = defineCheck({
  id: 'startup',
  question: 'how long its tasks take to start, and why',
  needs: { service, tasks },
  wants: { deployedTaskDefinitions, checkSettings, slowStarts, pullSizes },
  judge(facts, context): Outcome {
    if (!facts.service) return { findings: [], answer: notOfService };
    const groups = readOf(facts.checkSettings);
    const sizes = readOf(facts.pullSizes);
    const picture = startPictureOf(
      {
        service: facts.service,
        tasks: [...facts.tasks.running, ...facts.tasks.stopped],
        definitions: readOf(facts.deployedTaskDefinitions),
        groups,
        slow: readOf(facts.slowStarts),
        sizes,
        unread:
          facts.deployedTaskDefinitions?.ok === false ||
          facts.slowStarts?.ok === false ||
          (groups === undefined && (facts.service.loadBalancers ?? []).length > 0),
      },
      context,
    );
    const details = { now: nowOf(facts.service, facts.tasks.running) };
    if (!picture) return { findings: [], details, answer: nothingStarted };
    const live = revisionOf(facts.service.taskDefinition);
    if (picture.starts.newest.revision !== live)
      return { findings: [], details, answer: notLive(live, picture.starts.newest.revision) };
    return {
      findings: slowStartFinding(picture),
      details: {
        ...details,
        startup: startupDetails(picture),
        charts: startupChart(picture),
        notes: notesOf(picture),
      },
      answer: startupAnswer(picture),
      notChecked: sizes?.notChecked ?? [],
    };
  },
});

const notOfService = {
  state: 'unknown',
  headline: 'only the starts of a service are compared; why-pending reads a task',
} as const;

const nothingStarted = {
  state: 'unknown',
  headline: 'no task of it has a start to measure: ECS remembers stopped ones for an hour',
} as const;

/** Seconds of a revision that is to be replaced say nothing of the one that does not come up. */
function notLive(live: string, started: string): Outcome['answer'] {
  return {
    state: 'unknown',
    headline: `no task of ${live} has started, only ${started} has; why-stopped and why-pending say why`,
  };
}

/** What has become slower beside the phase that takes most, and what the numbers are made of. */
function notesOf(picture: StartPicture): string[] {
  const { starts } = picture;
  const told = slowPhase(picture);
  const grown = slowerThan(starts)
    .filter(({ phase }) => phase !== told)
    .map(
      ({ phase, now, before }) =>
        `${startWords[phase]} takes ${seconds(now)} now and took ${seconds(before)} with ${starts.beforeName}.`,
    );
  const few =
    starts.newest.tasks.length < 3 ? ['Fewer than three starts: one slow one moves the median.'] : [];
  return [...grown, ...few];
}
