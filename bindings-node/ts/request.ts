// A request of the caller's own, as the native part takes it.

import type { RequestArguments } from './arguments.js';
import { invalidArgument } from './failure.js';

/** The request with its query as pairs of texts and its body as JSON text. */
export function rawRequest(args: RequestArguments): object {
  return { ...args, query: pairs(args?.query), body: text(args?.body) };
}

function pairs(query: unknown): [string, string][] | undefined {
  if (query === undefined || query instanceof URLSearchParams) {
    return query && [...query];
  }
  // What has entries of another kind, such as a `Map`, would pass for empty.
  if (typeof query !== 'object' || query === null || Symbol.iterator in query) {
    throw invalidArgument('`query` has to be an object or URLSearchParams.', 'Pass it as { name: value }.');
  }
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  return given.map(([name, value]) => [name, plain(name, value)]);
}

function plain(name: string, value: unknown): string {
  if (!['string', 'number', 'boolean'].includes(typeof value)) {
    const hint = 'Pass a string, a number, true or false; to repeat a name, pass URLSearchParams.';
    throw invalidArgument(`\`query\` has '${name}', which can't be sent as it is.`, hint);
  }
  return String(value);
}

function text(body: unknown): string | undefined {
  if (body === undefined) {
    return undefined;
  }
  let json: string | undefined;
  try {
    json = JSON.stringify(body);
  } catch (error) {
    const [reason] = String(error instanceof Error ? error.message : error).split('\n', 1);
    throw invalidArgument(`\`body\` can't be made JSON: ${reason}`, 'Pass what JSON.stringify takes.');
  }
  if (json === undefined) {
    throw invalidArgument(
      `\`body\` can't be made JSON; its type is ${typeof body}.`,
      'Pass what JSON.stringify takes.',
    );
  }
  return json;
}
