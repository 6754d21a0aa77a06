import type { ContainerFacts } from "../../facts/container/containerFacts.ts";
import { changesOf, type FactsChange, type FactsStore, type ModelPart } from "../part.ts";
import type { ReadLog } from "../readLog.ts";
import { folderOf, isWithin } from "./sets/migrationSet.ts";

/**
 * Where golang-migrate runs the migrations: a module of Go requires it, or an image holds it. Its driver for PostgreSQL sends a file as one
 * message unless `x-multi-statement` is set. Key: `go-migrate:all`.
 */
export class GoMigrate implements ModelPart {
  readonly #reads: ReadLog;
  readonly #byFile = new Map<string, "used" | "statement by statement">();

  constructor(reads: ReadLog) {
    this.#reads = reads;
  }

  update(changes: readonly FactsChange[], _store: FactsStore): Iterable<string> {
    let changed = false;
    const put = (file: string, said: "used" | "statement by statement" | undefined): void => {
      if (this.#byFile.get(file) === said) return;
      changed = true;
      if (said === undefined) this.#byFile.delete(file);
      else this.#byFile.set(file, said);
    };
    for (const { file, after } of changesOf(changes, "build"))
      put(file, after?.build.kind === "requirements" && after.build.dependencies.length > 0 ? "used" : undefined);
    for (const { file, after } of changesOf(changes, "container")) put(file, after && saidIn(after.container));
    return changed ? ["go-migrate:all"] : [];
  }

  /** Whether it sends the script as one message, as far as is known. */
  sendsWhole(file: string): boolean {
    this.#reads.note("go-migrate:all");
    if (!file.endsWith(".up.sql")) return false;
    const said = [...this.#byFile].filter(([place]) => isWithin(folderOf(file), folderOf(place))).map(([, one]) => one);
    return said.length > 0 && !said.includes("statement by statement");
  }
}

function saidIn(container: ContainerFacts): "used" | "statement by statement" | undefined {
  const text = JSON.stringify(container);
  if (!/\bgolang-migrate\/|"(?:docker\.io\/)?migrate\/migrate[:"@]/.test(text)) return undefined;
  return /x-multi-statement=true/.test(text) ? "statement by statement" : "used";
}
