import type { SqlParser } from "../../syntax/sql/sql.ts";
import type { Span } from "../../text/positions.ts";
import type { Extracted, FileProblem } from "../fileFacts.ts";
import { namesIn } from "../sql/blocks/doBlock.ts";
import { runsOnPostgres } from "../sql/changesets.ts";
import { sqlScript } from "../sql/extract.ts";
import type { Changeset } from "../sql/operationFacts.ts";
import type { InsertedRows, SqlFacts, SqlStatement } from "../sql/sqlFacts.ts";
import type { ChangelogStep, Condition } from "./changelogFacts.ts";
import { changesOf } from "./changes.ts";
import { nameOf } from "./columns.ts";
import { asksForIndex, namesPostgres, runsInContexts, verdictOf } from "./conditions.ts";
import { appendedIn, withAppended } from "./modified.ts";
import { attribute, type ChangeNode, changelogIn, childNode } from "./nodes.ts";
import { operationsOf } from "./operations.ts";
import { filledIn } from "./properties.ts";

/** Reads a change log of Liquibase in XML, YAML or JSON as what it does on PostgreSQL. Other files have no statements. */
export function changelogFacts(file: string, text: string, parser: SqlParser): Extracted<SqlFacts> {
  const { nodes, quoting, problems } = changelogIn(file, text);
  if (nodes === undefined) return { facts: { ...NOTHING, liquibase: false }, unparsed: [], problems: [] };
  const [first] = problems;
  const lost = first === undefined ? [] : namesIn(text.slice(first.span.start));
  const read = new ChangelogReader(nodes, quoting, parser).read(lost);
  const said = problems.slice(0, MOST_PROBLEMS).map(({ span, message }) => ({ span, message, severity: "warning" as const }));
  return { ...read, problems: [...said, ...read.problems] };
}

/** What follows the first mistake is rarely one of its own. */
const MOST_PROBLEMS = 3;

const NOTHING: SqlFacts = { dialect: "unknown", liquibase: true, changesets: [], statements: [], insertedRows: [] };

class ChangelogReader {
  readonly #nodes: readonly ChangeNode[];
  readonly #quoting: string | undefined;
  readonly #parser: SqlParser;
  readonly #properties = new Map<string, string>();
  readonly #steps: ChangelogStep[] = [];
  readonly #changesets: Changeset[] = [];
  readonly #statements: SqlStatement[] = [];
  readonly #rows = new Map<string, InsertedRows>();
  readonly #unparsed: Span[] = [];
  readonly #problems: FileProblem[] = [];
  #names = false;

  constructor(nodes: readonly ChangeNode[], quoting: string | undefined, parser: SqlParser) {
    this.#nodes = nodes;
    this.#quoting = quoting;
    this.#parser = parser;
  }

