import type { InsertStmt } from "libpg-query";
import type { SqlNode, SqlParser } from "../../syntax/sql/sql.ts";
import { skipBlank } from "../../syntax/sql/sqlLexer.ts";
import { maskPlaceholders, mayHavePlaceholders } from "../../syntax/sql/sqlPlaceholders.ts";
import { type Statement, splitStatements } from "../../syntax/sql/sqlSplitter.ts";
import { contains, type Span } from "../../text/positions.ts";
import type { Extracted, FileProblem } from "../fileFacts.ts";
import { callsOutside, changesForCallers } from "./blocks/calls.ts";
import { calledChanges, doBlock, namesIn } from "./blocks/doBlock.ts";
import { refreshesIn } from "./blocks/refreshes.ts";
import { routineFacts } from "./blocks/routine.ts";
import { scheduledIn } from "./blocks/scheduled.ts";
import { changesetsIn, runsOnPostgres } from "./changesets.ts";
import { dialectOf } from "./dialect.ts";
import { operationsOf, transactionMark } from "./operations.ts";
import { otherDialectChanges } from "./otherDialects.ts";
import { nameOf } from "./parseTree.ts";
import { withPlaceholders } from "./placeholderNames.ts";
import { schemaChanges } from "./schemaChanges.ts";
import { madeIn, namespaceAfter } from "./searchPath.ts";
import { type Dialect, MANY_ROWS, type SqlFacts, type SqlStatement } from "./sqlFacts.ts";
import { StatementText } from "./statementText.ts";
import { upwards } from "./upwards.ts";

/** A script is read so far: what is longer is a dump of rows. */
const LONGEST = 8 * 1024 * 1024;

/**
 * Reads a script as PostgreSQL, statement by statement; a script of another dialect is recognised and left alone. Of one that is too long
 * the beginning is read, and all tables that there are by then are known in part only.
 */
export function sqlFacts(file: string, text: string, parser: SqlParser): Extracted<SqlFacts> {
  if (text.length <= LONGEST) return wholeFacts(file, text, parser);
  const end = text.lastIndexOf("\n", LONGEST) + 1 || LONGEST;
  const read = wholeFacts(file, text.slice(0, end), parser);
  const rest = { start: end, end: text.length };
  const message = `Only the first ${end} of ${text.length} characters are read: what the others do to tables is not known`;
  return {
    facts: {
      ...read.facts,
      statements: [...read.facts.statements, { span: rest, kind: undefined, changes: [{ kind: "unread" }], operations: [] }],
    },
    unparsed: [...read.unparsed, rest],
    problems: [...read.problems, { span: { start: 0, end: 0 }, severity: "information", message }],
  };
}

function wholeFacts(file: string, text: string, parser: SqlParser): Extracted<SqlFacts> {
  const { dialect, settled } = dialectOf(file, text);
  const liquibase = /^\uFEFF?\s*--\s*liquibase\s+formatted\s+sql/i.test(text);
  if (settled && dialect !== "postgresql") {
    const facts = { dialect, liquibase, changesets: [], statements: [], insertedRows: [], elsewhere: otherDialectChanges(text) };
    return { facts, unparsed: [], problems: [] };
  }
  const read = new Reader(upwards(text), 0, dialect, parser).read(liquibase);
  if (dialect === "postgresql" || dialect === "unknown") return read;
  return { ...read, facts: { ...read.facts, elsewhere: otherDialectChanges(text) } };
}

/** Reads SQL that stands in another file, from an offset on. */
export function sqlScript(text: string, start: number, dialect: Dialect, parser: SqlParser): Extracted<SqlFacts> {
  return new Reader(text, start, dialect, parser).read(false);
}

/** INSERTs are parsed until so many characters of a file; the rows behind are only counted. They are data, and a parse tree is 50 times its text. */
const PARSED_INSERTS = 256 * 1024;
const MOST_PROBLEMS = 20;

/** A statement as it stands in its file, and as the parser reads it. */
interface ReadStatement {
  readonly text: string;
  readonly raw: string;
  readonly start: number;
  readonly copiedRows: number;
}

