import type { ColumnDef, Constraint, IndexElem, IndexStmt, TypeName } from "libpg-query";
import type { SqlNode } from "../../syntax/sql/sql.ts";
import { collationOf, defaultOf, SERIAL } from "./defaults.ts";
import { allOf, columnsIn, constraintsOf, nameOf, namesOf, tableName, textInParentheses } from "./parseTree.ts";
import type { ColumnFact, ConstraintFact, CreateIndex, IndexFact, IndexKeyFact } from "./sqlFacts.ts";
import type { StatementText } from "./statementText.ts";

/** Columns, constraints and indexes of a parse tree as facts. */

/** A column, and the constraints that are written behind it. */
export function columnOf(column: ColumnDef, source: StatementText): { column: ColumnFact; constraints: ConstraintFact[] } {
  const name = column.colname ?? "";
  const own = constraintsOf(column);
  const type = typeOf(column.typeName);
  const filled = own.some(({ contype }) => contype === "CONSTR_NOTNULL" || contype === "CONSTR_PRIMARY" || contype === "CONSTR_IDENTITY");
  const serial = SERIAL.get(type);
  const given = serial === undefined ? defaultOf(column, own, source) : ({ kind: "serial", text: "" } as const);
  const collation = collationOf(column);
  return {
    column: {
      name,
      type: serial ?? type,
      nullable: !filled && serial === undefined,
      at: source.name(column.location),
      ...(given === undefined ? {} : { default: given }),
      ...(collation === undefined ? {} : { collation }),
    },
    constraints: own.length === 0 ? [] : withAttributes(own).flatMap((constraint) => constraintOf(constraint, source, name)),
  };
}

/** `DEFERRABLE` stands beside the constraint of a column that it belongs to. */
function withAttributes(constraints: readonly Constraint[]): readonly Constraint[] {
  if (constraints.length < 2) return constraints;
  const all: Constraint[] = [];
  for (const constraint of constraints) {
    const last = all.at(-1);
    if (last !== undefined && constraint.contype === "CONSTR_ATTR_DEFERRABLE") all[all.length - 1] = { ...last, deferrable: true };
    else if (last !== undefined && constraint.contype === "CONSTR_ATTR_DEFERRED")
      all[all.length - 1] = { ...last, deferrable: true, initdeferred: true };
    else all.push(constraint);
  }
  return all;
}

export function typeOf(type: TypeName | undefined): string {
  const name = nameOf(type?.names).toLowerCase();
  if (type?.typmods === undefined && type?.arrayBounds === undefined) return name;
  // The fields of an interval are a mask, not a length.
  const modifiers =
    name === "interval"
      ? []
      : (type?.typmods ?? []).flatMap((node): (number | string)[] => {
          // PostGIS: geometry(Point, 4326)
          if ("ColumnRef" in node) return [nameOf(node.ColumnRef.fields)];
          return "A_Const" in node && node.A_Const.ival !== undefined ? [node.A_Const.ival.ival ?? 0] : [];
        });
  // char without a length is character(1): the parser says so itself.
  return `${name}${modifiers.length > 0 ? `(${modifiers.join(",")})` : ""}${"[]".repeat(type?.arrayBounds?.length ?? 0)}`;
}

