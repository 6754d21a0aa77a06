import { sqlName } from "../mapping/naming.ts";
import type { Naming } from "./statementScans.ts";

const INSERTS = /\b(?:insert|merge|replace)\s+into\s+([\w$."`]+)/gi;

/** The tables that a statement adds rows to, behind a WITH, too; undefined where there are none. */
export function tablesInserted(text: string, { language, entityNamed, entities }: Naming): readonly string[] | undefined {
  if (!/\binto\b/i.test(text)) return undefined;
  const named = [...text.matchAll(INSERTS)].map(([, name = ""]) => name);
  const tables = named.map((name) => {
    const qualified = language === "jpql" ? entityNamed(name) : undefined;
    return (qualified && entities(qualified)?.table) || sqlName(name.slice(name.lastIndexOf(".") + 1));
  });
  return tables.length === 0 ? undefined : [...new Set(tables)];
}
