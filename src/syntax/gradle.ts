import type { Span } from "../text/positions.ts";

/** One statement of a Gradle script, Groovy or Kotlin, as far as a reader of declarations needs it. */
export interface GradleStatement {
  /** The names of the blocks around it, outer first: `["subprojects", "dependencies"]`. */
  readonly path: readonly string[];
  /** The source without comments, white space at both ends taken off; the block that it opens is not part of it. */
  readonly text: string;
  readonly span: Span;
  readonly strings: readonly GradleString[];
}

export interface GradleString {
  /** Without quotes; `$name` and `${name}` stay as written. */
  readonly text: string;
  readonly span: Span;
}

/** Cuts a script into statements by lines, blocks and parentheses. It knows strings and comments, not the languages. Never throws. */
export function gradleStatements(script: string): readonly GradleStatement[] {
  const statements: GradleStatement[] = [];
  const path: string[] = [];
  let start = 0;
  let depth = 0;
  let strings: GradleString[] = [];
  let pieces = "";
  const flush = (end: number): string => {
    const text = pieces.trim();
    if (text !== "") statements.push({ path: [...path], text, span: trimmed(script, start, end), strings });
    pieces = "";
    strings = [];
    start = end + 1;
    return text;
  };
  for (const match of script.matchAll(TOKEN)) {
    const token = match[0];
    const at = match.index;
    const first = token[0] as string;
    if (token.startsWith("//") || token.startsWith("/*")) {
      if (pieces === "") start = at + token.length;
      continue;
    }
    if (first === '"' || first === "'") {
      const quotes = token.startsWith(first.repeat(3)) && token.length >= 6 ? 3 : 1;
      strings.push({ text: token.slice(quotes, -quotes), span: { start: at + quotes, end: at + token.length - quotes } });
      pieces += token;
    } else if (first === "{") {
      const opener = flush(at);
      if (path.length < MAX_DEPTH) path.push(blockName(opener));
      depth = 0;
    } else if (first === "}") {
      flush(at);
      path.pop();
      depth = 0;
    } else if ((first === "\n" || first === ";") && depth === 0) {
      if (!/[,.(=+]\s*$/.test(pieces)) flush(at);
      else pieces += " ";
    } else {
      if (first === "(" || first === "[") depth++;
      else if (first === ")" || first === "]") depth = Math.max(0, depth - 1);
      pieces += first === "\n" ? " " : token;
    }
  }
  flush(script.length);
  return statements;
}

const TOKEN =
  /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|"""[\s\S]*?(?:"""|$)|'''[\s\S]*?(?:'''|$)|"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?|[{}()[\];\n]|[^{}()[\];\n"'/]+|\//g;

const MAX_DEPTH = 200;

/** `dependencies` of `dependencies`, `configure` of `configure(subprojects)`, "subprojects" of `subprojects`. */
function blockName(opener: string): string {
  return /^[\w.]+/.exec(opener)?.[0] ?? "";
}

function trimmed(script: string, start: number, end: number): Span {
  let from = start;
  let to = end;
  while (from < to && /\s/.test(script[from] as string)) from++;
  while (to > from && /\s/.test(script[to - 1] as string)) to--;
  return { start: from, end: to };
}
