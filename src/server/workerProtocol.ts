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

/** What the caller wants to know. The worker keeps nothing between requests, so that it can be let go of. */
export interface SyncRequest {
  readonly kind: "sync";
  readonly id: number;
  readonly roots: readonly string[];
  /** Walk the roots, and read what is found there and not `known`. */
  readonly discover: boolean;
  /** Absolute paths of the files whose facts the caller has. */
  readonly known: readonly string[];
  /** Files to read in any case. */
  readonly changed: readonly WorkspaceFile[];
}

/** A workspace path, and the absolute one. */
export type WorkspaceFile = readonly [file: string, path: string];

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
  /** What the walk found; undefined when none was asked for. */
  readonly found: Found | undefined;
  /** Files that were to be read and have no facts for a reason that a person should know. */
  readonly unread: readonly SkippedFile[];
}

export interface Found {
  readonly files: readonly WorkspaceFile[];
  /** The `performance.yaml` files, as they lie on disk. */
  readonly configurations: readonly Configuration[];
  /** What the walk left out for a reason that a person should know. */
  readonly skipped: readonly SkippedFile[];
}
