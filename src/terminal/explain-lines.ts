import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { z } from 'zod';
import { causeOf } from '#diagnostics/causes/index.ts';
import { explain } from '#diagnostics/explain.ts';
import { observationSchema } from '#diagnostics/observation.ts';

const idSchema = z.object({ id: z.union([z.string(), z.number()]).nullish() });
const lineSchema = observationSchema.extend(idSchema.shape);

/**
 * `explain --jsonl`: one JSON object a line in, one a line out, in order.
 * @returns how many lines could not be read; each is answered by a line with `error`
 */
export async function explainLines(input: Readable, output: Writable): Promise<number> {
  let bad = 0;
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() === '') continue;
    const answer = explainLine(line);
    if ('error' in answer) bad += 1;
    if (!output.write(`${JSON.stringify(answer)}\n`))
      await new Promise((resolve) => output.once('drain', resolve));
  }
  return bad;
}

function explainLine(line: string): object {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { error: 'This line is not JSON. Expected is {"id", "where", "text", "context"}.' };
  }
  const parsed = lineSchema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return {
      id: idSchema.safeParse(value).data?.id ?? undefined,
      error: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not of the expected form'}`,
    };
  }
  const [best] = explain(parsed.data);
  const cause = best && causeOf(best.cause);
  return {
    id: parsed.data.id ?? undefined,
    cause: best?.cause,
    severity: best?.severity,
    status: best?.status,
    title: cause?.title ?? 'not known here',
    fix: cause?.fix(best?.names ?? {}).summary ?? 'Keep the text; nothing is known of it here.',
  };
}
