import type { AnnotationValue, JavaAnnotation, JavaMethod, JavaType } from "../../facts/java/javaFacts.ts";
import type { NestedPlace } from "../../model/calls/mapperIndex.ts";
import { methodKey } from "../../model/calls/methodKey.ts";
import type { Model } from "../../model/model.ts";
import { annotationNamed, annotationText, annotationValue } from "../../model/types/constants.ts";
import { bareName, type TypeEntry } from "../../model/types/typeIndex.ts";
import { defineRule } from "../rule.ts";
import { hasNoCalls } from "./shared/mapping/selections.ts";
import { reachOf } from "./shared/running/reach.ts";

export const nestedSelectPerRow = defineRule({
  id: "java/nested-select-per-row",
  title: "A statement of MyBatis that sends another one for each row",
  language: "java",
  certainty: "proven",
  cost: "1 + N queries, N rows",
  references: ["https://mybatis.org/mybatis-3/sqlmap-xml.html#nested-select-for-collection"],
  messages: {
    collection: "{{query}} sends {{select}} once per row, for {{property}}{{entry}}",
    association: "{{query}} sends {{select}} once per distinct value, for {{property}}{{entry}}",
  },

  check({ file, model, report }) {
    for (const type of file.java.types) {
      if (type.kind !== "interface") continue;
      for (const method of type.methods) {
        if (method.body >= 0 || !MANY.has(bareName(method.returns))) continue;
        const nested = nestedOf(model, { file, type }, method).filter(({ lazy }) => !lazy);
        const [first = nested[0]] = nested.filter(({ kind }) => kind === "collection");
        if (first === undefined || isLazyByDefault(model, file.file)) continue;
        const key = methodKey({ owner: { file, type }, method });
        const node = model.calls.method(key);
        const { often, entry } = node === undefined ? { often: "unknown", entry: undefined } : reachOf(model, node);
        report({
          at: method.nameSpan,
          message: first.kind,
          data: {
            query: `${type.name}.${method.name}`,
            select: first.select.slice(first.select.lastIndexOf(".") + 1),
            property: nested.length === 1 ? first.property : `${first.property} and ${nested.length - 1} more`,
            entry: entry === undefined ? "" : ` (${entry.label})`,
          },
          ...(nested.length === 1 ? {} : { cost: `1 + ${nested.length} × N queries, N rows` }),
          related: [
            ...nested.map(({ at, property, select }) => ({ at, message: `${property} is asked for by ${select}` })),
            ...(entry === undefined ? [] : model.effects.chainTo(key)),
          ],
          ...(hasNoCalls(model, key)
            ? { certainty: "possible", severity: "hint" }
            : { certainty: first.kind === "collection" ? "proven" : "likely", severity: often === "often" ? "warning" : "information" }),
        });
      }
    }
  },
});

const MANY: ReadonlySet<string> = new Set(["List", "Set", "Collection", "IPage", "Page", "PageInfo", "Cursor"]);

/** What the result of a method asks for row by row, by XML or by its annotations. */
function nestedOf({ mappers }: Model, { file, type }: TypeEntry, method: JavaMethod): readonly NestedPlace[] {
  const results = annotationNamed(method.annotations, "Results");
  if (results !== undefined) return nestedIn(results).map((one) => ({ at: { file: file.file, ...results.span }, ...one }));
  const named = annotationText(annotationNamed(method.annotations, "ResultMap"), "value");
  const beside = named === undefined ? undefined : resultsCalled(type, named);
  if (beside !== undefined) return nestedIn(beside).map((one) => ({ at: { file: file.file, ...beside.span }, ...one }));
  const map = named ?? mappers.statement(type.qualified, method.name)?.resultMap;
  return map === undefined ? [] : mappers.nestedSelects(type.qualified, map);
}

/** `@Results(id = "Recipe", …)` of another method of the mapper. */
const resultsCalled = ({ methods }: JavaType, id: string): JavaAnnotation | undefined =>
  methods
    .map(({ annotations }) => annotationNamed(annotations, "Results"))
    .find((results) => results !== undefined && annotationText(results, "id") === id);

/** `@Result(property = "lines", column = "id", many = @Many(select = "linesOf"))`. */
function nestedIn(results: JavaAnnotation): readonly Omit<NestedPlace, "at">[] {
  const value = annotationValue(results, "value");
  return listOf(value).flatMap((one): readonly Omit<NestedPlace, "at">[] => {
    const result = one.kind === "annotation" ? one.annotation : undefined;
    const property = annotationText(result, "property") ?? "";
    for (const [part, kind] of PARTS) {
      const nested = annotationValue(result, part);
      const select = nested?.kind === "annotation" ? annotationText(nested.annotation, "select") : undefined;
      if (nested?.kind !== "annotation" || select === undefined) continue;
      const fetch = annotationValue(nested.annotation, "fetchType");
      const lazy = fetch?.kind === "reference" && fetch.name.endsWith("LAZY");
      return [{ kind, property, select, lazy }];
    }
    return [];
  });
}

const PARTS = [
  ["many", "collection"],
  ["one", "association"],
] as const;

const listOf = (value: AnnotationValue | undefined): readonly AnnotationValue[] =>
  value === undefined ? [] : value.kind === "array" ? value.values : [value];

/** Where nothing else is said, what is nested is sent when it is looked at. */
const isLazyByDefault = ({ configuration, mappers }: Model, file: string): boolean =>
  mappers.isSet("lazyLoadingEnabled", "true") ||
  LAZY.some((key) => configuration.everyValue(key, file).some(({ value, known }) => !known || value === "true"));

const LAZY = ["mybatis.configuration.lazy-loading-enabled", "mybatis-plus.configuration.lazy-loading-enabled"];
