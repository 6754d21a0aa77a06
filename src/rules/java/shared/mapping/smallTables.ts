import type { Model } from "../../../../model/model.ts";
import type { FetchGap } from "../../../../model/persistence/loading/fetchGaps.ts";
import type { Entity } from "../../../../model/persistence/mapping/entity.ts";
import type { Table } from "../../../../model/schema/schema.ts";

/** Rows below which all of them are soon loaded, or counted. */
const FEW_ROWS = 10_000;

/** Whether a table is known to stay small: by its migrations, by who adds rows to it, or as the project declares it. */
export function isSmallTable(model: Model, table: string | undefined, near: string): boolean {
  const known = table === undefined ? undefined : model.schema.table(table, near);
  return known === undefined ? isToldSmall(model, table, near) : model.growth.isHandful(known);
}

/** Whether a table is small as the project declares it, or by its checks and seeds alone: a query for it costs no more than its way. */
export function isToldSmall(model: Model, table: string | undefined, near: string): boolean {
  if (table === undefined) return false;
  const known = model.schema.table(table, near);
  return known === undefined ? (model.tableSizes.rowsOf(table) ?? Number.POSITIVE_INFINITY) < FEW_ROWS : model.tableSizes.isSmall(known);
}

/**
 * A list of words to choose from: a key, a name, and what is shown with it; who made it, when, and whether it is still offered. Such rows
 * refer to nothing, and somebody has typed each of them.
 */
export function isVocabulary({ columns, foreignKeys, indexes }: Table): boolean {
  const keys = indexes.filter(({ constraint }) => constraint === "primary").flatMap((index) => index.keys.map(({ column }) => column));
  return foreignKeys.length === 0 && areWords([...columns.keys()].filter((name) => !keys.includes(name)));
}

/** The same by the mapping, where no table is known. */
export const isVocabularyMapped = ({ attributes }: Entity): boolean =>
  attributes.every(({ kind }) => kind !== "toOne") && areWords(attributes.flatMap(({ id, columns }) => (id ? [] : columns)));

function areWords(columns: readonly string[]): boolean {
  const own = columns.filter((name) => !BESIDES.test(name));
  return own.some((name) => NAMES.test(name)) && own.every((name) => NAMES.test(name) || SHOWN.test(name));
}

const NAMES = /^(?!first_|last_|full_|user_)(?:\w+_)?(?:name|title|label)$/;
const SHOWN = /^(?:\w+_)?(?:code|slug|description|abbreviation|symbol|icon|image|color|colour)(?:_url|_path)?$/;
const BESIDES =
  /^(?:version|(?:is_)?(?:active|enabled|deleted|visible|default)|(?:last_)?(?:created|updated|modified|changed|deleted)(?:_?(?:at|on|by|date|time|user))?|(?:sort|display)_?order|position)$/;

/** Kinds, settings and places in the world: what stays few, whatever the application does. By the last word of the name. */
const LOOKUPS: ReadonlySet<string> = new Set(
  (
    "type kind status state reason gender priority role permission privilege authority locale language country nation nationality currency category setting conf config configuration property " +
    "parameter feature flag level unit region zone plan template provider plugin specialty lookup dict dictionary codelist codebook format macro migration lock option tier department departement dept menu catalog catalogue faq"
  ).split(" "),
);

/** Whether an entity's name says that there are few of it. */
export function isLookup(name: string): boolean {
  const words = wordsOf(name.replace(/(?<=.)(?:Entity|Dto|Model|Record|Bean)$/, ""));
  // Codes of statuses are few, those that somebody is sent are not.
  const last = (/^codes?$/.test(words.at(-1) ?? "") ? words.at(-2) : words.at(-1)) ?? "";
  return [last, last.replace(/s$/, ""), last.replace(/ies$/, "y"), last.replace(/es$/, "")].some((word) => LOOKUPS.has(word));
}

/** `ActivityCode` with the code itself as its key, and what is shown for it: somebody has typed each of them. */
export const isCodeList = (entity: Entity | undefined): boolean =>
  entity !== undefined &&
  /(?<=.)Code(?:Entity)?$/.test(entity.name) &&
  entity.attributes.some(({ id, type }) => id && /^(?:java\.lang\.)?String$/.test(type)) &&
  entity.attributes.some(({ name }) => /^(?:label|description|displayOrder|sortOrder)$/.test(name));

/** Whether what a reference leads to is soon loaded, whoever refers to it: few rows end in the session's cache after few queries. */
export const leadsToFew = (model: Model, gap: FetchGap, near: string): boolean => leadsToKind(gap) || leadsToSmall(model, gap, near);

/** Whether a reference leads to a table that is known to stay small. */
export const leadsToSmall = (model: Model, { attribute, target }: FetchGap, near: string): boolean =>
  attribute.kind === "toOne" && target !== undefined && isSmallTable(model, target.table, near);

/** Whether a reference leads to what its name says there is little of. */
export const leadsToKind = ({ attribute, target }: FetchGap): boolean =>
  attribute.kind === "toOne" && target !== undefined && isKind(target);

/** Whether an entity's name says that there are few of it, and none of them is somebody's: templates that members write are many. */
export const isKind = (entity: Entity): boolean => isLookup(entity.name) && !isSomebodys(entity);

/** Categories that each member makes for itself are no kinds of the application; who made or changed one does not own it. */
const isSomebodys = ({ attributes }: Entity): boolean =>
  attributes.some(
    ({ kind, type, name, mappedBy }) =>
      kind === "toOne" &&
      mappedBy === undefined &&
      !/By$|creat|updat|modif|chang|audit/i.test(name) &&
      PEOPLE.has(wordsOf(type.slice(type.lastIndexOf(".") + 1).replace(/(?<=.)(?:Entity|Dto|Model)$/, "")).at(-1) ?? ""),
  );

const PEOPLE: ReadonlySet<string> = new Set("user member account customer person".split(" "));

/** The words of a name in camel or snake case, in lower case. */
export const wordsOf = (name: string): readonly string[] =>
  name
    .replace(/(?<=\p{Ll})\p{Lu}/gu, (capital) => `_${capital}`)
    .toLowerCase()
    .split("_");
