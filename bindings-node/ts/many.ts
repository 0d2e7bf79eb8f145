// Many uploads at once: what of an item only JavaScript can do, and what became of all of them.

import type { UploadItemArguments } from './arguments.js';
import type { Running } from './call.js';
import type { ProcessMindError } from './errors.js';
import { errorFrom, errorOf, invalidArgument } from './failure.js';
import { native } from './load.js';
import type { Outcomes, SucceededUpload, UploadItem } from './native.js';
import { defined, openSource, uploadFacts } from './source.js';

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

/** Items that can be sent, with their places among all, and those that can't. */
interface Opened {
  ready: UploadItem[];
  places: number[];
  failed: FailedUpload[];
}

/** Opens the items' files one after another. One that can't be sent stops none of the others. */
export async function openItems(
  items: Iterable<UploadItemArguments>,
  tenantId: string | undefined,
  running: Running,
): Promise<Opened> {
  if (typeof (items as Partial<typeof items> | null | undefined)?.[Symbol.iterator] !== 'function') {
    throw invalidArgument(
      '`items` has to be a list.',
      'Pass the arguments of each upload: [{ datatableId, filePath }].',
    );
  }
  const opened: Opened = { ready: [], places: [], failed: [] };
  for (const [index, item] of [...items].entries()) {
    try {
      const source = await openSource({ ...item }, running);
      const args = { tenantId, ...uploadFacts(item?.file), ...defined({ ...item }) };
      opened.ready.push(new native.UploadItem({ args, source }));
      opened.places.push(index);
    } catch (error) {
      const { fileName } = { ...uploadFacts(item?.file), ...defined({ ...item }) };
      opened.failed.push({ index, ...defined({ fileName }), error: errorFrom(error) });
    }
  }
  return opened;
}

/** What became of all items, by their places among them. */
export function gather({ places, failed }: Opened, outcomes: Outcomes): UploadFilesResult {
  const place = ({ index }: { index: number }): number => places[index] ?? index;
  const later = outcomes.failed.map(({ failure, ...one }) => ({ ...one, index: place(one), error: errorOf(failure) }));
  return {
    succeeded: outcomes.succeeded.map((one) => ({ ...one, index: place(one) })),
    failed: [...failed, ...later].sort((one, other) => one.index - other.index),
  };
}
