// Many uploads at once: what of an item only JavaScript can do, and what became of all of them.

import type { UploadItemArguments } from './arguments.js';
import type { Running } from './call.js';
import type { ProcessMindError } from './errors.js';
import { errorFrom, errorOf, invalidArgument } from './failure.js';
import { native } from './load.js';
import type { Outcomes, SucceededUpload, UploadItem } from './native.js';
import { defined, sourceLater, uploadFacts } from './source.js';

/** What became of many uploads. Every item is in one of the two lists, which are in the items' order. */
export interface UploadFilesResult {
  /** Those that are stored. */
  succeeded: SucceededUpload[];
  /** Those that are not. */
  failed: FailedUpload[];
}

/** One of many uploads that failed. */
export interface FailedUpload {
  /** Its place among the items, from 0. */
  index: number;
  /** The name it would have been stored under; bytes may have none. */
  fileName?: string;
  /** Why it failed. */
  error: ProcessMindError;
}

/** Items that can be sent, with their places among all, and those that failed here, by their places. */
interface Taken {
  ready: UploadItem[];
  places: number[];
  failed: Map<number, FailedUpload>;
}

/** Takes the items, whose streams are read when their turn comes. One that can't be sent stops none of the others. */
export function takeItems(items: Iterable<UploadItemArguments>, tenantId: string | undefined, running: Running): Taken {
  if (typeof (items as Partial<typeof items> | null | undefined)?.[Symbol.iterator] !== 'function') {
    throw invalidArgument(
      '`items` has to be a list.',
      'Pass the arguments of each upload: [{ datatableId, filePath }].',
    );
  }
  const taken: Taken = { ready: [], places: [], failed: new Map() };
  for (const [index, item] of [...items].entries()) {
    const args = { tenantId, ...uploadFacts(item?.file), ...defined({ ...item }) };
    const fail = (error: unknown): void => {
      taken.failed.set(index, { index, ...defined({ fileName: args.fileName }), error: errorFrom(error) });
    };
    try {
      const source = sourceLater({ ...item }, running, fail);
      taken.ready.push(new native.UploadItem({ args, source }));
      taken.places.push(index);
    } catch (error) {
      fail(error);
    }
  }
  return taken;
}

/** What became of all items, by their places among them. */
export function gather({ places, failed }: Taken, outcomes: Outcomes): UploadFilesResult {
  const place = ({ index }: { index: number }): number => places[index] ?? index;
  const all = new Map(failed);
  for (const { failure, ...one } of outcomes.failed) {
    const index = place(one);
    // What failed here as well is known best here.
    all.set(index, failed.get(index) ?? { ...one, index, error: errorOf(failure) });
  }
  return {
    succeeded: outcomes.succeeded.map((one) => ({ ...one, index: place(one) })),
    failed: [...all.values()].sort((one, other) => one.index - other.index),
  };
}
