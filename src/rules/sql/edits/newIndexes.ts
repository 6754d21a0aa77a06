import { makeName } from "../../../model/schema/fold/defaultNames.ts";
import type { Schema, Table } from "../../../model/schema/schema.ts";
import type { Place } from "../../../text/positions.ts";
import type { Fix } from "../../finding.ts";

/** An index that is not there yet. */
export interface NewIndex {
  /** For its name and that of its migration. */
  readonly about: readonly string[];
  /** What stands between the parentheses. */
  readonly keys: string;
  /** Where it is no btree. */
  readonly method?: string;
  /** The extension that it needs: where no migration makes it, the one of the index does before. */
  readonly extension?: string;
  /** Which rows it holds. */
  readonly where?: string;
  readonly unique?: true;
}

/** Where an index is wanted. */
export interface Creation {
  readonly table: Table;
  readonly index: NewIndex;
  /** It lies in the script that is added to where the migrations follow no scheme. */
  readonly declared: Place;
}

export interface NamedCreation extends Creation {
  readonly name: string;
}

export type Creations = readonly [Creation, ...Creation[]];

/** A fix that knows which indexes it makes. */
export interface CreationFix extends Fix {
  /** The schema's id. */
  readonly schema: string;
  readonly creations: Creations;
  readonly concurrently: boolean;
}

export const isCreation = (fix: Fix): fix is CreationFix => "creations" in fix;

/**
 * What one fix makes for itself and for those of the others that are of its kind, added to the same script: an index once, and none whose
 * work a longer one among them does. Undefined where these are its own.
 */
export function creationsTogether(
  { schema, creations, concurrently }: Omit<CreationFix, keyof Fix>,
  others: readonly Fix[],
): Creations | undefined {
  const [first] = creations;
  const like = others.filter(isCreation).filter((other) => other.schema === schema && other.concurrently === concurrently);
  const more = like.flatMap((other) => other.creations).filter(({ declared }) => declared.file === first.declared.file);
  const all = [...creations, ...more].filter(
    (one, i, every) => !every.some((other, k) => isServedBy(one, other) && (k < i || !isServedBy(other, one))),
  );
  const [own, ...rest] = all;
  return own === undefined || all.every((one) => creations.includes(one)) ? undefined : [own, ...rest];
}

/** Whether an index begins with the keys of another one. */
function isServedBy(one: Creation, other: Creation): boolean {
  if (one === other || one.table.key !== other.table.key) return false;
  const isSame = indexTitle(one) === indexTitle(other);
  const isPlain = [one.index, other.index].every(({ method, where, unique }) => method === undefined && where === undefined && !unique);
  return isSame || (isPlain && other.index.keys.startsWith(`${one.index.keys}, `));
}

/** "Create index on parcels (owner_id)", or how many. */
export function creationTitle(creations: Creations): string {
  const [only, ...more] = creations;
  if (more.length === 0) return indexTitle(only);
  return `Create ${creations.length} ${creations.every(({ index }) => index.unique === true) ? "unique indexes" : "indexes"}`;
}

function indexTitle({ table: { name }, index: { keys, where, unique } }: Creation): string {
  const rows = where === undefined ? "" : ` where ${where.replaceAll('"', "")}`;
  return `Create ${unique === true ? "unique index" : "index"} on ${name} (${keys.replaceAll('"', "")})${rows}`;
}

/** What the migration that makes them is named after. */
export function creationDescription(creations: Creations): string {
  const [{ table, index }, ...more] = creations;
  return more.length === 0 ? `add_index_${table.name}_${index.about.join("_")}` : `add_${creations.length}_indexes`;
}

/** Each with a name that no other index of the schema has, and none of the others. */
export function namedCreations(creations: Creations, schema: Schema): readonly NamedCreation[] {
  const taken = new Set([...schema.tables.values()].flatMap(({ indexes }) => indexes.map(({ name }) => name.toLowerCase())));
  return creations.map((creation) => {
    const wanted = makeName(`idx_${creation.table.name}`, creation.index.about.join("_"), "");
    let name = wanted;
    for (let i = 2; taken.has(name.toLowerCase()); i++) name = makeName(wanted, String(i), "");
    taken.add(name.toLowerCase());
    return { name, ...creation };
  });
}
