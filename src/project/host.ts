/**
 * The file system as this project sees it. Paths are absolute with "/" everywhere, on Windows "C:/work/app". An editor lays
 * its open documents over it; tests bring one in memory.
 */
export interface Host {
  /** Rejects with a HostError. */
  list(directory: string): Promise<readonly HostEntry[]>;
  /** Rejects with a HostError. */
  read(path: string): Promise<Uint8Array>;
  /** Follows symbolic links; undefined where nothing is. */
  stat(path: string): Promise<HostStat | undefined>;
  /** Without symbolic links. Rejects with a HostError. */
  realPath(path: string): Promise<string>;
}

export interface HostEntry {
  readonly name: string;
  readonly kind: "file" | "directory" | "link" | "other";
}

export interface HostStat {
  readonly kind: "file" | "directory" | "other";
  readonly bytes: number;
}

/** What the file system refused; the message is for people and does not repeat the path. */
export class HostError extends Error {
  override readonly name = "HostError";
  readonly reason: "missing" | "denied" | "other";

  constructor(reason: HostError["reason"], message: string) {
    super(message);
    this.reason = reason;
  }
}
