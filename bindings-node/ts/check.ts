// Checking an event log, for which no client is needed.

import type { CheckEventLogArguments } from './arguments.js';
import { run } from './call.js';
import { native } from './load.js';
import type { EventLogReport } from './native.js';
import { defined, openSource, uploadFacts } from './source.js';

/**
 * Reads an event log and says what it holds and what is wrong with it. Nothing is sent.
 *
 * The whole file is read as a stream, off JavaScript's thread, in memory that does not grow with it but for the cases
 * that are counted.
 *
 * @returns the columns with their types and roles, how many rows and cases there are, the events over time, and the
 * problems; `ok` where none of them is an error.
 * @throws {@link SourceError} where it can't be read, {@link UnsupportedFormatError} where it is of a format that
 * ProcessMind does not take, such as a ZIP archive.
 *
 * @example
 * const { ok, problems } = await checkEventLog({ filePath: 'orders.csv' });
 * for (const { row, column, message } of problems) console.log(row, column, message);
 */
export function checkEventLog(args: CheckEventLogArguments): Promise<EventLogReport> {
  return run({ signal: args?.signal }, async (running) => {
    const source = await openSource({ ...args }, running);
    const { fileName } = uploadFacts(args?.file);
    const own = { ...defined({ fileName }), ...defined({ ...args }) };
    return native.checkEventLog({ args: own, ticket: running.ticket, source });
  });
}
