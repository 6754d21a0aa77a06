import type { Tree } from "../../../syntax/sql/pgTree.ts";
import type { SqlNode, SqlParser } from "../../../syntax/sql/sql.ts";
import { quotedAt } from "../../../syntax/sql/sqlLexer.ts";
import { splitStatements } from "../../../syntax/sql/sqlSplitter.ts";
import { lineStartsOf, positionAt, type Span } from "../../../text/positions.ts";
import type { Operation } from "../operationFacts.ts";
import { operationsOf } from "../operations.ts";
import { schemaChanges } from "../schemaChanges.ts";
import type { SchemaChange } from "../sqlFacts.ts";
import { StatementText } from "../statementText.ts";
import { type Built, builtIn, callsIn, type KnownCall } from "./builtText.ts";
import { type Known, knownValue } from "./knownValues.ts";

/** What the statements of a block do. */
export interface BlockFacts {
  readonly changes: readonly SchemaChange[];
  readonly operations: readonly Operation[];
}

/** What a block knows while it runs. */
interface Scope {
  /** Functions that the script has made, by name in lower case. */
  readonly made: ReadonlyMap<string, StatementText>;
  /** What a function is called with. */
  readonly given: readonly Known[];
  /** So many functions have called each other. */
  readonly depth: number;
}

const DEEPEST = 4;

/**
 * What happens inside `DO $$ … $$`, as if every branch ran: such blocks mostly guard against running twice. `EXECUTE` of a text that is
 * known, or made up of what is known, counts as that text; other SQL that is put together at run time is unclear.
 */
export function doBlock(source: StatementText, parser: SqlParser, made: Scope["made"]): BlockFacts {
  return blockFacts(source, parser, { made, given: [], depth: 0 });
}

function blockFacts(source: StatementText, parser: SqlParser, scope: Scope): BlockFacts {
  const open = source.text.indexOf("$");
  const quoted = open < 0 ? undefined : quotedAt(source.text, open);
  if (quoted === undefined) return unclear(source.text);
  const tag = source.text.indexOf("$", open + 1) + 1 - open;
  const body = source.text.slice(open + tag, quoted.end - tag);
  const builtAt = builtByPlace(source.text, body, scope.given, parser);
  const parts = splitStatements(body).map((piece): BlockFacts => {
    const text = body.slice(piece.start, piece.end);
    const start = leadOf(text);
    const runs = /^(?:EXECUTE|PERFORM)\b/i.exec(text.slice(start))?.[0].toUpperCase();
    const built = runs === undefined ? undefined : builtAt(piece.start + start);
    const executed = runs === "EXECUTE" ? executedText(text, start) : undefined;
    const lead = (executed === "unclear" ? undefined : executed?.start) ?? start;
    const from = source.start + open + tag + piece.start + lead;
    if (executed === "unclear") {
      const texts = CHANGES.test(body) ? (built?.()?.texts ?? [undefined]) : [undefined];
      const at = { start: from, end: from + text.length - lead };
      return texts.includes(undefined)
        ? unclear(text.slice(start))
        : { changes: builtChanges(texts as string[], at, parser), operations: [] };
    }
    const performed = /^PERFORM\s+(?:[\w$]+\s*\.\s*)?([\w$]+)\s*\(/i.exec(text.slice(start))?.[1]?.toLowerCase();
    if (performed !== undefined && scope.made.has(performed)) {
      const calls = built?.()?.calls ?? [];
      return { changes: calls.flatMap((call) => changesOfCall(call, parser, scope)), operations: [] };
    }
    const statement = (executed?.text ?? text.slice(start)).replace(/^PERFORM\b/i, "SELECT ");
    const changesSchema = /^(?:CREATE|ALTER|DROP)\b/i.test(statement);
    const asks = /^SELECT\b/i.test(statement) && /\bcreate_hypertable\b/i.test(statement);
    if (!changesSchema && !asks && !/^(?:UPDATE|DELETE|INSERT|TRUNCATE|REFRESH|LOCK)\b/i.test(statement)) return NOTHING;
    const parsed = parser.parse(statement);
    if (!parsed.ok) return changesSchema ? unclear(statement) : NOTHING;
    const at = new StatementText(statement, from);
    const nodes = parsed.statements.flatMap(({ stmt }) => stmt ?? []);
    return { changes: nodes.flatMap((node) => schemaChanges(node, at)), operations: nodes.flatMap((node) => operationsOf(node, at)) };
  });
  return { changes: parts.flatMap(({ changes }) => changes), operations: parts.flatMap(({ operations }) => operations) };
}

const CHANGES = /\b(?:CREATE|ALTER|DROP)\b/i;

/** What the statement at an offset of a body runs, named in the order of the text; it is worked out once somebody asks. */
function builtByPlace(text: string, body: string, given: readonly Known[], parser: SqlParser): (offset: number) => () => Built | undefined {
  let built: ReadonlyMap<number, readonly Built[]> | undefined;
  let lineStarts: Uint32Array | undefined;
  const asked = new Map<number, number>();
  return (offset) => {
    const line = positionAt((lineStarts ??= lineStartsOf(body)), offset).line + 1;
    const before = asked.get(line) ?? 0;
    asked.set(line, before + 1);
    return () => (built ??= builtIn(text, given, parser)).get(line)?.[before];
  };
}

/** All of it stands where it is put together. */
function builtChanges(texts: readonly string[], at: Span, parser: SqlParser): readonly SchemaChange[] {
  return texts.flatMap((text) => {
    if (!CHANGES.test(text)) return [];
    const parsed = parser.parse(text);
    if (!parsed.ok) return [{ kind: "unclear", names: namesIn(text) } as const];
    const source = new StatementText(text, 0);
    const nodes = parsed.statements.flatMap(({ stmt }) => stmt ?? []);
    return nodes.flatMap((node) => schemaChanges(node, source)).map((change) => placed(change, at) as SchemaChange);
  });
}

function placed(value: unknown, at: Span): unknown {
  if (Array.isArray(value)) return value.map((one) => placed(one, at));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, key === "at" ? at : placed(one, at)]));
}

