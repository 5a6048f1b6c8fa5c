import { z } from 'zod';
import { reportSchema } from '#diagnostics/report.ts';
import { formatJson } from '../json.ts';

/** docs/report.schema.json: what `--json` prints. */
export function reportSchemaPage(): string {
  return formatJson({
    title: 'ECS Sleuth report',
    description: 'What one investigation found; printed by every diagnosing command with --json.',
    ...z.toJSONSchema(reportSchema, { io: 'output' }),
  });
}
