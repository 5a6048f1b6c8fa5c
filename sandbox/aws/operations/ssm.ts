import type { Operation } from './operation.ts';

export const parameterOperations: Record<string, Operation> = {};
