// How every call runs: it can be aborted, and fails with an error of the right class.

import { errorFrom, invalidArgument } from './failure.js';
import { native } from './load.js';
import type { Ticket } from './native.js';

/** Ends a call; its promise is rejected with the reason, as it is. */
export type Stop = (reason: unknown) => void;

/** Runs a call that `signal` may abort: it rejects at once with the signal's reason. */
export async function run<T>(
  signal: AbortSignal | undefined,
  call: (ticket: Ticket, stop: Stop) => Promise<T>,
): Promise<T> {
  check(signal);
  signal?.throwIfAborted();
  const ticket = new native.Ticket();
  let stopped = false;
  let stop: Stop = () => {};
  const abortion = new Promise<never>((_, reject) => {
    stop = (reason) => {
      stopped = true;
      ticket.abort();
      reject(reason);
    };
  });
  const onAbort = (): void => stop(signal?.reason);
  // Not the native part's own `AbortSignal`: that one takes `signal.onabort` away from its owner.
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([call(ticket, stop), abortion]);
  } catch (error) {
    throw stopped ? error : errorFrom(error);
  } finally {
    signal?.removeEventListener('abort', onAbort);
  }
}

/** Runs a call whose answer is JSON. */
export async function json<T>(
  args: { signal?: AbortSignal | undefined } | undefined,
  call: (ticket: Ticket) => Promise<string>,
): Promise<T> {
  return run(args?.signal, async (ticket) => JSON.parse(await call(ticket)) as T);
}

function check(signal: unknown): void {
  const known = signal === undefined || typeof (signal as AbortSignal | null)?.throwIfAborted === 'function';
  if (!known) {
    throw invalidArgument('`signal` has to be an AbortSignal.', "Pass an AbortController's `signal`.");
  }
}