/** A constraint; `column` is the one that it is written behind, for those that name none. */
export function constraintOf(constraint: Constraint, source: StatementText, column?: string): ConstraintFact[] {
  if (constraint.contype === "CONSTR_NOTNULL" || constraint.contype === "CONSTR_DEFAULT") return [];
  const at = source.element(constraint.location);
  const name = constraint.conname;
  const columns = (nodes: readonly SqlNode[] | undefined) => {
    const named = namesOf(nodes);
    return named.length === 0 && column !== undefined ? [column] : named;
  };
  switch (constraint.contype) {
    case "CONSTR_PRIMARY":
    case "CONSTR_UNIQUE": {
      const type = constraint.contype === "CONSTR_PRIMARY" ? "primary" : "unique";
      const keys = constraint.indexname === undefined ? columns(constraint.keys).map(plainKey) : [];
      const index: IndexFact = {
        name,
        keys,
        unique: true,
        nullsNotDistinct: constraint.nulls_not_distinct === true,
        method: "btree",
        predicate: undefined,
        include: namesOf(constraint.including),
        at,
      };
      return [{ type, name, index, usingIndex: constraint.indexname, ...deferrableOf(constraint) }];
    }
    case "CONSTR_EXCLUSION": {
      const pairs = allOf(constraint.exclusions, "List").map(({ items }) => items ?? []);
      const open = source.find("(", source.offset(constraint.location));
      const written = open === undefined ? [] : source.elements(open);
      const keys = pairs.flatMap(([element], i) => {
        const text =
          written[i] && source.source(written[i].start, written[i].end).replace(/\s+WITH\s+[^\w\s].*$|\s+WITH\s+OPERATOR\s*\(.*$/is, "");
        return element !== undefined && "IndexElem" in element ? [keyOf(element.IndexElem, text)] : [];
      });
      const operators = pairs.flatMap(([, operator]) =>
        operator !== undefined && "List" in operator ? namesOf(operator.List.items).slice(-1) : [],
      );
      const where = constraint.where_clause === undefined ? undefined : source.find("WHERE", source.offset(constraint.location));
      const predicate = where === undefined ? undefined : textInParentheses(source, undefined, where);
      const method = constraint.access_method ?? "gist";
      const include = namesOf(constraint.including);
      const index = { name, keys, operators, unique: false, nullsNotDistinct: false, method, predicate, include, at };
      return [{ type: "exclusion", name, index, usingIndex: undefined, ...deferrableOf(constraint) }];
    }
    case "CONSTR_FOREIGN":
      return [
        {
          type: "foreign",
          name,
          columns: columns(constraint.fk_attrs),
          parent: tableName(constraint.pktable),
          parentColumns: namesOf(constraint.pk_attrs),
          onDelete: ACTIONS[constraint.fk_del_action ?? "a"] ?? "no action",
          onUpdate: ACTIONS[constraint.fk_upd_action ?? "a"] ?? "no action",
          at,
          ...(constraint.fk_matchtype === "f" ? { matchFull: true as const } : {}),
          ...(constraint.skip_validation === true ? { notValid: true as const } : {}),
          ...deferrableOf(constraint),
        },
      ];
    case "CONSTR_CHECK": {
      const limit = limitedValues(constraint.raw_expr);
      return [
        {
          type: "check",
          name,
          text: textInParentheses(source, constraint.location),
          columns: columnsIn(constraint.raw_expr),
          at,
          column: limit?.column,
          values: limit?.values ?? Number.POSITIVE_INFINITY,
          ...(constraint.skip_validation === true ? { notValid: true as const } : {}),
        },
      ];
    }
    default:
      return [];
  }
}

function deferrableOf(constraint: Constraint): { readonly deferrable?: "immediate" | "deferred" } {
  if (constraint.deferrable !== true && constraint.initdeferred !== true) return {};
  return { deferrable: constraint.initdeferred === true ? "deferred" : "immediate" };
}

const ACTIONS = { a: "no action", r: "restrict", c: "cascade", n: "set null", d: "set default" } as Readonly<
  Record<string, "no action" | "restrict" | "cascade" | "set null" | "set default">
>;

/** `x IN (…)`, `x = ANY (ARRAY[…])`, `x = 1`, and a boolean column alone. */
function limitedValues(expression: SqlNode | undefined): { readonly column: string; readonly values: number } | undefined {
  if (expression === undefined) return undefined;
  if ("ColumnRef" in expression) {
    const column = columnName(expression);
    return column === undefined ? undefined : { column, values: 1 };
  }
  if (!("A_Expr" in expression)) return undefined;
  const { kind, lexpr, rexpr, name } = expression.A_Expr;
  const column = columnName(lexpr);
  if (column === undefined || rexpr === undefined || namesOf(name)[0] !== "=") return undefined;
  if (kind === "AEXPR_IN" && "List" in rexpr) return { column, values: rexpr.List.items?.length ?? 0 };
  const list = "TypeCast" in rexpr ? rexpr.TypeCast.arg : rexpr;
  if (kind === "AEXPR_OP_ANY" && list !== undefined && "A_ArrayExpr" in list)
    return { column, values: list.A_ArrayExpr.elements?.length ?? 0 };
  return kind === "AEXPR_OP" && list !== undefined && "A_Const" in list ? { column, values: 1 } : undefined;
}

/** The column that an expression is, casts aside. */
function columnName(node: SqlNode | undefined): string | undefined {
  if (node === undefined) return undefined;
  if ("TypeCast" in node) return columnName(node.TypeCast.arg);
  return "ColumnRef" in node ? namesOf(node.ColumnRef.fields).at(-1) : undefined;
}

export function createIndexOf(statement: IndexStmt, source: StatementText): CreateIndex {
  const relationEnd = source.name(statement.relation?.location).end - source.start;
  const elements = allOf(statement.indexParams, "IndexElem");
  const open = elements.every(({ name }) => name !== undefined) ? undefined : source.find("(", relationEnd);
  const texts = open === undefined ? [] : source.elements(open);
  const keys = elements.map((element, i) => {
    const text = texts[i];
    return keyOf(element, text && source.source(text.start, text.end));
  });
  const where = statement.whereClause === undefined ? undefined : source.find("WHERE", relationEnd);
  return {
    kind: "createIndex",
    table: tableName(statement.relation),
    ifNotExists: statement.if_not_exists === true,
    index: {
      name: statement.idxname,
      keys,
      unique: statement.unique === true,
      nullsNotDistinct: statement.nulls_not_distinct === true,
      method: statement.accessMethod ?? "btree",
      predicate: where === undefined ? undefined : source.source(where + "WHERE".length, source.text.length),
      include: allOf(statement.indexIncludingParams, "IndexElem").map(({ name }) => name ?? ""),
      at: source.span,
      ...(statement.concurrent === true ? { concurrently: true as const } : {}),
      ...(statement.relation?.inh === true ? {} : { only: true as const }),
    },
  };
}

function keyOf(element: IndexElem, text: string | undefined): IndexKeyFact {
  const descending = element.ordering === "SORTBY_DESC";
  const nulls = element.nulls_ordering;
  const opclass = namesOf(element.opclass).at(-1);
  const collation = namesOf(element.collation).at(-1);
  // PostgreSQL takes `((a))` for the column, too.
  const plain = element.expr !== undefined && "ColumnRef" in element.expr ? columnName(element.expr) : undefined;
  const column = element.name ?? plain;
  return {
    column,
    expression: column === undefined ? expressionText(text ?? "", opclass) : undefined,
    descending,
    nullsFirst: nulls === "SORTBY_NULLS_FIRST" || (nulls !== "SORTBY_NULLS_LAST" && descending),
    opclass,
    collation,
  };
}

/** An index element without its ordering, operator class and collation. */
function expressionText(text: string, opclass: string | undefined): string {
  let expression = text.replace(/\s+NULLS\s+(FIRST|LAST)$/i, "").replace(/\s+(ASC|DESC)$/i, "");
  if (opclass !== undefined) expression = expression.replace(/\s+[\w".]+(\s*\([^()]*\))?$/, "");
  expression = expression.replace(/\s+COLLATE\s+[\w".]+$/i, "");
  return expression.trim();
}

export function plainKey(column: string): IndexKeyFact {
  return { column, expression: undefined, descending: false, nullsFirst: false, opclass: undefined, collation: undefined };
}
