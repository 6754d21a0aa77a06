import type { Model } from "../../../../model/model.ts";
import type { Column, ForeignKey, Table } from "../../../../model/schema/schema.ts";
import { isLookup, wordsOf } from "../../../java/shared/mapping/smallTables.ts";

/**
 * Whether a table's name says that its rows are few, and its foreign keys do not say otherwise: units of a survey refer to its addresses and
 * to who visits them, states of an order have the day on which each of them began (InseeFr/Pearl-Jam-Back-Office).
 */
export const isKindByName = (table: Table): boolean => isLookup(table.name) && !isOfThings(table);

function isOfThings(table: Table): boolean {
  const { columns, foreignKeys } = table;
  const own = foreignKeys.filter((key) => !key.columns.some((column) => AUTHORS.test(column)) && isOfThing(key, table));
  const things = [...new Set(own.map(({ parent }) => parent))];
  return things.length > 1 || (things.length > 0 && [...columns.values()].some(isMoment));
}

/** Whether a table has as many rows as there are of another, or more: settings of a device, not those of a tenant. */
export const isOfThing = ({ parent }: ForeignKey, { key }: Table): boolean =>
  parent !== key && !isLookup(parent) && !TENANTS.has(wordsOf(parent).at(-1) ?? "");

/**
 * Whether a table is sure to be a list of kinds as far as its name and its foreign keys tell: plans and templates may be things of their
 * own, categories those of each event, roles those of each user.
 */
export function isPlainKind(table: Table): boolean {
  const words = wordsOf(table.name);
  const last = words.findLast((word) => word !== "") ?? "";
  const isNamed = [last, last.replace(/s$/, ""), last.replace(/ies$/, "y"), last.replace(/es$/, "")].some((word) => PLAIN.has(word));
  if (!isNamed || words.some((word) => PEOPLE.test(word))) return false;
  return table.foreignKeys.every((key) => key.columns.some((column) => AUTHORS.test(column)) || !isOfThing(key, table));
}

const PLAIN: ReadonlySet<string> = new Set(
  (
    "type kind status state reason gender sex priority severity role permission privilege authority locale language country nationality " +
    "currency category lookup dict dictionary codelist codebook"
  ).split(" "),
);
const PEOPLE = /^(?:user|member|account|person|people|customer|employee)s?$/;

const AUTHORS = /creat|updat|modif|chang|delet|author|editor|owner|audit/;

/** A project has a handful of roles for each of those. */
const TENANTS: ReadonlySet<string> = new Set(
  "tenant tenants organisation organisations organization organizations org company companies account accounts client clients site sites project projects workspace workspaces".split(
    " ",
  ),
);

/** When something happened: not when its row was written, nor for how long it holds. */
const isMoment = ({ name, type }: Column): boolean =>
  /^(?:timestamp|date|int8)/.test(type) && /^(?:date|time|timestamp|at|(?:occurred|happened|entered|reached)_(?:at|on|date))$/.test(name);

/**
 * Whether a table says of short codes what they mean, and nothing besides: regions, court types, reasons. Nobody adds such rows at run time
 * by the thousand (hmcts/rd-location-ref-api fills them from files). Where somebody has told how many rows it has, that counts.
 */
export function isCodeList({ name, columns, foreignKeys, indexes, kind }: Table, { tableSizes }: Model): boolean {
  if (tableSizes.rowsOf(name) !== undefined) return false;
  const primary = indexes.find(({ constraint }) => constraint === "primary");
  const key = primary?.keys.length === 1 ? columns.get(primary.keys[0]?.column ?? "") : undefined;
  if (kind !== "table" || key === undefined || !isShortCode(key) || foreignKeys.length > 0 || columns.size > MOST_COLUMNS) return false;
  const others = [...columns.values()].filter((column) => column !== key);
  return others.some(isLabel) && others.every((column) => isLabel(column) || isBeside(column));
}

const MOST_COLUMNS = 12;

/** The key of a thing is longer: a UUID has 36 characters, an IBAN up to 34. */
const isShortCode = ({ type }: Column): boolean => {
  const length = /^(?:varchar|bpchar|char)\((\d+)\)$/.exec(type)?.[1];
  return type === "int2" || (length !== undefined && Number(length) <= LONGEST_CODE);
};
const LONGEST_CODE = 20;

const isLabel = ({ name, type }: Column): boolean => /^(?:text|varchar|bpchar)/.test(type) && LABELS.has(wordsOf(name).at(-1) ?? "");
const LABELS: ReadonlySet<string> = new Set("name label title description desc text meaning explanation type status category".split(" "));

/** Whether it is in use, since when, and where it stands in the list. */
const isBeside = ({ name, type }: Column): boolean =>
  /^(?:bool|timestamp|date)/.test(type) || (/^int/.test(type) && /(?:order|sort|position|rank|version)/i.test(name));

/** Whether a table's name says that it keeps what was: rows are written once and hardly ever looked for. */
export const isHistory = ({ name }: Table): boolean => HISTORY.test(wordsOf(name).join("_"));
const HISTORY =
  /(?:^|_)(?:history|hist|audits?|aud|logs?|archived?|journal|audit_?(?:logs?|trails?|details?|events?|entry|entries|records?|messages?))$/;
