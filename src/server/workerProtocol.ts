import type { FileFacts } from "../facts/fileFacts.ts";
import type { SkippedFile } from "../project/discovery.ts";
import type { Configuration } from "../project/folders.ts";

/** What the indexing thread is told when it starts. */
export interface WorkerData {
  /** Folder with the bundles and `wasm/`. */
  readonly distDirectory: string;
  readonly cacheDirectory: string | undefined;
  /** Names the code and the grammars: a cache of another version is not read. */
  readonly version: string;
}

export type ToWorker = SyncRequest | CancelRequest;

/**
 * Brings the caller up to date: the worker walks the roots when `rediscover` is set or it knows nothing yet, and reads files that
 * are new or whose path is in `changed`.
 */
export interface SyncRequest {
  readonly kind: "sync";
  readonly id: number;
  readonly roots: readonly string[];
  readonly rediscover: boolean;
  /** Absolute paths. */
  readonly changed: readonly string[];
}

export interface CancelRequest {
  readonly kind: "cancel";
  readonly id: number;
}

export type FromWorker =
  | { readonly kind: "progress"; readonly id: number; readonly done: number; readonly total: number }
  | { readonly kind: "facts"; readonly id: number; readonly facts: readonly FileFacts[] }
  | { readonly kind: "done"; readonly id: number; readonly outcome: SyncOutcome }
  | { readonly kind: "failed"; readonly id: number; readonly message: string; readonly cancelled: boolean };

export interface SyncOutcome {
  /** Every file of the roots, by workspace path, with its absolute path. */
  readonly files: readonly (readonly [file: string, path: string])[];
  /** What is left out for a reason that a person should know. */
  readonly skipped: readonly SkippedFile[];
  /** The `performance.yaml` files, as they lie on disk. */
  readonly configurations: readonly Configuration[];
  /** Files whose facts were read from text, not from the cache. */
  readonly extracted: number;
}
