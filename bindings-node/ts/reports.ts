// Hands what a call reports, its progress and its log, to who listens.

import { invalidArgument } from './failure.js';
import type { LogLine, Progress, Ticket } from './native.js';

/** Hears what the client does. What it throws is no harm to the call: it is shown as a warning of the process. */
export type LogListener = (line: LogLine) => void;

/** Who hears of a call. */
export interface Listeners {
  onProgress?: ((progress: Progress) => unknown) | undefined;
  onLog?: LogListener | undefined;
}

/**
 * What wakes the listeners: it tells all that was reported since, in order. What the listener to the progress
 * throws stops the call.
 */
export function reporter(
  { onProgress, onLog }: Listeners,
  ticket: () => Ticket,
  stop: (reason: unknown) => void,
): (() => void) | undefined {
  checkListener('onProgress', onProgress);
  if (onProgress === undefined && onLog === undefined) {
    return undefined;
  }
  let hasFailed = false;
  const tell = async (progress: Progress): Promise<void> => {
    try {
      await onProgress?.(progress);
    } catch (error) {
      hasFailed = true;
      stop(error);
    }
  };
  return () => {
    for (const line of ticket().takeLog()) {
      void log(onLog, line);
    }
    for (const progress of ticket().takeProgress()) {
      if (!hasFailed) {
        void tell(progress);
      }
    }
  };
}

/** Reports the errors of an event log that was checked and not refused, and what is likely wrong with a model. */
export function warned<T extends { warnings: string[] }>(result: T): T {
  for (const warning of result.warnings) {
    process.emitWarning(warning, 'EventLogWarning');
  }
  return result;
}

/** Refuses a listener that can't be called. */
export function checkListener(name: string, listener: unknown): void {
  if (listener !== undefined && typeof listener !== 'function') {
    throw invalidArgument(`\`${name}\` has to be a function.`, 'Pass a function of one argument, or leave it out.');
  }
}

async function log(listener: LogListener | undefined, line: LogLine): Promise<void> {
  try {
    await listener?.(line);
  } catch (error) {
    process.emitWarning(`\`onLog\` failed: ${error instanceof Error ? error.message : error}`, 'ProcessMindWarning');
  }
}
