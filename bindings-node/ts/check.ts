// Checking an event log, for which no client is needed.

import type { CheckEventLogArguments, DataframeSource } from './arguments.js';
import { type Running, run } from './call.js';
import { invalidArgument } from './failure.js';
import { native } from './load.js';
import type { EventLogReport, Source } from './native.js';
import { defined, openSource, uploadFacts } from './source.js';
import { tableSource } from './table.js';

/**
 * Reads an event log and says what it holds and what is wrong with it. Nothing is sent.
 *
 * The whole file is read as a stream, off JavaScript's thread, in memory that does not grow with it but for the cases
 * that are counted. `rows` and `arrow` are checked as the CSV that {@link Client.uploadDataframe} would send, by the
 * lines of that CSV: the headings are line 1, the first row is line 2.
 *
 * @returns the columns with their types and roles, how many rows and cases there are, the events over time, and the
 * problems; `ok` where none of them is an error.
 * @throws {@link SourceError} where it can't be read, {@link UnsupportedFormatError} where it is of a format that
 * ProcessMind does not take, such as a ZIP archive.
 * @throws {@link InvalidArgumentError} if the file does not have a column or sheet that is named, or two roles name the
 * same column; or if a column of a table has no place in CSV. {@link EmptyFileError} if a table has no rows.
 *
 * @example
 * const { ok, problems } = await checkEventLog({ filePath: 'orders.csv' });
 * for (const { row, column, message } of problems) console.log(row, column, message);
 */
export function checkEventLog(args: CheckEventLogArguments): Promise<EventLogReport> {
  return run({ signal: args?.signal }, async (running) => {
    const source = await checkedSource({ ...args }, running);
    const { fileName } = uploadFacts(args?.file);
    const own = { ...defined({ fileName }), ...defined({ ...args }) };
    return native.checkEventLog({ args: own, ticket: running.ticket, source });
  });
}

/** The source of a file, or of a table. */
function checkedSource(args: Partial<CheckEventLogArguments>, running: Running): Promise<Source> {
  const { file, filePath, rows, arrow } = args;
  if (rows === undefined && arrow === undefined) {
    return openSource({ file, filePath }, running);
  }
  if (file !== undefined || filePath !== undefined) {
    throw invalidArgument('Both a file and a table are given.', 'Pass one of `filePath`, `file`, `rows` and `arrow`.');
  }
  return tableSource({ rows, arrow } as DataframeSource, running.ticket);
}
