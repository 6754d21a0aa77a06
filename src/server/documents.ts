import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { URI } from "vscode-uri";
import type { FileHead } from "../facts/fileFacts.ts";
import { isNeverRead } from "../project/discovery.ts";
import { hostPath } from "../project/nodeHost.ts";
import { isWithin, relativeTo, WorkspacePaths } from "../project/workspacePaths.ts";
import { decodeText } from "../text/encodings.ts";

/** The files of the workspace by workspace path, absolute path and URI, and which of them an editor holds. */
export class Documents {
  #paths = new WorkspacePaths([]);
  #pathOf: ReadonlyMap<string, string> = new Map();
  #fileOf: ReadonlyMap<string, string> = new Map();
  /** By absolute path: also those that are no file of the workspace (yet). */
  readonly #open = new Map<string, TextDocument>();

  /** How workspace paths are made of absolute ones. */
  get paths(): WorkspacePaths {
    return this.#paths;
  }

  /** Takes the files of the roots; answers with those that are gone. */
  setFiles(paths: WorkspacePaths, files: Iterable<readonly [file: string, path: string]>): readonly string[] {
    const before = this.#pathOf;
    this.#paths = paths;
    this.#pathOf = new Map(files);
    this.#fileOf = new Map([...this.#pathOf].map(([file, path]) => [path, file]));
    return [...before.keys()].filter((file) => !this.#pathOf.has(file));
  }

  open(document: TextDocument): void {
    this.#open.set(pathOfUri(document.uri), document);
  }

  close(document: TextDocument): void {
    this.#open.delete(pathOfUri(document.uri));
  }

  /** The open documents that are files of the workspace. */
  *openFiles(): Iterable<readonly [file: string, document: TextDocument]> {
    for (const [path, document] of this.#open) {
      const file = this.#fileOf.get(path);
      if (file !== undefined) yield [file, document];
    }
  }

  fileOf(uri: string): string | undefined {
    return this.fileOfPath(pathOfUri(uri));
  }

  fileOfPath(path: string): string | undefined {
    return this.#fileOf.get(path);
  }

  /** Absolute paths. */
  filePaths(): readonly string[] {
    return [...this.#fileOf.keys()];
  }

  /** Whether a folder holds files of the workspace. */
  hasFilesIn(folder: string): boolean {
    for (const path of this.#fileOf.keys()) if (isWithin(path, folder)) return true;
    return false;
  }

  /** Whether this is a folder that files of the workspace may lie in. */
  mayHoldFiles(path: string): boolean {
    const root = this.#paths.rootOf(path);
    if (root === undefined) return false;
    const names = relativeTo(root, path).split("/");
    if (names.some((name, depth) => isNeverRead(name, names.slice(0, depth)))) return false;
    try {
      return statSync(path).isDirectory();
    } catch {
      return false;
    }
  }

  openAt(path: string): TextDocument | undefined {
    return this.#open.get(path);
  }

  /** Whether an editor holds the file, also one that is gone from the disk. */
  isOpen(file: string): boolean {
    const path = this.#paths.pathOf(file);
    return path !== undefined && this.#open.has(path);
  }

  pathOf(file: string): string | undefined {
    return this.#pathOf.get(file);
  }

  /** As the client spells it for an open document. */
  uriOf(file: string): string | undefined {
    const path = this.#pathOf.get(file);
    if (path === undefined) return undefined;
    return this.#open.get(path)?.uri ?? URI.file(path).toString();
  }

  /** Of a file that does not exist yet. */
  newUriOf(file: string): string | undefined {
    const path = this.#paths.pathOf(file);
    return path === undefined ? undefined : URI.file(path).toString();
  }

  document(file: string): TextDocument | undefined {
    const path = this.#pathOf.get(file);
    return path === undefined ? undefined : this.#open.get(path);
  }

  /** The text that the facts were read from; undefined when the disk has moved on since. */
  text(facts: FileHead): string | undefined {
    const document = this.document(facts.file);
    if (document !== undefined) {
      const text = document.getText();
      return hashOf(text) === facts.hash ? text : undefined;
    }
    const path = this.#pathOf.get(facts.file);
    if (path === undefined) return undefined;
    try {
      const bytes = readFileSync(path);
      return hashOf(bytes) === facts.hash ? decodeText(bytes).text : undefined;
    } catch {
      return undefined;
    }
  }

  /** Of a file that is no part of the workspace, so that nothing is created over it. */
  textOnDisk(file: string): string | undefined {
    const uri = this.newUriOf(file);
    return uri === undefined ? undefined : readText(pathOfUri(uri));
  }

  /** As an editor holds it now, or else the disk; undefined where nothing is. */
  textNow(uri: string): string | undefined {
    const path = pathOfUri(uri);
    return this.#open.get(path)?.getText() ?? readText(path);
  }

  /** Of a file of the workspace, and of one that could be one; undefined outside of its roots. */
  nameOf(uri: string): string | undefined {
    return this.fileOf(uri) ?? this.#paths.keyOf(pathOfUri(uri));
  }
}

function readText(path: string): string | undefined {
  try {
    return decodeText(readFileSync(path)).text;
  } catch {
    return undefined;
  }
}

export function hashOf(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

/** As the host names it: absolute, with "/". */
export function pathOfUri(uri: string): string {
  return hostPath(URI.parse(uri).fsPath);
}
