import { features } from '../deploy/features.ts';
import { allow, deny, policyOf } from '../deploy/policy.ts';
import { templatePage } from '../deploy/template.ts';
import { formatJson } from './json.ts';
import { causesPage } from './pages/causes.ts';
import { checksPage } from './pages/checks.ts';
import { commandsPage } from './pages/commands.ts';
import { permissionsPage } from './pages/permissions.ts';
import { reportSchemaPage } from './pages/report-schema.ts';

/** Every generated file by its path from the root, as it ought to read now. */
export function pages(): Map<string, string> {
  const granted = features();
  const everything = granted.flatMap(({ actions }) => actions);
  return new Map([
    ['docs/commands.md', commandsPage()],
    ['docs/causes.md', causesPage()],
    ['docs/checks.md', checksPage()],
    ['docs/permissions.md', permissionsPage()],
    ['docs/report.schema.json', reportSchemaPage()],
    ['deploy/role.yaml', templatePage()],
    ['deploy/policy.json', policy(everything)],
    ...granted.map(({ name, actions }): [string, string] => [
      `deploy/policies/${name}.json`,
      policy(actions),
    ]),
  ]);
}

/** Each policy holds by itself: whatever is granted, the rest is denied with it. */
function policy(actions: readonly string[]): string {
  const sorted = [...new Set(actions)].sort();
  return formatJson(policyOf([...allow(sorted), ...deny()]));
}
