// What the native part rejects with, as an error of the right class.

import * as errors from './errors.js';
import type { Failure } from './native.js';

/** The error that a caller gets for whatever a call failed with. */
export function errorFrom(thrown: unknown): errors.ProcessMindError {
  if (thrown instanceof errors.ProcessMindError) {
    return thrown;
  }
  const failure = failureOf(thrown);
  if (failure === undefined) {
    const message = `The SDK failed inside: ${thrown instanceof Error ? thrown.message : String(thrown)}`;
    const hint = 'This is a fault of the SDK: please report it with this text.';
    return new errors.InternalError({ message: `${message}\n${hint}`, hint, cause: thrown });
  }
  return errorOf(failure);
}

/** The error that the native part knows all of. */
export function errorOf({ class: name, code: _, causes, ...details }: Failure): errors.ProcessMindError {
  const Class = errors[name as keyof typeof errors] ?? errors.ProcessMindError;
  return new Class({ ...details, cause: chain(causes) });
}

/** An argument of a shape that only JavaScript can have. */
export function invalidArgument(message: string, hint: string): Error {
  const whole = `${hint} Nothing was sent.`;
  return new errors.InvalidArgumentError({ message: `${message}\n${whole}`, hint: whole });
}

/** A source of JavaScript's own that failed while it was read. */
export function unreadable(cause: unknown): Error {
  const hint = 'Nothing was stored: look at what provides the data.';
  const message = `The source failed while it was read: ${cause instanceof Error ? cause.message : String(cause)}`;
  return new errors.SourceError({ message: `${message}\n${hint}`, hint, cause });
}

function failureOf(thrown: unknown): Failure | undefined {
  return thrown instanceof Error ? (thrown as { failure?: Failure }).failure : undefined;
}

/** The texts of the causes, nearest first, as errors. They have no place in JavaScript, so no stack either. */
function chain(causes: string[]): Error | undefined {
  return causes.reduceRight<Error | undefined>((cause, message) => {
    const error = new Error(message, cause && { cause });
    error.stack = `Error: ${message}`;
    return error;
  }, undefined);
}
