import { causesPage } from './pages/causes.ts';
import { checksPage } from './pages/checks.ts';
import { commandsPage } from './pages/commands.ts';
import { permissionsPage, policyPage } from './pages/permissions.ts';
import { reportSchemaPage } from './pages/report-schema.ts';

/** Every generated file of `docs/` by its name, as it ought to read now. */
export function pages(): Map<string, string> {
  return new Map([
    ['commands.md', commandsPage()],
    ['causes.md', causesPage()],
    ['checks.md', checksPage()],
    ['permissions.md', permissionsPage()],
    ['policy.json', policyPage()],
    ['report.schema.json', reportSchemaPage()],
  ]);
}
