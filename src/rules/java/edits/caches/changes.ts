import type { JavaFile } from "../../../../facts/fileFacts.ts";
import type { FileEdit, TextEdit } from "../../../../text/edits.ts";
import type { Sources } from "../../../finding.ts";
import { importEdits } from "../imports.ts";

/** Edits of several places, which may lie in one file. */
export class Changes {
  readonly #sources: Sources;
  readonly #byFile = new Map<string, { readonly file: JavaFile; readonly imports: string[]; readonly edits: TextEdit[] }>();
  #failed = false;

  constructor(sources: Sources) {
    this.#sources = sources;
  }

  add(file: JavaFile, imports: readonly string[], edits: (source: string) => readonly TextEdit[] | undefined): void {
    const source = this.#sources.text(file.file);
    const added = source === undefined ? undefined : edits(source);
    if (added === undefined) {
      this.#failed = true;
      return;
    }
    const known = this.#byFile.get(file.file) ?? { file, imports: [], edits: [] };
    known.imports.push(...imports);
    known.edits.push(...added);
    this.#byFile.set(file.file, known);
  }

  all(): readonly FileEdit[] | undefined {
    if (this.#failed) return undefined;
    return [...this.#byFile.values()].map(({ file, imports, edits }) => ({
      kind: "change",
      file: file.file,
      edits: [...importEdits(file, this.#sources.text(file.file) ?? "", imports), ...edits],
    }));
  }
}
