import type { LineRange, MigrationHistory } from "../../src/model/schema/migrationHistory.ts";

/**
 * A small workspace in one string: `//- path` starts a file, `//- path (new)` and `//- path (new from line 4)` one that version control
 * does not have so, `//- path (statistics)` what was exported from production, which is no file of the workspace. Marker lines are taken out and turned into expectations.
 */
export interface Fixture {
  readonly files: ReadonlyMap<string, string>;
  readonly history: MigrationHistory;
  /** The text of the statistics file. */
  readonly statistics: string | undefined;
  readonly findings: readonly Marker[];
  readonly related: readonly Marker[];
}

/** A range on the line above a marker. */
export interface Marker {
  readonly file: string;
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly hasFix: boolean;
}

const HEADER = /^\/\/- (\S+)(?: \((new|statistics)(?: from line (\d+))?\))?$/;
const MARKER = /^(\s*(?:\/\/|--|#|<!--)\s*)(\^+|~+)(.*?)(?:-->)?\s*$/;

export function parseFixture(source: string): Fixture {
  const files = new Map<string, string[]>();
  const findings: Marker[] = [];
  const related: Marker[] = [];
  const changed = new Map<string, "new" | readonly LineRange[]>();
  let file: string | undefined;
  let exported: string | undefined;
  for (const line of source
    .replace(/^\n/, "")
    .replace(/[ \t]+$/, "")
    .split("\n")) {
    const header = HEADER.exec(line);
    if (header !== null) {
      file = header[1] as string;
      if (files.has(file)) throw new Error(`The fixture has ${file} twice`);
      files.set(file, []);
      const [, , isNew, from] = header;
      if (isNew === "statistics") exported = file;
      else if (isNew !== undefined)
        changed.set(file, from === undefined ? "new" : [{ first: Number(from), last: Number.MAX_SAFE_INTEGER }]);
      continue;
    }
    if (file === undefined) throw new Error(`A fixture starts with "//- path", not with: ${line}`);
    const lines = files.get(file) as string[];
    const marker = MARKER.exec(line);
    if (marker === null) {
      lines.push(line);
      continue;
    }
    const [, lead, carets, rest] = marker as unknown as [string, string, string, string];
    const text = rest.trim();
    (carets.startsWith("^") ? findings : related).push({
      file,
      line: lines.length - 1,
      start: lead.length,
      end: lead.length + carets.length,
      text: text.replace(/^💡\s*/u, ""),
      hasFix: text.startsWith("💡"),
    });
  }
  const history = { changed };
  const texts = new Map([...files].map(([path, lines]) => [path, `${lines.join("\n").replace(/\n+$/, "")}\n`]));
  const statistics = texts.get(exported ?? "");
  texts.delete(exported ?? "");
  return {
    history,
    statistics,
    files: texts,
    findings,
    related,
  };
}
