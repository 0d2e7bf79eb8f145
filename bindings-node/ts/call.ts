// How every call runs: it can be aborted, is heard of, and fails with an error of the right class.

import { errorFrom, invalidArgument } from './failure.js';
import { native } from './load.js';
import type { Ticket } from './native.js';
import { type Listeners, reporter } from './reports.js';

/** Who has a say in a call, and who hears of it. */
export interface Attended extends Listeners {
  /** Aborts the call. */
  signal?: AbortSignal | undefined;
}

/** A call on its way. */
export interface Running {
  ticket: Ticket;
  /** Closes what would otherwise go on, where the call is ended early. */
  onStop(close: () => void): void;
}

/** Runs a call that its signal may abort: it rejects at once with the signal's reason. */
export async function run<T>(attended: Attended, call: (running: Running) => Promise<T>): Promise<T> {
  const { signal } = attended;
  check(signal);
  signal?.throwIfAborted();
  const closing: (() => void)[] = [];
  let isStopped = false;
  let stop: (reason: unknown) => void = () => {};
  const stopped = new Promise<never>((_, reject) => {
    stop = (reason) => {
      isStopped = true;
      ticket.abort();
      reject(reason);
      for (const close of closing) {
        close();
      }
    };
  });
  const wake = reporter(attended, () => ticket, stop);
  const ticket = new native.Ticket(wake, attended.onLog !== undefined);
  const onAbort = (): void => stop(signal?.reason);
  // Not the native part's own `AbortSignal`: that one takes `signal.onabort` away from its owner.
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    const running = call({ ticket, onStop: (close) => closing.push(close) });
    // What was reported last is told before the promise is settled.
    return await Promise.race([running.finally(() => isStopped || wake?.()), stopped]);
  } catch (error) {
    throw isStopped ? error : errorFrom(error);
  } finally {
    signal?.removeEventListener('abort', onAbort);
    ticket.end();
  }
}

function check(signal: unknown): void {
  const known = signal === undefined || typeof (signal as AbortSignal | null)?.throwIfAborted === 'function';
  if (!known) {
    throw invalidArgument('`signal` has to be an AbortSignal.', "Pass an AbortController's `signal`.");
  }
}
