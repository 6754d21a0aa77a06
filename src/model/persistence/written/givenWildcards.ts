import { type CodeNode, childrenOf } from "../../../facts/java/code.ts";
import type { Step } from "./chain.ts";
import type { Pieces } from "./texts/pieces.ts";

/** Where a text is handed over, the body around it, and what reads the values that the body gives. */
interface Handed {
  readonly step: Step;
  readonly nodes: readonly CodeNode[];
  readonly pieces: (value: CodeNode) => Pieces;
}

/**
 * A text in which each pattern of a LIKE that the code begins or ends with a wildcard says so: `name LIKE ?`, given `"%" + part`, is
 * `name LIKE '%' || ?`, and given `start + "%"` it is `name LIKE ? || '%'`. A parameter counts where every value that the body gives it
 * begins so, or ends so.
 */
export function withWildcards(text: string, handed: Handed): string {
  if (!/\bi?like\b/i.test(text)) return text;
  const marks = [...text.matchAll(PARAMETERS)].filter(({ 0: mark }) => !mark.startsWith("'"));
  const inOrder = marks.filter(({ 0: mark }) => mark === "?");
  const listed = valuesListed(handed.step, inOrder.length);
  let read = "";
  let from = 0;
  for (const mark of marks) {
    if (!IN_LIKE.test(text.slice(from, mark.index))) continue;
    const place = inOrder.indexOf(mark);
    const name = place < 0 ? mark[0].slice(1) : `${place + 1}`;
    const value = listed?.[place];
    const values = value === undefined ? valuesNamed(name, handed.nodes) : [value];
    if (values.length === 0) continue;
    const given = values.map((one) => handed.pieces(one));
    const begins = given.every(beginsWithWildcard);
    if (!begins && !given.every(isBeginning)) continue;
    read += `${text.slice(from, mark.index)}${begins ? `'%' || ${mark[0]}` : `${mark[0]} || '%'`}`;
    from = mark.index + mark[0].length;
  }
  return read + text.slice(from);
}

/** Parameters, and texts in quotes, which hold none. */
const PARAMETERS = /'(?:[^']|'')*'|\?\d*|(?<![:\w]):[A-Za-z_]\w*/g;
const IN_LIKE = /\bI?LIKE\s+(?:(?:LOWER|UPPER)\s*\(\s*)?$/i;

/** Whether a value begins with a wildcard of LIKE in any case. */
export function beginsWithWildcard([first]: Pieces): boolean {
  return first?.kind === "text" && /^[%_]/.test(first.text);
}

/** Whether a value is something that is computed, and a wildcard of LIKE behind it. */
function isBeginning(value: Pieces): boolean {
  const last = value.at(-1);
  return value.length === 2 && value[0]?.kind !== "text" && last?.kind === "text" && last.text === "%";
}

/** `queryForList(sql, a, b)`, `query(sql, new Object[] { a, b }, mapper)`: as many values as there are places; undefined where they are not. */
function valuesListed({ args: [, ...given] }: Step, places: number): readonly CodeNode[] | undefined {
  const array = given.find(({ kind }) => kind === "array");
  const values = array?.children ?? given.filter(isValue);
  return places > 0 && values.length === places ? values : undefined;
}

/** No mapper, no class of what is read. */
const isValue = ({ kind, text, type }: CodeNode): boolean =>
  kind !== "lambda" &&
  kind !== "reference" &&
  !(kind === "new" && /Mapper|Extractor|Handler/.test(type)) &&
  !/mapper|extractor|^class$/i.test(text);

/** What a body gives a name or a place: `setParameter("name", x)`, `addValue("name", x)`, `Map.of("name", x)`, `setString(1, x)`. */
function valuesNamed(name: string, nodes: readonly CodeNode[]): readonly CodeNode[] {
  return nodes.flatMap((node) => {
    if (!(node.kind === "call" && GIVES.test(node.text)) && !(node.kind === "new" && node.type === "MapSqlParameterSource")) return [];
    const args = childrenOf(node, "argument");
    return args.flatMap((arg, i) => {
      const value = i % 2 === 0 && arg.kind === "literal" && arg.text === name ? args[i + 1] : undefined;
      return value === undefined ? [] : [value];
    });
  });
}

const GIVES = /^(?:setParameter|setString|addValue|addParameter|put|param|bind|of|entry)$/;
