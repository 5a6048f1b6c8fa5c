import type { Incident } from '../incident.ts';
import { abbeyNamespaceElsewhere } from './abbey-namespace-elsewhere.ts';
import { boothNotAdmitted } from './booth-not-admitted.ts';
import { bosunRuleBeside } from './bosun-rule-beside.ts';
import { bursarEgressHardened } from './bursar-egress-hardened.ts';
import { candleNoTasks } from './candle-no-tasks.ts';
import { chorusDeployedBefore } from './chorus-deployed-before.ts';
import { meadowStaleNames } from './meadow-stale-names.ts';
import { novelPublicAnyone } from './novel-public-anyone.ts';
import { pontoonPartOfSubnet } from './pontoon-part-of-subnet.ts';
import { pressOtherNamespace } from './press-other-namespace.ts';
import { riderAdmitted } from './rider-admitted.ts';
import { scoutPortRange } from './scout-port-range.ts';
import { scribeRuleShadowed } from './scribe-rule-shadowed.ts';
import { teapotPublicName } from './teapot-public-name.ts';
import { usherNamespaceShared } from './usher-namespace-shared.ts';

/** One service that does not reach another, and some that do. */
export const connections: readonly Incident[] = [
  bursarEgressHardened,
  chorusDeployedBefore,
  riderAdmitted,
  pontoonPartOfSubnet,
  boothNotAdmitted,
  candleNoTasks,
  novelPublicAnyone,
  meadowStaleNames,
  pressOtherNamespace,
  scoutPortRange,
  teapotPublicName,
  scribeRuleShadowed,
  bosunRuleBeside,
  abbeyNamespaceElsewhere,
  usherNamespaceShared,
];
