import { type FileEdit, insertAt } from "../../../text/edits.ts";
import type { Span } from "../../../text/positions.ts";

/**
 * Has a change log in XML, YAML or JSON include one more file behind all that it includes, written as it includes `like`, but for where
 * that runs. Undefined where `like` is not found.
 */
export function includeBehind(file: string, text: string, like: string, path: string, lineBreak: string): FileEdit | undefined {
  const notation = NOTATIONS.find(({ files }) => files.test(file));
  const includes = notation?.includes(text) ?? [];
  const last = includes.at(-1);
  const model = includes.map(({ start, end }) => text.slice(start, end)).find((one) => names(one, like));
  if (notation === undefined || last === undefined || model === undefined) return undefined;
  const added = notation.anywhere(model).replace(like, () => path);
  const line = /[ \t]*$/.exec(text.slice(0, last.start))?.[0] ?? "";
  return { kind: "change", file, edits: [insertAt(last.end, notation.between + lineBreak + line + added)] };
}

const names = (include: string, path: string): boolean => {
  const at = include.indexOf(path);
  return at >= 0 && /[\s"':]/.test(include[at - 1] ?? "") && /^(?:["'\s,}]|$)/.test(include.slice(at + path.length));
};

interface Notation {
  readonly files: RegExp;
  /** Where the elements stand, from their first sign to behind their last. */
  includes(text: string): readonly Span[];
  /** What stands between two of them. */
  readonly between: string;
  /** Without the contexts and labels that it runs for. */
  anywhere(include: string): string;
}

const NOTATIONS: readonly Notation[] = [
  {
    files: /\.xml$/i,
    includes: (text) => spans(text, /<!--[\s\S]*?-->|(<include\b[^>]*?(?:\/>|>\s*<\/include\s*>))/g),
    between: "",
    anywhere: (include) => include.replace(/\s+(?:context|contextFilter|contexts|labels)\s*=\s*(?:"[^"]*"|'[^']*')/g, ""),
  },
  {
    files: /\.ya?ml$/i,
    includes: (text) => spans(text, /^[ \t]*#.*|^[ \t]*(-[ \t]+include:.*(?:\r?\n(?![ \t]*-)[ \t]+\S.*)*)/gm),
    between: "",
    anywhere: (include) => include.replace(/\r?\n[ \t]+(?:context|contextFilter|contexts|labels):.*/g, ""),
  },
  {
    files: /\.json$/i,
    includes: (text) => spans(text, /(\{\s*"include"\s*:\s*\{[^{}]*\}\s*\})/g),
    between: ",",
    anywhere: (include) => include.replace(/,\s*"(?:context|contextFilter|contexts|labels)"\s*:\s*"[^"]*"/g, ""),
  },
];

/** Of matches with a first group, where that stands. */
const spans = (text: string, pattern: RegExp): readonly Span[] =>
  [...text.matchAll(pattern)].flatMap((match) => {
    const [whole, group] = match;
    if (group === undefined) return [];
    const start = match.index + whole.length - group.length;
    return [{ start, end: start + group.length }];
  });
