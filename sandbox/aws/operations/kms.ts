import type { Operation } from './operation.ts';

export const kmsOperations: Record<string, Operation> = {};
