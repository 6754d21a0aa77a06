import { FileChangeType, type FileEvent, type FileSystemWatcher, WatchKind } from "vscode-languageserver";
import { languageOf } from "../facts/languages.ts";
import { pathOfUri } from "./documents.ts";

/**
 * What the client is asked to watch. A folder that goes is told as itself alone, and on Linux so is one that comes with files in it:
 * the editor's watcher misses what was made before it has come to the folder. So every creation and deletion is asked for.
 */
export const WATCHERS: readonly FileSystemWatcher[] = [
  { globPattern: "**/*.{java,dart,sql,kts,gradle}" },
  { globPattern: "**/{application,bootstrap}*.{yml,yaml,properties}" },
  { globPattern: "**/{performance.yaml,performance.yml,pom.xml,pubspec.yaml,go.mod,libs.versions.toml,gradle.properties,.gitignore}" },
  { globPattern: "**/{*[Dd]ockerfile*,*compose*.yml,*compose*.yaml,*.conf,*.conf.template}" },
  { globPattern: "**/{.env,.env.*,*.env}" },
  { globPattern: "**/{config-repo,config-repository,configuration-repo,configuration-repository}/**/*.{yml,yaml,properties}" },
  {
    globPattern:
      "**/*config*/src/main/resources/{shared,config,configs,configuration,configurations,properties}/**/*.{yml,yaml,properties}",
  },
  { globPattern: "**/{kustomization,values*,*deployment,*statefulset,*config-map,*configmap,*hpa}.{yml,yaml}" },
  { globPattern: "**/{*k8s*,*kubernetes*,*kube*,*manifests*,templates}/**/*.{yml,yaml}" },
  { globPattern: "**/*.xml" },
  { globPattern: "**/*", kind: WatchKind.Create | WatchKind.Delete },
];

/** A kept run, or one of the folders above it. */
export function concernsRuns(uri: string): boolean {
  return /\/\.performance(\/runs(\/[^/]+\.json)?)?$/.test(uri);
}

/** A branch switch is one change: events are collected until none comes for a while, but not longer than this. */
const QUIET_MS = 200;
const LONGEST_MS = 2_000;

export interface DiskChange {
  /** Absolute paths. */
  readonly changed: ReadonlySet<string>;
  readonly rediscover: boolean;
}

/** What is asked about paths that are no files of a known kind. */
export interface FolderQuestions {
  hasFilesIn(path: string): boolean;
  mayHoldFiles(path: string): boolean;
}

/** Collects file events into few changes of the disk. */
export class FileEvents {
  readonly #folders: FolderQuestions;
  readonly #onChange: (change: DiskChange) => void;
  #changed = new Set<string>();
  #rediscover = false;
  #since: number | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(folders: FolderQuestions, onChange: (change: DiskChange) => void) {
    this.#folders = folders;
    this.#onChange = onChange;
  }

  add(events: readonly FileEvent[]): void {
    let news = false;
    for (const { uri, type } of events) {
      const path = pathOfUri(uri);
      const isOurs = languageOf(path) !== undefined || path.endsWith(".gitignore");
      if (!isOurs && !this.#concernsFolder(path, type)) continue;
      news = true;
      this.#changed.add(path);
      this.#rediscover ||= type !== FileChangeType.Changed || path.endsWith(".gitignore") || languageOf(path) === "project";
    }
    if (news) this.#wait();
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }

  #concernsFolder(path: string, type: FileChangeType): boolean {
    if (type === FileChangeType.Deleted) return this.#folders.hasFilesIn(path);
    return type === FileChangeType.Created && this.#folders.mayHoldFiles(path);
  }

  #wait(): void {
    clearTimeout(this.#timer);
    const now = performance.now();
    this.#since ??= now;
    this.#timer = setTimeout(() => this.#flush(), Math.max(0, Math.min(QUIET_MS, this.#since + LONGEST_MS - now)));
  }

  #flush(): void {
    const change = { changed: this.#changed, rediscover: this.#rediscover };
    this.#changed = new Set();
    this.#rediscover = false;
    this.#since = undefined;
    this.#onChange(change);
  }
}
