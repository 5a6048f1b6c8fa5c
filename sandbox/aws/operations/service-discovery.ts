import type { Operation } from './operation.ts';

export const discoveryOperations: Record<string, Operation> = {};
