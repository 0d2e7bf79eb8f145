// Where an upload's bytes come from: what JavaScript has for that, handed to the native part piece by piece.

import { isAnyArrayBuffer, isUint8Array } from 'node:util/types';
import type { Running } from './call.js';
import { invalidArgument, unreadable } from './failure.js';
import { native } from './load.js';
import type { PresignedUrlOptions, Source, UploadOptions } from './native.js';

/** A stream as browsers have it, such as a response's `body`. */
export interface WebStream {
  getReader(): {
    read(): Promise<{ done: boolean; value?: Uint8Array | undefined }>;
    cancel(reason?: unknown): Promise<void>;
  };
}

/** Bytes in JavaScript: a `File` or `Blob`, a `Buffer` or `Uint8Array`, an `ArrayBuffer`, or a stream of bytes. */
export type FileInput = Blob | Uint8Array | ArrayBuffer | WebStream | AsyncIterable<Uint8Array>;

interface FileArguments {
  file?: unknown;
  filePath?: unknown;
}

/** Bytes that come one after another, and what ends their coming where nobody waits for more. */
interface Chunks {
  chunks: AsyncIterable<unknown> | Iterable<unknown>;
  close?: () => void;
}

/** How much of what is there already is handed over at a time. */
const PIECE = 1024 * 1024;

/** The source of what is read at once; a path's bytes never pass through here. */
export async function openSource(args: FileArguments, running: Running): Promise<Source> {
  const { file } = args;
  const path = pathSource(args);
  return path ?? spool(bytesOf(file) ?? streamOf(file) ?? unusable(file), running);
}

/**
 * The source of an upload. What has to be read here is read once the native part asks for it: when the upload's turn
 * comes, and not where its options can't be right. It may fail then.
 */
export function sourceLater(args: FileArguments, running: Running, fail: (error: unknown) => void): Source {
  const { file } = args;
  const path = pathSource(args);
  if (path !== undefined) {
    return path;
  }
  if (bytesOf(file) === undefined && !isStream(file)) {
    unusable(file);
  }
  hear(file);
  const open = async (): Promise<void> => {
    try {
      later.give(await openSource(args, running));
    } catch (error) {
      fail(error);
      later.refuse();
    }
  };
  const later = new native.LaterSource(() => void open());
  return later.source();
}

/** Has one of Node's streams that fails before its turn keep its error until then, where nobody else listens. */
function hear(file: unknown): void {
  const { on, destroy } = file as Partial<NodeJS.ReadableStream & StreamState>;
  if (typeof on === 'function' && typeof destroy === 'function') {
    on.call(file as NodeJS.ReadableStream, 'error', () => {});
  }
}

/** The source that a presigned URL is asked for with: only its size and date are wanted. */
export function describedSource(args: FileArguments): Source | undefined {
  const { file } = args;
  const path = pathSource(args);
  if (path === undefined && file !== undefined && bytesOf(file) === undefined) {
    throw isStream(file)
      ? invalidArgument("A stream's size is not known.", 'Pass `fileName`, `fileSize` and `fileLastModified`.')
      : unusable(file);
  }
  return path;
}

/** What a `File` says about itself, for an upload. */
export function uploadFacts(file: unknown): UploadOptions {
  const { name, lastModified, type } = isBlob(file) ? file : ({} as Partial<File>);
  return defined({ fileName: name, fileLastModified: whole(lastModified), contentType: type || undefined });
}

/** What bytes say about themselves, for a presigned URL. */
export function presignFacts(file: unknown): PresignedUrlOptions {
  if (isUint8Array(file) || isAnyArrayBuffer(file)) {
    return { fileSize: file.byteLength, fileLastModified: Date.now() };
  }
  if (!isBlob(file)) {
    return {};
  }
  const { name, size, lastModified = Date.now() } = file;
  return defined({ fileName: name, fileSize: size, fileLastModified: whole(lastModified) });
}

/** The fields that are there: one that is `undefined` or null was not given. */
export function defined<T extends object>(fields: T): { [K in keyof T]?: NonNullable<T[K]> } {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(given) as { [K in keyof T]?: NonNullable<T[K]> };
}

/** The source of a path. */
function pathSource({ file, filePath }: FileArguments): Source | undefined {
  if (file !== undefined && filePath !== undefined) {
    throw invalidArgument('Both `file` and `filePath` are given.', 'Pass one of them.');
  }
  if (filePath === undefined) {
    return undefined;
  }
  if (typeof filePath !== 'string') {
    throw invalidArgument('`filePath` has to be a string.', 'Pass the path of a file; of a URL, `fileURLToPath(url)`.');
  }
  return native.Source.path(filePath);
}