  /** `lost` are names in what could not be read. */
  read(lost: readonly string[]): Extracted<SqlFacts> {
    const elsewhere = verdictOf(this.#nodes.find(({ name }) => name === "preConditions")) === "never";
    if (elsewhere) return { facts: { ...NOTHING, dialect: "other" }, unparsed: [], problems: [] };
    for (const node of this.#nodes) this.#property(node);
    for (const node of this.#nodes) this.#top(node);
    if (lost.length > 0)
      this.#add([{ span: { start: 0, end: 0 }, kind: undefined, changes: [{ kind: "unclear", names: lost }], operations: [] }]);
    const properties = [...this.#properties].map(([name, value]) => ({ name, value }));
    const changelog = { steps: this.#steps, properties, ...(this.#names && { namesPostgres: true as const }) };
    const insertedRows = [...this.#rows.values()];
    return {
      facts: { ...NOTHING, changesets: this.#changesets, statements: this.#statements, insertedRows, changelog },
      unparsed: this.#unparsed,
      problems: this.#problems,
    };
  }

  #property(node: ChangeNode): void {
    const name = attribute(node, "name");
    const value = attribute(node, "value");
    if (node.name !== "property" || name === undefined || value === undefined || !this.#runs(node)) return;
    if (!this.#properties.has(name)) this.#properties.set(name, value);
  }

  /** Whether PostgreSQL is among the databases of an element, and among its contexts where those are databases. */
  #runs(node: ChangeNode): boolean {
    const [dbms, contexts] = [attribute(node, "dbms"), contextsOf(node)];
    this.#names ||= namesPostgres(dbms, contexts);
    return runsOnPostgres(dbms) && runsInContexts(contexts);
  }

  #top(node: ChangeNode): void {
    const path = attribute(node, node.name === "includeAll" ? "path" : "file");
    if (node.name === "changeSet")
      this.#changeset(this.#filled(node, (attribute(node, "objectQuotingStrategy") ?? this.#quoting) === "QUOTE_ONLY_RESERVED_WORDS"));
    else if ((node.name === "include" || node.name === "includeAll") && path !== undefined && this.#runs(node))
      this.#include(node, path, conditionOf(node));
  }

  #include(node: ChangeNode, path: string, condition: Condition): void {
    const relative = /^true$/i.test(attribute(node, "relativeToChangelogFile") ?? "");
    const script = node.name === "sqlFile" ? { script: true as const } : {};
    this.#steps.push({ kind: node.name === "includeAll" ? "folder" : "file", path, relative, at: node.at, ...script, ...condition });
  }

  #changeset(node: ChangeNode): void {
    const preconditions = childNode(node, "preConditions");
    const conditions = verdictOf(preconditions);
    if (!this.#runs(node) || conditions === "never") return;
    const condition = conditionOf(node);
    const dbms = attribute(node, "dbms");
    this.#changesets.push({
      name: `${attribute(node, "author") ?? ""}:${attribute(node, "id") ?? ""}`,
      at: node.attributes.get("id")?.at ?? node.at,
      span: node.span,
      transactional: !/^false$/i.test(attribute(node, "runInTransaction") ?? ""),
      ...condition,
      ...(dbms === undefined ? {} : { dbms }),
      ...(preconditions === undefined ? {} : { asks: asksForIndex(preconditions) ? ("index" as const) : ("other" as const) }),
    });
    const around = { guarded: conditions === "asks", condition, appended: appendedIn(node) };
    for (const child of node.children) {
      if (child.name === "changes") for (const change of child.children) this.#change(change, around);
      else this.#change(child, around);
    }
  }

  #change(node: ChangeNode, { guarded, condition, appended }: Around): void {
    switch (node.name) {
      case "sql":
      case "createProcedure":
        if (this.#runs(node) && node.body !== undefined) this.#sql(node.body);
        break;
      case "sqlFile": {
        const path = attribute(node, "path");
        if (path !== undefined && this.#runs(node)) this.#include(node, path, condition);
        break;
      }
      case "insert":
      case "loadData":
        // Rows of a context are sample data. How many a file has is not read.
        if (condition.contexts === undefined && this.#runs(node)) {
          const table = nameOf(attribute(node, "tableName") ?? "").toLowerCase();
          this.#addRows(node.name === "insert" ? { table, rows: 1 } : { table, rows: 2, atLeast: true });
        }
        break;
      case "rollback":
      case "modifySql":
        break;
      default: {
        const changes = changesOf(node, guarded).map((change) => (appended === "" ? change : withAppended(change, appended)));
        const operations = operationsOf(node, changes);
        if (changes.length + operations.length > 0) this.#add([{ span: node.span, kind: node.name, changes, operations }]);
      }
    }
  }

  #sql({ text, start }: { readonly text: string; readonly start: number }): void {
    const { facts, unparsed, problems } = sqlScript(text, start, "postgresql", this.#parser);
    this.#add(facts.statements);
    for (const added of facts.insertedRows) this.#addRows(added);
    this.#unparsed.push(...unparsed);
    this.#problems.push(...problems);
  }

  #add(statements: readonly SqlStatement[]): void {
    const from = this.#statements.length;
    this.#statements.push(...statements);
    const last = this.#steps.at(-1);
    if (last?.kind === "statements") this.#steps[this.#steps.length - 1] = { ...last, to: this.#statements.length };
    else this.#steps.push({ kind: "statements", from, to: this.#statements.length });
  }

  #addRows(added: InsertedRows): void {
    const known = this.#rows.get(added.table);
    this.#rows.set(added.table, { ...known, ...added, rows: (known?.rows ?? 0) + added.rows });
  }

  /**
   * The node with the properties of this file put in; those of other files stay, see `model/schema/liquibase.ts`. Names that are never
   * quoted lose their capitals.
   */
  #filled(node: ChangeNode, unquoted: boolean): ChangeNode {
    if (this.#properties.size === 0 && !unquoted) return node;
    const fill = (name: string, text: string): string => {
      const filled = filledIn(text, (property) => this.#properties.get(property));
      return unquoted && NAMES.test(name) ? filled.toLowerCase() : filled;
    };
    const attributes = new Map([...node.attributes].map(([name, { text, at }]) => [name, { text: fill(name, text), at }] as const));
    return { ...node, attributes, children: node.children.map((child) => this.#filled(child, unquoted)) };
  }
}

/** What a change set says of all its changes. */
/** Where a changeset, or what is included, runs. */
function conditionOf(node: ChangeNode): Condition {
  const [contexts, labels] = [contextsOf(node), attribute(node, "labels")];
  return { ...(contexts === undefined ? {} : { contexts }), ...(labels === undefined ? {} : { labels }) };
}

interface Around {
  /** Its preconditions ask for something that the fold cannot know. */
  readonly guarded: boolean;
  readonly condition: Condition;
  /** What stands behind each statement. */
  readonly appended: string;
}

const contextsOf = (node: ChangeNode): string | undefined =>
  attribute(node, "context") ?? attribute(node, "contexts") ?? attribute(node, "contextFilter");

const NAMES = /names?$|^references$/i;
