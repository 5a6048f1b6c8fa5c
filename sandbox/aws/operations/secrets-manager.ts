import type { Operation } from './operation.ts';

export const secretOperations: Record<string, Operation> = {};
