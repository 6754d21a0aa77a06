/** An index that a change log of Liquibase makes or drops by an element of its own. */
export interface IndexElement {
  readonly kind: "createIndex" | "dropIndex";
  readonly index: string;
  readonly table: string;
  /** PostgreSQL's schema of the table, where the migrations name one. */
  readonly namespace: string | undefined;
  /** The keys in order, each of them a column that ascends; none where the index is dropped. */
  readonly columns: readonly string[];
  readonly unique: boolean;
}

/**
 * Whether a change log would have the element: it says its changes by elements, indexes among them, and the names mean there what they
 * mean in SQL. Liquibase quotes what has capitals and small letters, unless it is told when to, and nothing that has capitals alone.
 */
export function takesElement(text: string, { index, table, namespace, columns }: IndexElement): boolean {
  const isName = /\bobjectQuotingStrategy\b/.test(text) ? SMALL : NAME;
  return ELEMENTS.test(text) && !SQL_INDEX.test(text) && [index, table, namespace ?? "a", ...columns].every((name) => isName.test(name));
}

const ELEMENTS =
  /(?:<|-[ \t]+|")(?:create(?:Table|Index)|add(?:Column|ForeignKeyConstraint|UniqueConstraint|PrimaryKey)|drop[A-Z]\w+|rename[A-Z]\w+|modifyDataType)\b/;
const SQL_INDEX = /(?:<sql\b[^>]*>|\bsql"?:)[\s"'|>]*(?:<!\[CDATA\[\s*)?(?:create\s+(?:unique\s+)?|drop\s+)index\b/i;
const SMALL = /^[a-z_][a-z0-9_]*$/;
const NAME = /^(?=.*[a-z])[A-Za-z_]\w*$/;

/** The lines of an XML element; `unit` is one step of indentation. */
export function xmlElement(element: IndexElement, unit: string): readonly string[] {
  const attributes = Object.entries(attributesOf(element)).map(([name, value]) => ` ${name}="${value}"`);
  const tag = `${element.kind}${attributes.join("")}`;
  if (element.kind === "dropIndex") return [`<${tag}/>`];
  return [`<${tag}>`, ...element.columns.map((name) => `${unit}<column name="${name}"/>`), `</${element.kind}>`];
}

/** The lines of an item of a YAML list, without its dash. */
export function yamlElement(element: IndexElement): readonly string[] {
  const attributes = Object.entries(attributesOf(element)).map(([name, value]) => `    ${name}: ${value}`);
  const columns = element.columns.flatMap((name) => ["      - column:", `          name: ${name}`]);
  return [`${element.kind}:`, ...attributes, ...(columns.length === 0 ? [] : ["    columns:", ...columns])];
}

export function jsonElement(element: IndexElement): object {
  const columns = element.columns.map((name) => ({ column: { name } }));
  return { [element.kind]: { ...attributesOf(element), ...(columns.length === 0 ? {} : { columns }) } };
}

function attributesOf({ index, table, namespace, unique }: IndexElement): Readonly<Record<string, string | boolean>> {
  return {
    indexName: index,
    ...(namespace === undefined ? {} : { schemaName: namespace }),
    tableName: table,
    ...(unique ? { unique: true } : {}),
  };
}
