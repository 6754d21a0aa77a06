import type { FuncCall } from "libpg-query";
import { everywhere } from "../../syntax/pgTree.ts";
import type { SqlNode, SqlParser } from "../../syntax/sql.ts";
import { quotedAt } from "../../syntax/sqlLexer.ts";
import { splitStatements } from "../../syntax/sqlSplitter.ts";
import type { Operation } from "./operationFacts.ts";
import { operationsOf } from "./operations.ts";
import { nameOf } from "./parseTree.ts";
import { schemaChanges } from "./schemaChanges.ts";
import type { SchemaChange } from "./sqlFacts.ts";
import { StatementText } from "./statementText.ts";

/** What the statements of a block do. */
export interface BlockFacts {
  readonly changes: readonly SchemaChange[];
  readonly operations: readonly Operation[];
}

/**
 * What happens inside `DO $$ … $$`, as if every branch ran: such blocks mostly guard against running twice. `EXECUTE` of one text counts
 * as that text; SQL that is put together at run time is unclear.
 */
export function doBlock(source: StatementText, parser: SqlParser): BlockFacts {
  const open = source.text.indexOf("$");
  const quoted = open < 0 ? undefined : quotedAt(source.text, open);
  if (quoted === undefined) return unclear(source.text);
  const tag = source.text.indexOf("$", open + 1) + 1 - open;
  const body = source.text.slice(open + tag, quoted.end - tag);
  const parts = splitStatements(body).map((piece): BlockFacts => {
    const text = body.slice(piece.start, piece.end);
    const start = leadOf(text);
    const executed = /^EXECUTE\b/i.test(text.slice(start)) ? executedText(text, start) : undefined;
    if (executed === "unclear") return unclear(text.slice(start));
    const lead = executed?.start ?? start;
    const statement = (executed?.text ?? text.slice(start)).replace(/^PERFORM\b/i, "SELECT ");
    const changesSchema = /^(?:CREATE|ALTER|DROP)\b/i.test(statement);
    const asks = /^SELECT\b/i.test(statement) && /\bcreate_hypertable\b/i.test(statement);
    if (!changesSchema && !asks && !/^(?:UPDATE|DELETE|INSERT|TRUNCATE|REFRESH|LOCK)\b/i.test(statement)) return NOTHING;
    const parsed = parser.parse(statement);
    if (!parsed.ok) return changesSchema ? unclear(statement) : NOTHING;
    const at = new StatementText(statement, source.start + open + tag + piece.start + lead);
    const nodes = parsed.statements.flatMap(({ stmt }) => stmt ?? []);
    return { changes: nodes.flatMap((node) => schemaChanges(node, at)), operations: nodes.flatMap((node) => operationsOf(node, at)) };
  });
  return { changes: parts.flatMap(({ changes }) => changes), operations: parts.flatMap(({ operations }) => operations) };
}

/**
 * What a call does that a statement makes of a function which the same script has made: what stands there as statements, as if every
 * branch ran. Its operations stay out: they are the function's, which other calls run, too.
 */
export function calledChanges(node: SqlNode, made: ReadonlyMap<string, StatementText>, parser: SqlParser): readonly SchemaChange[] {
  if (made.size === 0) return [];
  return callsOf(node).flatMap((name) => {
    const source = made.get(name);
    if (source === undefined || !/\b(?:CREATE|ALTER|DROP)\b/i.test(source.text)) return [];
    const { changes } = doBlock(source, parser);
    return changes.filter(({ kind }) => kind !== "unclear");
  });
}

/** The functions that `SELECT f()`, `SELECT * FROM f()` and `CALL f()` call, lower case. */
function callsOf(node: SqlNode): readonly string[] {
  if ("CallStmt" in node) return [nameOf(node.CallStmt.funccall?.funcname).toLowerCase()];
  if (!("SelectStmt" in node)) return [];
  const { targetList, fromClause } = node.SelectStmt;
  const called = fromClause === undefined ? targetList : fromClause.filter((from) => "RangeFunction" in from);
  return everywhere(called, "FuncCall").map((call) => nameOf((call as FuncCall).funcname).toLowerCase());
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
