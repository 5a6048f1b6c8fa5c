import { z } from 'zod';
import { LIMITS } from './limits.ts';
import { blockId, chars, integer, list } from './primitives.ts';
import { richTextBlock } from './rich-text.ts';
import { textLength } from './walk.ts';

const rawText = z.strictObject({ type: z.literal('raw_text'), text: chars(LIMITS.tableText) });
const rawNumber = z.strictObject({
  type: z.literal('raw_number'),
  value: z.number(),
  text: chars(LIMITS.tableText),
});
const cell = z.discriminatedUnion('type', [rawText, rawNumber, richTextBlock]);
const columnSetting = z.strictObject({
  align: z.enum(['left', 'center', 'right']).optional(),
  is_wrapped: z.boolean().optional(),
});

const withinText = (table: { rows: unknown }) => textLength(table.rows) <= LIMITS.tableText;
const tooMuchText = {
  path: ['rows'],
  error: `must be less than ${LIMITS.tableText + 1} characters over all cells`,
};

export const tableBlock = z
  .strictObject({
    type: z.literal('table'),
    ...blockId,
    rows: list(list(cell, LIMITS.tableColumns), LIMITS.tableRows),
    // null leaves a column at its default.
    column_settings: list(columnSetting.nullable(), LIMITS.tableColumns).optional(),
  })
  .refine(withinText, tooMuchText);

export const dataTableBlock = z
  .strictObject({
    type: z.literal('data_table'),
    ...blockId,
    caption: chars(LIMITS.text),
    rows: list(list(cell, LIMITS.tableColumns), LIMITS.dataTableRows, 2),
    page_size: integer(1, 100).optional(),
    row_header_column_index: integer(0, LIMITS.tableColumns - 1).optional(),
  })
  .refine((table) => table.rows.every((row) => row.length === table.rows[0]?.length), {
    path: ['rows'],
    error: 'all rows must have the same number of cells',
  })
  .refine((table) => table.rows[0]?.every((header) => header.type !== 'rich_text') ?? true, {
    path: ['rows', 0],
    error: 'header cells must not be rich_text',
  })
  .refine(withinText, tooMuchText);
