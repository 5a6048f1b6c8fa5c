import { changes } from './changes.ts';
import type { Command } from './command.ts';
import { connect } from './connect.ts';
import { deployment } from './deployment.ts';
import { events } from './events.ts';
import { exec } from './exec.ts';
import { health } from './health.ts';
import { iam } from './iam.ts';
import { image } from './image.ts';
import { insights } from './insights.ts';
import { logs } from './logs.ts';
import { network } from './network.ts';
import { perf } from './perf.ts';
import { startup } from './startup.ts';
import { status } from './status.ts';
import { timeline } from './timeline.ts';
import { whyPending } from './why-pending.ts';
import { whyStopped } from './why-stopped.ts';

/** The commands that look at one service, in the order of the help. */
export const diagnosing: readonly Command[] = [
  whyStopped,
  whyPending,
  status,
  deployment,
  events,
  health,
  iam,
  image,
  network,
  connect,
  exec,
  perf,
  changes,
  timeline,
  startup,
  logs,
  insights,
];
