import type { Place } from "../../../text/positions.ts";
import { annotationNamed } from "../../types/constants.ts";
import type { TypeEntry, TypeIndex } from "../../types/typeIndex.ts";
import { type MappingNames, membersOf } from "./members.ts";

/** SQL that Hibernate selects with each row of an entity: `@Formula`. */
export interface Formula {
  /** Of the attribute. */
  readonly name: string;
  readonly text: string;
  readonly at: Place;
}

/** Those of a class and of what is mapped above it. */
export function formulasOf(types: TypeIndex, names: MappingNames, entry: TypeEntry): readonly Formula[] {
  return types.lineage(entry).flatMap((owner) =>
    membersOf(owner.type).flatMap(({ name, annotations, nameSpan }) => {
      const formula = annotationNamed(annotations, "Formula");
      const text = formula && names.text(formula, "value", owner);
      return text === undefined ? [] : [{ name, text, at: { file: owner.file.file, ...nameSpan } }];
    }),
  );
}

/**
 * A formula as it stands in a select: Hibernate puts the alias of the entity before every name in it that has none, so that
 * `where m.topic = id` is the row's own id, whatever columns the subquery's table has.
 */
export function formulaIn(text: string, columns: ReadonlySet<string>, alias: string): string {
  let before = "";
  return text.replace(TOKEN, (token, ...rest) => {
    const previous = before;
    if (token.trim() === "") return token;
    before = token.toLowerCase();
    const behind = text.slice((rest.at(-2) as number) + token.length).trimStart();
    const isName = columns.has(before) && !/^[.(]/.test(behind) && previous !== "." && !NAMES_TABLE.test(previous);
    return isName ? `${alias}.${token}` : token;
  });
}

const TOKEN = /'(?:[^']|'')*'|"(?:[^"]|"")*"|[\p{L}_][\p{L}\p{N}_$]*|\s+|./gu;
const NAMES_TABLE = /^(?:from|join|as)$/;
