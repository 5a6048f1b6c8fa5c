import type { Operation } from './operation.ts';

export const ecrOperations: Record<string, Operation> = {};
