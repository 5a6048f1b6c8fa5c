import type { Operation } from './operation.ts';

export const fileSystemOperations: Record<string, Operation> = {};
