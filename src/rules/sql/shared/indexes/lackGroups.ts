import type { JavaFile } from "../../../../facts/fileFacts.ts";
import type { Model } from "../../../../model/model.ts";
import { hasFewValues } from "../../../../model/persistence/scans/indexNeed.ts";
import type { Query, Scan } from "../../../../model/persistence/scans/query.ts";
import type { Schema } from "../../../../model/schema/schema.ts";
import { isTestFile } from "../../../../model/schema/sets/settings.ts";
import { fileOf } from "../queries/declarations.ts";
import { queriesBeside, schemaOf } from "../queries/queries.ts";
import { type Lack, lacksOf } from "./lacks.ts";
import { isAskedBy, isLoudKey } from "./unindexedKeys.ts";

/** The query that speaks for all of a file that lack one index. */
export interface LackGroup extends Lack {
  readonly file: JavaFile;
  readonly others: readonly Lack[];
}

export const queriesOf = ({ query, others }: LackGroup): readonly Query[] => [query, ...others.map((other) => other.query)];

/** One index may serve several methods: the one that wants most of it speaks for all that want the same leading column. */
export function lackGroups(queries: readonly Query[], schema: Schema, model: Model, file: JavaFile): readonly LackGroup[] {
  const groups = new Map<string, Lack[]>();
  for (const lack of queries.flatMap((one) => lacksOf(one, schema, model, file.file))) {
    if (isSaidByKey(lack, schema.id, model)) continue;
    const group = groups.get(indexOf(lack));
    if (group === undefined) groups.set(indexOf(lack), [lack]);
    else if (!group.some((other) => other.query === lack.query)) group.push(lack);
  }
  return withNearlySame(withSameColumns([...groups.values()])).map((group) => {
    // Who has no index at all says it louder than who has a weak one.
    const without = group.filter(({ need }) => (need.weak ?? need.ranged) === undefined);
    const leading = (without[0] ?? group[0])?.need.columns[0];
    const asking = (without.length > 0 ? without : group).filter(({ need }) => need.columns[0] === leading);
    const most = Math.max(...asking.map(({ need }) => need.columns.length));
    const speaker = asking.find(({ need }) => need.columns.length === most) as Lack;
    return { file, others: group.filter((lack) => lack !== speaker), ...speaker };
  });
}

/** `day = ? and source = ?` is found by the index of `source = ? and day < ?`: what only equals something may stand in any order. */
function withSameColumns(groups: readonly (readonly Lack[])[]): readonly (readonly Lack[])[] {
  const left = [...groups];
  for (const group of [...groups].reverse()) {
    const at = left.indexOf(group);
    const other = left.findIndex((one) => one !== group && one.some((lack) => isPlain(lack) && group.every((two) => isFoundBy(two, lack))));
    if (at < 0 || other < 0) continue;
    left.splice(other, 1, [...(left[other] ?? []), ...group]);
    left.splice(at, 1);
  }
  return left;
}

/** Whether a query is found as well by the index that another one of the table wants: its columns come first, in whatever order. */
function isFoundBy(lack: Lack, { table, need: { columns } }: Lack): boolean {
  const own = lack.need.columns;
  const isEqual = (column: string): boolean =>
    lack.query.scans.some(
      (scan) =>
        scan.table === table.key &&
        scan.tests.some(({ test, column: tested }) => tested === column && (test === "equals" || test === "in")),
    );
  return lack.table === table && isPlain(lack) && own.every((column) => columns.slice(0, own.length).includes(column) && isEqual(column));
}

const isPlain = ({ need }: Lack): boolean =>
  !need.orderOnly && need.flags.length === 0 && (need.walked ?? need.weak ?? need.ranged ?? need.turned) === undefined;

/**
 * `kind = :kind and time > :since` is found nearly as well by an index on the time, where others ask for the time alone: of a few kinds each
 * has many rows. What is waiting (`status = 'OPEN'`) may be few among all.
 */
function withNearlySame(groups: readonly (readonly Lack[])[]): readonly (readonly Lack[])[] {
  const nextOf = ({ query, table, need }: Lack): string | undefined => {
    if (need.orderOnly || need.walked !== undefined || need.flags.length > 0) return undefined;
    const isFew = (column: string): boolean =>
      hasFewValues({ column, fewValues: false }, table) &&
      query.scans.every(({ tests }) => tests.every((test) => test.column !== column || !test.constant));
    const next = need.columns.findIndex((column) => !isFew(column));
    return next > 0 ? `${table.name} ${need.columns[next]}` : undefined;
  };
  const joined = groups.filter((group) => {
    const next = nextOf(group[0] as Lack);
    return next !== undefined && group.every((lack) => nextOf(lack) === next) && groups.some(([first]) => leadOf(first as Lack) === next);
  });
  return groups
    .filter((group) => !joined.includes(group))
    .map((group) => [...group, ...joined.filter(([first]) => nextOf(first as Lack) === leadOf(group[0] as Lack)).flat()]);
}

const leadOf = ({ table, need }: Lack): string | undefined =>
  need.orderOnly || need.walked !== undefined ? undefined : `${table.name} ${need.columns[0]}`;

/**
 * Those of other files that lack the same index: a class beside the interface that it implements, several repositories that join one
 * table. Files of another schema have another table.
 */
export function groupsElsewhere(group: LackGroup, schema: Schema, model: Model): readonly LackGroup[] {
  const files = new Map<string, JavaFile>();
  const [lead = ""] = group.need.columns;
  for (const query of model.tableQueries.of(group.table.name)) {
    const { at, scans } = query;
    if (at.file === group.file.file || files.has(at.file) || !scans.some((scan) => asksFor(lead, scan)) || isTestFile(at.file)) continue;
    const file = fileOf(query, model);
    if (file !== undefined && schemaOf(model, at.file)?.id === schema.id) files.set(at.file, file);
  }
  return [...files.values()].flatMap((file) => {
    const asking = queriesBeside(model, file, group.table.key);
    return lackGroups(asking, schema, model, file).filter((other) => indexOf(other) === indexOf(group));
  });
}

const asksFor = (column: string, { tests, sort, extreme }: Scan): boolean =>
  extreme === column || tests.some((test) => test.column === column) || sort.some((key) => key.column === column);

/** Whether of two files that lack one index this one says so: who has none at all, who finds rows, who wants most, whose name comes first. */
export function speaksBefore(a: LackGroup, b: LackGroup): boolean {
  const [one, other] = [rankOf(a), rankOf(b)];
  const differs = one.findIndex((value, i) => value !== other[i]);
  return differs < 0 ? a.file.file < b.file.file : (one[differs] as number) < (other[differs] as number);
}

const rankOf = (group: LackGroup): readonly number[] => [
  (group.need.weak ?? group.need.ranged) === undefined ? 0 : 1,
  queriesOf(group).every(({ kind }) => kind === "delete") ? 1 : 0,
  -group.need.columns.length,
];

const indexOf = ({ table, need }: Lack): string =>
  `${table.name} ${need.columns[0]} ${need.orderOnly || need.walked ? need.columns.join() : ""}`;

/** What rows are found by a foreign key for, sql/foreign-key-without-index says of the key, once for the queries of all files. */
const isSaidByKey = ({ need, table }: Lack, schema: string, model: Model): boolean =>
  table.foreignKeys.some((key) => isAskedBy(key, need) && isLoudKey(key, schema, table, model));
