// Where an upload's bytes come from: what JavaScript has for that, handed to the native part piece by piece.

import { isAnyArrayBuffer, isUint8Array } from 'node:util/types';
import { invalidArgument, unreadable } from './failure.js';
import { native } from './load.js';
import type { PresignedUrlOptions, Source, Ticket, UploadOptions } from './native.js';

/** Bytes in JavaScript: a `File` or `Blob`, a `Buffer` or `Uint8Array`, an `ArrayBuffer`, or a stream of bytes. */
export type FileInput = Blob | Uint8Array | ArrayBuffer | AsyncIterable<Uint8Array>;

interface FileArguments {
  file?: unknown;
  filePath?: unknown;
}

/** How much of a `Blob` is in memory at a time. */
const PIECE = 1024 * 1024;

/** The source that an upload reads; a path's bytes never pass through here. */
export async function openSource(args: FileArguments, ticket: Ticket): Promise<Source> {
  const { file } = args;
  const known = knownSource(args);
  if (known !== undefined) {
    return known;
  }
  if (isBlob(file)) {
    return spool(pieces(file), ticket);
  }
  if (isAsyncIterable(file)) {
    return spool(file, ticket);
  }
  throw unusable(file);
}

/** The source that a presigned URL is asked for with: only its size and date are wanted. */
export function describedSource(args: FileArguments): Source | undefined {
  const known = knownSource(args);
  if (known === undefined && isAsyncIterable(args.file) && !isBlob(args.file)) {
    throw invalidArgument("A stream's size is not known.", 'Pass `fileName`, `fileSize` and `fileLastModified`.');
  }
  if (known === undefined && args.file !== undefined && !isBlob(args.file)) {
    throw unusable(args.file);
  }
  return known;
}

/** What a `File` says about itself, for an upload. */
export function uploadFacts(file: unknown): UploadOptions {
  const { name, lastModified, type } = isBlob(file) ? file : ({} as Partial<File>);
  return defined({ fileName: name, fileLastModified: whole(lastModified), contentType: type || undefined });
}

/** What a `File` or `Blob` says about itself, for a presigned URL. */
export function presignFacts(file: unknown): PresignedUrlOptions {
  if (!isBlob(file)) {
    return {};
  }
  const { name, size, lastModified = Date.now() } = file;
  return defined({ fileName: name, fileSize: size, fileLastModified: whole(lastModified) });
}

/** The fields that are there: one that is `undefined` was not given. */
export function defined<T extends object>(fields: T): { [K in keyof T]?: NonNullable<T[K]> } {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as { [K in keyof T]?: NonNullable<T[K]> };
}

/** The source of arguments that need no reading first. */
function knownSource({ file, filePath }: FileArguments): Source | undefined {
  if (file !== undefined && filePath !== undefined) {
    throw invalidArgument('Both `file` and `filePath` are given.', 'Pass one of them.');
  }
  if (typeof filePath === 'string') {
    return native.Source.path(filePath);
  }
  if (filePath !== undefined) {
    throw invalidArgument('`filePath` has to be a string.', 'Pass the path of a file; of a URL, `fileURLToPath(url)`.');
  }
  if (isUint8Array(file)) {
    return native.Source.bytes(file);
  }
  return isAnyArrayBuffer(file) ? native.Source.bytes(new Uint8Array(file)) : undefined;
}

async function spool(chunks: AsyncIterable<unknown>, ticket: Ticket): Promise<Source> {
  const spooled = new native.Spool();
  for await (const chunk of readable(chunks)) {
    if (!isUint8Array(chunk)) {
      throw invalidArgument(
        'The stream in `file` gives no bytes.',
        'Pass a stream of Buffers: leave its encoding unset.',
      );
    }
    await spooled.write(chunk, ticket);
  }
  return spooled.finish();
}

/** The same chunks, where a failure is a `SourceError`. */
async function* readable(chunks: AsyncIterable<unknown>): AsyncGenerator<unknown> {
  try {
    yield* chunks;
  } catch (error) {
    throw unreadable(error);
  }
}

async function* pieces(blob: Blob): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < blob.size; start += PIECE) {
    yield new Uint8Array(await blob.slice(start, start + PIECE).arrayBuffer());
  }
}

function isBlob(file: unknown): file is Blob & Partial<File> {
  const blob = file as Partial<Blob> | null | undefined;
  return typeof blob === 'object' && typeof blob?.slice === 'function' && typeof blob.arrayBuffer === 'function';
}

function isAsyncIterable(file: unknown): file is AsyncIterable<unknown> {
  return typeof (file as Partial<AsyncIterable<unknown>> | null | undefined)?.[Symbol.asyncIterator] === 'function';
}

function whole(milliseconds: number | undefined): number | undefined {
  return milliseconds === undefined ? undefined : Math.floor(milliseconds);
}

function unusable(file: unknown): Error {
  const ways = 'Pass a path as `filePath`, or a File, Blob, Buffer or stream of bytes as `file`.';
  if (file === undefined || file === null) {
    return invalidArgument('`file` or `filePath` is missing.', ways);
  }
  if (typeof file === 'string') {
    const fix = 'If it is a path, pass it as `filePath`; if it is the data, pass `Buffer.from(text)` and a `fileName`.';
    return invalidArgument('`file` is a string.', fix);
  }
  return invalidArgument(`\`file\` can't be this; its type is ${typeof file}.`, ways);
}
