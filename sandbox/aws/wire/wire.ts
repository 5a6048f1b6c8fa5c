import type { DescribeServices$ } from '@aws-sdk/client-ecs';
import { NormalizedSchema } from '@smithy/core/schema';
import type { AwsError, ErrorDialect } from '../errors.ts';
import { wireName } from '../errors.ts';

/** An operation as the SDK's clients describe it: name, input and output shapes. */
export type OperationSchema = typeof DescribeServices$;

export interface WireAnswer {
  status: number;
  headers: Record<string, string>;
  body: Uint8Array | string;
}

/** One way to put inputs, answers and errors on the wire. */
export interface Wire {
  read(schema: OperationSchema, body: Uint8Array): unknown;
  write(schema: OperationSchema, output: unknown, requestId: string): WireAnswer;
  writeError(error: WireError, requestId: string): WireAnswer;
}

/** An error with the name, status and fault that its protocol gives it. */
export interface WireError {
  code: string;
  status: number;
  message: string;
  /** Whether the access checks in front of the service wrote it rather than the service. */
  common: boolean;
}

// The SDK's schemas are tuples: [kind, namespace, name, traits, input, output] for an operation.
export function inputOf(schema: OperationSchema): NormalizedSchema {
  return NormalizedSchema.of(schema[4]);
}

export function outputOf(schema: OperationSchema): NormalizedSchema {
  return NormalizedSchema.of(schema[5]);
}

export function nameOf(schema: OperationSchema): string {
  return schema[2];
}

/** Finds the name and status of an error: those common to all services by dialect, its own by the client's schema. */
export function toWireError(
  error: AwsError,
  dialect: ErrorDialect,
  schemas: Record<string, unknown>,
): WireError {
  if (error.common) {
    return { ...wireName(error.common, dialect), message: error.message, common: true };
  }
  const traits = errorTraits(schemas[`${error.code}$`]);
  const [queryCode, queryStatus] = traits.awsQueryError ?? [];
  const status = traits.httpError ?? queryStatus ?? (traits.error === 'server' ? 500 : 400);
  const isJson = dialect === 'json' || dialect === 'rest';
  const code = isJson ? error.code : (queryCode ?? error.code);
  return { code, status, message: error.message, common: false };
}

interface ErrorTraits {
  error?: string;
  httpError?: number;
  awsQueryError?: [string, number];
}

function errorTraits(schema: unknown): ErrorTraits {
  if (!Array.isArray(schema)) return {};
  return NormalizedSchema.of(schema as unknown as OperationSchema[4]).getMergedTraits() as ErrorTraits;
}