/**
 * What a call does that a statement makes of a function which the same script has made: what stands there as statements, as if every
 * branch ran. Its operations stay out: they are the function's, which other calls run, too.
 */
export function calledChanges(node: SqlNode, made: Scope["made"], parser: SqlParser): readonly SchemaChange[] {
  if (made.size === 0) return [];
  return callsOf(node).flatMap((call) => changesOfCall(call, parser, { made, given: [], depth: 0 }));
}

/** The functions that a statement calls, as far as their arguments are known. */
export function callsOf(node: SqlNode): readonly KnownCall[] {
  const calls =
    "CallStmt" in node
      ? callsIn({ targetList: [{ FuncCall: node.CallStmt.funccall }] } as unknown as Tree)
      : callsIn("SelectStmt" in node ? (node.SelectStmt as unknown as Tree) : undefined);
  return calls.map(({ name, args }) => ({ name, given: args.map((one) => knownValue(one, () => undefined)) }));
}

export function changesOfCall({ name, given }: KnownCall, parser: SqlParser, { made, depth }: Scope): readonly SchemaChange[] {
  const source = made.get(name);
  if (source === undefined || depth >= DEEPEST || !/\b(?:CREATE|ALTER|DROP|PERFORM)\b/i.test(source.text)) return [];
  const { changes } = blockFacts(source, parser, { made, given, depth: depth + 1 });
  return changes.filter(({ kind }) => kind !== "unclear");
}

interface Executed {
  readonly text: string;
  /** Where it stands in the statement of PL/pgSQL. */
  readonly start: number;
}

/** The text behind `EXECUTE`, doubled quotes made single with the offsets kept; "unclear" where anything else belongs to it. */
function executedText(statement: string, at: number): Executed | "unclear" {
  const open = at + (/^EXECUTE\s+/i.exec(statement.slice(at))?.[0].length ?? 0);
  const quoted = statement[open] === "'" || statement[open] === "$" ? quotedAt(statement, open) : undefined;
  if (quoted === undefined || statement.slice(quoted.end).trim() !== "") return "unclear";
  const tag = statement[open] === "$" ? statement.indexOf("$", open + 1) + 1 - open : 1;
  const text = statement.slice(open + tag, quoted.end - tag).replace(/;\s*$/, (end) => " ".repeat(end.length));
  if (tag > 1) return { text, start: open + tag };
  let opens = true;
  const single = text.replace(/''/g, () => {
    opens = !opens;
    return opens ? "' " : " '";
  });
  return { text: single, start: open + tag };
}

const NOTHING: BlockFacts = { changes: [], operations: [] };
const unclear = (text: string): BlockFacts => ({ changes: [{ kind: "unclear", names: namesIn(text) }], operations: [] });

/** The length of the PL/pgSQL in front of the first statement: `BEGIN IF … THEN`. */
function leadOf(text: string): number {
  let at = 0;
  for (;;) {
    CONTROL.lastIndex = at;
    const control = CONTROL.exec(text);
    if (control === null) return at;
    at += control[0].length;
  }
}

const CONTROL =
  /(?:\s+|--[^\r\n]*|<<\w+>>|(?:BEGIN|EXCEPTION|ELSE|LOOP)\b|DECLARE\b(?:(?!\bBEGIN\b)[\s\S])*(?=\bBEGIN\b)|(?:IF|ELSIF|ELSEIF|WHEN)\b(?:(?!\bTHEN\b)[\s\S])*\bTHEN\b|(?:FOR|FOREACH|WHILE)\b(?:(?!\bLOOP\b)[\s\S])*\bLOOP\b)/iy;

/** The words of a text that may be names, lower case. */
export function namesIn(text: string): string[] {
  const words = text.slice(0, 4_000).match(/[\p{L}_][\p{L}\p{N}_$]*/gu) ?? [];
  return [...new Set(words.map((word) => word.toLowerCase()))];
}
