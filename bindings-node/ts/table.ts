// Tables of JavaScript's own: rows as objects, handed to the native part some at a time, and Arrow's bytes.

import type { DataframeSource } from './arguments.js';
import { invalidArgument } from './failure.js';
import { native } from './load.js';
import type { Source, Ticket } from './native.js';
import { asBytes, readable } from './source.js';

/** How many rows cross to the native part at once. */
const ROWS = 1000;

/** The source of a table, written as CSV. */
export async function tableSource(
  { rows, arrow, columns = {} }: Partial<DataframeSource> & { columns?: Record<string, string> | undefined },
  ticket: Ticket,
): Promise<Source> {
  if ((rows === undefined) === (arrow === undefined)) {
    throw invalidArgument('One of `rows` and `arrow` has to be given.', 'Pass rows as objects, or Arrow IPC bytes.');
  }
  if (arrow !== undefined) {
    const bytes = asBytes(arrow);
    if (bytes === undefined) {
      throw invalidArgument('`arrow` has to be bytes.', 'Pass what `tableToIPC(table)` of apache-arrow gives.');
    }
    return native.arrowSource(bytes, columns);
  }
  const table = new native.Rows(columns);
  for await (const some of pieces(rows)) {
    await table.write(JSON.stringify(some, plain), ticket);
  }
  return table.finish();
}

async function* pieces(rows: unknown): AsyncGenerator<object[]> {
  let piece: object[] = [];
  for await (const row of readable(iterable(rows))) {
    piece.push(row as object);
    if (piece.length === ROWS) {
      yield piece;
      piece = [];
    }
  }
  if (piece.length > 0) {
    yield piece;
  }
}

function iterable(rows: unknown): AsyncIterable<unknown> | Iterable<unknown> {
  const given = Object(rows) as Partial<AsyncIterable<unknown> & Iterable<unknown>>;
  if (typeof rows === 'string' || !(given[Symbol.asyncIterator] ?? given[Symbol.iterator])) {
    throw invalidArgument('`rows` has to be a list or a stream of objects.', 'Pass [{ CaseId: 1, Activity: "a" }, …].');
  }
  return rows as AsyncIterable<unknown>;
}

/** What JSON has no form for, or would leave out without a word. A `bigint` keeps all its digits as text. */
function plain(this: Record<string, unknown>, column: string, value: unknown): unknown {
  const given = this[column];
  if (given instanceof Date && Number.isNaN(given.getTime())) {
    throw invalidArgument(
      `The column '${column}' holds an invalid date.`,
      'Mend the value, or make it null; nothing was sent.',
    );
  }
  if (given === Infinity || given === -Infinity) {
    return given > 0 ? 'inf' : '-inf';
  }
  return typeof value === 'bigint' ? value.toString() : (value ?? null);
}
