// Hands an upload's progress to its listener.

import type { Stop } from './call.js';
import { invalidArgument } from './failure.js';
import type { Progress, Ticket } from './native.js';

/** What wakes the listener: it tells all that was reported since, in order. What the listener throws stops the upload. */
export function reporter(
  listener: ((progress: Progress) => unknown) | undefined,
  ticket: Ticket,
  stop: Stop,
): (() => void) | undefined {
  if (listener === undefined) {
    return undefined;
  }
  if (typeof listener !== 'function') {
    throw invalidArgument('`onProgress` has to be a function.', 'Pass a function of one argument, or leave it out.');
  }
  let failed = false;
  const tell = async (progress: Progress): Promise<void> => {
    try {
      await listener(progress);
    } catch (error) {
      failed = true;
      stop(error);
    }
  };
  return () => {
    for (const progress of ticket.takeProgress()) {
      if (!failed) {
        void tell(progress);
      }
    }
  };
}
