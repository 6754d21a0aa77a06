import type { SchemaModel } from "../../schema/schemaModel.ts";
import type { TypeIndex } from "../../types/typeIndex.ts";
import { type Attribute, type Entity, idColumns } from "../mapping/entity.ts";
import { uniqueKeys } from "../mapping/uniqueKeys.ts";
import type { PersistenceModel } from "../persistenceModel.ts";
import type { Selection } from "../repositories/selection.ts";
import { fixedColumns, type NamedColumn, type Scan } from "../scans/query.ts";

/** The parts of the model that know which columns tell one row from all others. */
interface Parts {
  readonly persistence: PersistenceModel;
  readonly types: TypeIndex;
  readonly schema: SchemaModel;
}

/** An attribute that code goes through, and whose it is. */
interface Step {
  readonly owner: Entity;
  readonly attribute: Attribute;
}

/** Whether the rows of a query, or most of them, lead to one and the same entity at the end of a way, or to those that the caller has. */
export function isSharedByRows(parts: Parts, selection: Selection, way: readonly Step[], gap: Step, near: string): boolean {
  const [first] = way;
  if (first === undefined) return false;
  const { persistence } = parts;
  if (isOneForAll(persistence, selection, first.attribute) || isOneBehind(parts, selection, first.attribute, near)) return true;
  // `where t.details.account.id = :id`, and `t.getEntry().getAccount().getEntries()`: another way to whom the caller asks for.
  return (
    isAskedWith(persistence, selection, first.attribute) ||
    (way.indexOf(gap) > 1 && selection.source !== "native" && asksForOne(parts, selection, gap.owner, near))
  );
}

/** `findByOwner(owner)`, `findByOwnerIsNull()`: all rows have the same one, or none. */
export function isOneForAll(persistence: PersistenceModel, selection: Selection, { kind, columns }: Attribute): boolean {
  if (kind !== "toOne" || columns.length === 0) return false;
  const fixed = fixedColumns(scansOf(persistence, selection));
  return columns.every((column) => fixed.includes(column));
}

/** `findByOwnerEmail(email)`, where no two owners have one email. */
export function isOneBehind(parts: Parts, selection: Selection, { kind, columns, type }: Attribute, near: string): boolean {
  // Of SQL it is not known what a column is compared with: a value, or what a subquery in FROM gives for each row.
  const isOwn = kind === "toOne" && columns.length > 0 && selection.source !== "native";
  const target = isOwn ? parts.persistence.entity(type) : undefined;
  if (target === undefined) return false;
  const scans = scansOf(parts.persistence, selection);
  const joined = (scans[0]?.tests ?? []).flatMap(({ test, column }) => (test === "join" ? [column] : []));
  if (!columns.every((column) => joined.includes(column))) return false;
  const root = parts.persistence.entity(selection.entity);
  const others = (root?.attributes ?? []).filter(
    (other) => other.type === type && other.columns.join() !== columns.join() && other.columns.some((column) => joined.includes(column)),
  );
  return others.length === 0 && isFoundByKey(parts, scans, target, near);
}

/** `findByCrewIdAndStart(id, start)`: what two values narrow, neither a state nor a tenant, is a handful of rows. */
export function isNarrowed(persistence: PersistenceModel, selection: Selection): boolean {
  const scans = scansOf(persistence, selection);
  const fixed = scans.flatMap(({ table, tests }) =>
    tests
      .filter(({ test, constant, fewValues, column }) => test === "equals" && !constant && !fewValues && !/tenant|realm/.test(column))
      .map(({ column }) => `${table}.${column}`),
  );
  return new Set(fixed).size > 1;
}

/** `findByOwnerIn(owners)`: whoever asks for the rows of some owners has these. */
function isAskedWith(persistence: PersistenceModel, selection: Selection, { kind, columns, type }: Attribute): boolean {
  if (kind !== "toOne" || columns.length === 0 || selection.given?.includes(type) !== true) return false;
  const tests = scansOf(persistence, selection)[0]?.tests ?? [];
  return columns.every((column) => tests.some((one) => one.test === "in" && one.column === column));
}

/** Whether the query asks for the rows of one entity of a class, by whichever way. */
function asksForOne(parts: Parts, selection: Selection, target: Entity, near: string): boolean {
  const { persistence } = parts;
  const scans = scansOf(persistence, selection);
  if (isFoundByKey(parts, scans, target, near)) return true;
  const root = persistence.entity(selection.entity);
  if (root === undefined) return false;
  const below = root.attributes.flatMap(({ kind, type }) => (kind === "toOne" ? (persistence.entity(type) ?? []) : []));
  const isKey = ({ table, column }: NamedColumn): boolean =>
    (table === target.table && idColumns(target).join() === column) ||
    [root, ...below].some(({ attributes }) =>
      attributes.some(
        (one) => one.kind === "toOne" && one.table === table && one.type === target.qualified && one.columns.join() === column,
      ),
    );
  if (scans.some(({ table, tests }) => tests.some(({ test, column }) => test === "equals" && isKey({ table, column })))) return true;
  const { repository, method, parameters } = selection;
  return (persistence.query(repository, method, parameters)?.remarks ?? []).some(
    (remark) => remark.kind === "either" && remark.arms.every((arm) => arm.some((one) => one.test === "equals" && isKey(one))),
  );
}

/** Whether a key of an entity is asked for, but for the columns of it that have few values. */
function isFoundByKey({ types, schema }: Parts, scans: readonly Scan[], target: Entity, near: string): boolean {
  const scan = scans.find(({ table, tests }, i) => i > 0 && table === target.table && tests.some(({ test }) => test === "equals"));
  if (scan === undefined) return false;
  const equal = scan.tests.flatMap(({ test, column, fewValues, folded }) =>
    test === "equals" && folded === undefined ? [{ column, fewValues }] : [],
  );
  const few = target.attributes.flatMap((attribute) => (attribute.fewValues ? attribute.columns : []));
  const declared = (schema.table(target.table, near)?.indexes ?? [])
    .filter(({ unique, predicate }) => unique && predicate === undefined)
    .map(({ keys }) => keys.map(({ column }) => column ?? ""));
  return [...uniqueKeys(types, target), ...declared].some(
    (key) =>
      key.some((column) => equal.some((one) => one.column === column && !one.fewValues)) &&
      key.every((column) => few.includes(column) || equal.some((one) => one.column === column)),
  );
}

/** What a selection's query asks of tables. */
const scansOf = (persistence: PersistenceModel, { asked, repository, method, parameters }: Selection): readonly Scan[] =>
  asked ?? persistence.query(repository, method, parameters)?.scans ?? [];