class Reader {
  readonly #text: string;
  /** Where the text stands in its file. */
  readonly #base: number;
  readonly #dialect: Dialect;
  readonly #parser: SqlParser;
  readonly #masked: boolean;
  readonly #statements: SqlStatement[] = [];
  readonly #rows = new Map<string, number>();
  readonly #unparsed: Span[] = [];
  readonly #problems: FileProblem[] = [];
  /** Functions that the script makes, by name in lower case. */
  readonly #functions = new Map<string, StatementText>();
  #insertBudget = PARSED_INSERTS;
  #namespace: string | undefined;

  constructor(text: string, base: number, dialect: Dialect, parser: SqlParser) {
    this.#text = text;
    this.#base = base;
    this.#dialect = dialect;
    this.#parser = parser;
    this.#masked = mayHavePlaceholders(text);
  }

  read(liquibase: boolean): Extracted<SqlFacts> {
    const all = liquibase ? changesetsIn(this.#text) : [];
    const changesets = all.filter(({ dbms }) => runsOnPostgres(dbms));
    const left = all.filter((changeset) => !changesets.includes(changeset));
    const statements: ReadStatement[] = [];
    for (const statement of splitStatements(this.#text)) {
      const read = left.some(({ span }) => contains(span, statement)) ? undefined : this.#statement(statement);
      if (read !== undefined) statements.push(read);
    }
    let i = 0;
    for (const { parse, base } of this.#parser.parseEach(statements.map(({ text }) => text))) {
      const { text, raw, start, copiedRows } = statements[i++] as ReadStatement;
      const source = new StatementText(text, start, base);
      if (!parse.ok) this.#failed(source, parse.message, parse.offset);
      else for (const { stmt } of parse.statements) if (stmt !== undefined) this.#node(stmt, source, copiedRows, raw);
    }
    const insertedRows = [...this.#rows].map(([table, rows]) => ({ table, rows }));
    const facts = { dialect: this.#dialect, liquibase, changesets, statements: this.#statements, insertedRows };
    return { facts, unparsed: this.#unparsed, problems: this.#problems };
  }

  /** Undefined where its rows are counted and nothing else. */
  #statement({ start, end, copiedRows }: Statement): ReadStatement | undefined {
    const raw = this.#text.slice(start, end);
    const insertInto = INSERT.exec(raw);
    if (insertInto !== null) {
      this.#insertBudget -= raw.length;
      if (this.#insertBudget < 0) {
        this.#addRows(lastName(insertInto[1] as string), rowsOf(raw, insertInto[0].length));
        return undefined;
      }
    }
    return { text: this.#masked ? maskPlaceholders(raw, "name") : raw, raw, start: this.#base + start, copiedRows };
  }

  #node(node: SqlNode, source: StatementText, copiedRows: number, raw: string): void {
    if ("InsertStmt" in node) {
      this.#addRows(node.InsertStmt.relation?.relname ?? "", insertedRows(node.InsertStmt));
      const operations = withPlaceholders(operationsOf(node, source), raw, source.text);
      if (operations.length > 0) this.#statements.push({ span: source.span, kind: "InsertStmt", changes: [], operations });
      return;
    }
    if ("CopyStmt" in node) this.#addRows(node.CopyStmt.relation?.relname ?? "", copiedRows);
    this.#namespace = namespaceAfter(node, this.#namespace);
    const said =
      "DoStmt" in node
        ? doBlock(source, this.#parser, this.#functions)
        : { changes: schemaChanges(node, source), operations: operationsOf(node, source) };
    const called = calledChanges(node, this.#functions, this.#parser);
    const made = { ...said, changes: madeIn(this.#namespace, [...said.changes, ...called]) };
    const calls = callsOutside(node, this.#functions);
    const makes = this.#makes(node, source);
    const { changes, operations } = raw === source.text ? made : withPlaceholders(made, raw, source.text);
    const [mark, routine] = [transactionMark(node), routineFacts(node, source, this.#parser)];
    const insertsInto = "CreateFunctionStmt" in node ? tablesInserted(source.text) : [];
    const refreshes = "CreateFunctionStmt" in node || "SelectStmt" in node ? refreshesIn(source) : undefined;
    const scheduled = scheduledIn(source.text);
    this.#statements.push({
      span: source.span,
      kind: Object.keys(node)[0],
      changes,
      operations,
      ...(mark === undefined ? {} : { mark }),
      ...(routine === undefined ? {} : { routine }),
      ...(insertsInto.length === 0 ? {} : { insertsInto }),
      ...(refreshes === undefined ? {} : { refreshes }),
      ...(makes === undefined ? {} : { makes }),
      ...(scheduled.length === 0 ? {} : { scheduled }),
      ...(calls.length === 0 ? {} : { calls }),
    });
  }

  #makes(node: SqlNode, source: StatementText): SqlStatement["makes"] {
    if (!("CreateFunctionStmt" in node)) return undefined;
    const name = nameOf(node.CreateFunctionStmt.funcname).toLowerCase();
    this.#functions.set(name, source);
    const changes = changesForCallers(name, node, this.#functions, this.#parser);
    return changes === undefined ? undefined : { name, changes };
  }

  #failed(source: StatementText, message: string, offset: number): void {
    this.#statements.push({
      span: source.span,
      kind: undefined,
      changes: [{ kind: "unclear", names: namesIn(source.text) }],
      operations: [],
    });
    this.#unparsed.push(source.span);
    const start = Math.min(source.start + offset, source.span.end - 1);
    const word = /^[\p{L}\p{N}_$]+/u.exec(source.text.slice(start - source.start))?.[0];
    // A word in the wrong place may be right in the dialect that nothing else shows, and a template has marks of its own; an open
    // parenthesis is wrong in all of them.
    const another =
      this.#dialect !== "postgresql" &&
      (word !== undefined || source.text.includes("\\'") || TEMPLATE_MARKS.includes(source.text.charAt(start - source.start)));
    if (another || this.#problems.length >= MOST_PROBLEMS) return;
    this.#problems.push({
      span: { start, end: start + (word?.length ?? 1) },
      message: `PostgreSQL does not read this statement: ${message}`,
      severity: this.#dialect === "postgresql" ? "warning" : "information",
      dialect: "postgresql",
    });
  }

  #addRows(table: string, rows: number): void {
    const name = table.toLowerCase();
    if (rows > 0) this.#rows.set(name, Math.min(MANY_ROWS, (this.#rows.get(name) ?? 0) + rows));
  }
}

/** `@schema.table` of SqlRender and T-SQL, `{{table}}`, `[table]`, `#temp`. */
const TEMPLATE_MARKS = "@{}[#`";

const INSERT = /^INSERT\s+INTO\s+((?:"[^"]+"|[\w$]+)(?:\s*\.\s*(?:"[^"]+"|[\w$]+))?)/i;

/** The tables that the body of a function adds rows to, as far as its text names them. */
const tablesInserted = (text: string): readonly string[] => [
  ...new Set([...text.matchAll(/\binsert\s+into\s+([\w$."]+)/gi)].map(([, name = ""]) => lastName(name).toLowerCase())),
];

const lastName = (qualified: string): string => qualified.slice(qualified.lastIndexOf(".") + 1).replace(/["\s]/g, "");

function insertedRows(statement: InsertStmt): number {
  const query = statement.selectStmt;
  if (query === undefined || !("SelectStmt" in query)) return 1;
  const { valuesLists, fromClause } = query.SelectStmt;
  if (valuesLists !== undefined) return valuesLists.length;
  return fromClause === undefined ? 1 : MANY_ROWS;
}

/** The rows of an INSERT that is not parsed: the parenthesised lists behind VALUES. */
function rowsOf(text: string, from: number): number {
  const source = new StatementText(text, 0);
  const values = source.find("VALUES", from);
  if (values === undefined) return MANY_ROWS;
  let rows = 0;
  let at = skipBlank(text, values + "VALUES".length);
  while (text[at] === "(") {
    rows++;
    at = skipBlank(text, source.elementEnd(at));
    if (text[at] !== ",") break;
    at = skipBlank(text, at + 1);
  }
  return rows;
}
