import type { Model } from "../../../model/model.ts";
import type { Column, Table } from "../../../model/schema/schema.ts";
import { wordsOf } from "../../java/shared/smallTables.ts";

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
export const isHistory = ({ name }: Table): boolean => HISTORIES.has(wordsOf(name).at(-1) ?? "");
const HISTORIES: ReadonlySet<string> = new Set("history hist audit audits aud log logs archive archived journal".split(" "));
