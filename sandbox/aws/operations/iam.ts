import type { Operation } from './operation.ts';

export const iamOperations: Record<string, Operation> = {};