/** The chunks of bytes that are there already. */
function bytesOf(file: unknown): Chunks | undefined {
  if (isBlob(file)) {
    return {
      chunks: pieces(file.size, async (start, end) => new Uint8Array(await file.slice(start, end).arrayBuffer())),
    };
  }
  const bytes = asBytes(file);
  return bytes && { chunks: pieces(bytes.length, (start, end) => bytes.subarray(start, end)) };
}

/** What holds bytes in memory, as one kind of it. */
export function asBytes(value: unknown): Uint8Array | undefined {
  if (isAnyArrayBuffer(value)) {
    return new Uint8Array(value);
  }
  return isUint8Array(value) ? value : undefined;
}

/** The chunks of a stream. */
function streamOf(file: unknown): Chunks | undefined {
  if (isWebStream(file)) {
    return webChunks(file);
  }
  if (!isAsyncIterable(file)) {
    return undefined;
  }
  const { destroy, destroyed, readableEnded, errored } = file as Partial<NodeJS.ReadableStream & StreamState>;
  if (destroyed || readableEnded) {
    throw unreadable(errored ?? new Error('it has been read or destroyed before'));
  }
  // Its iterator would wait for the next chunk before it lets go.
  return typeof destroy === 'function' ? { chunks: file, close: () => void destroy.call(file) } : { chunks: file };
}

/** What of Node's streams their common interface leaves out. */
interface StreamState {
  destroy(): unknown;
  destroyed: boolean;
  readableEnded: boolean;
  errored: Error | null;
}

/** By its reader: not every web stream can be iterated. */
function webChunks(stream: WebStream): Chunks {
  let reader: ReturnType<WebStream['getReader']>;
  try {
    reader = stream.getReader();
  } catch (error) {
    throw unreadable(error);
  }
  const close = (): void => void reader.cancel().catch(() => {});
  async function* chunks(): AsyncGenerator<unknown> {
    try {
      for (let next = await reader.read(); !next.done; next = await reader.read()) {
        yield next.value;
      }
    } finally {
      close();
    }
  }
  return { chunks: chunks(), close };
}

async function spool({ chunks, close }: Chunks, { ticket, onStop }: Running): Promise<Source> {
  if (close !== undefined) {
    onStop(close);
  }
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

/** The same pieces, where a failure is a `SourceError`. */
export async function* readable(chunks: AsyncIterable<unknown> | Iterable<unknown>): AsyncGenerator<unknown> {
  try {
    yield* chunks;
  } catch (error) {
    throw unreadable(error);
  }
}

async function* pieces(
  size: number,
  read: (start: number, end: number) => Uint8Array | Promise<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < size; start += PIECE) {
    yield await read(start, Math.min(start + PIECE, size));
  }
}

function isBlob(file: unknown): file is Blob & Partial<File> {
  const blob = file as Partial<Blob> | null | undefined;
  return typeof blob === 'object' && typeof blob?.slice === 'function' && typeof blob.arrayBuffer === 'function';
}

function isStream(file: unknown): boolean {
  return isWebStream(file) || isAsyncIterable(file);
}

function isWebStream(file: unknown): file is WebStream {
  return typeof (file as Partial<WebStream> | null | undefined)?.getReader === 'function';
}

function isAsyncIterable(file: unknown): file is AsyncIterable<unknown> {
  return typeof (file as Partial<AsyncIterable<unknown>> | null | undefined)?.[Symbol.asyncIterator] === 'function';
}

function whole(milliseconds: number | undefined): number | undefined {
  return milliseconds === undefined ? undefined : Math.floor(milliseconds);
}

function unusable(file: unknown): never {
  const ways = 'Pass a path as `filePath`, or a File, Blob, Buffer or stream of bytes as `file`.';
  if (file === undefined || file === null) {
    throw invalidArgument('`file` or `filePath` is missing.', ways);
  }
  if (typeof file === 'string') {
    const fix = 'If it is a path, pass it as `filePath`; if it is the data, pass `Buffer.from(text)` and a `fileName`.';
    throw invalidArgument('`file` is a string.', fix);
  }
  if (typeof (file as Partial<Iterable<unknown>>)[Symbol.iterator] === 'function') {
    throw invalidArgument('`file` is a list, not bytes.', 'If it is rows, pass them as `rows` to `uploadDataframe`.');
  }
  throw invalidArgument(`\`file\` can't be this; its type is ${typeof file}.`, ways);
}
