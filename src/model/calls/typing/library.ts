import { simpleName, type Type } from "../../types/type.ts";
import { generatedByJooq, JOOQ_BUILDERS, JOOQ_TYPES } from "./libraryJooq.ts";
import { PERSISTENCE_BUILDERS, PERSISTENCE_TYPES } from "./libraryPersistence.ts";
import { isReactivePanache, REACTIVE_BUILDERS, REACTIVE_TYPES } from "./libraryReactive.ts";
import { LIBRARY_BUILDERS, LIBRARY_TYPES } from "./libraryTypes.ts";

/**
 * What the analysis knows of JDK, Spring and Jakarta types: results, what lambdas are given, and which methods run their lambda
 * once per element. One line a method: `name: result; lambda parameters; each`. `R` is the result of the lambda, `ER` what that
 * publisher gives, `A0` the type of the first argument; a lambda's parameters stand as they would be declared.
 */
export interface LibraryType {
  readonly parameters: readonly string[];
  readonly supertypes: readonly string[];
  readonly methods: ReadonlyMap<string, LibraryMethod>;
  /** Methods that are not listed return the type itself: builders. */
  readonly fluent: boolean;
}

export interface LibraryMethod {
  /** A type over the parameters, `R` and `A0`; "" for unknown. */
  readonly result: string;
  readonly lambda: readonly string[];
  readonly perElement: boolean;
}

function parse(source: Readonly<Record<string, string>>, fluent: boolean): [string, LibraryType][] {
  return Object.entries(source).map(([head, lines]) => {
    const [own, above] = head.split(" < ");
    const match = /^(\w+)(?:<(.*)>)?$/.exec(own as string);
    const methods = lines
      .split("\n")
      .filter((line) => line !== "")
      .map((line): [string, LibraryMethod] => {
        const colon = line.indexOf(":");
        const [result = "", lambda = "", mode = ""] = line
          .slice(colon + 1)
          .split(";")
          .map((part) => part.trim());
        return [line.slice(0, colon), { result, lambda: lambda === "" ? [] : lambda.split(", "), perElement: mode === "each" }];
      });
    return [
      (match?.[1] ?? "") as string,
      { parameters: match?.[2]?.split(", ") ?? [], supertypes: above === undefined ? [] : [above], methods: new Map(methods), fluent },
    ];
  });
}

const LIBRARY: ReadonlyMap<string, LibraryType> = new Map([
  ...[LIBRARY_TYPES, PERSISTENCE_TYPES, JOOQ_TYPES, REACTIVE_TYPES].flatMap((types) => parse(types, false)),
  ...[LIBRARY_BUILDERS, PERSISTENCE_BUILDERS, JOOQ_BUILDERS, REACTIVE_BUILDERS].flatMap((types) => parse(types, true)),
]);

/** The name under which a type stands in the table: its simple one, but for those that two libraries have or that are generated. */
export function libraryName(type: Type): string {
  const name = simpleName(type);
  const generated = generatedByJooq(type.name);
  if (generated !== undefined) return generated;
  return name.startsWith("Panache") && isReactivePanache(type.name) ? `Reactive${name}` : name;
}

/** A library type by its name in the table. */
export function libraryType(name: string): LibraryType | undefined {
  return LIBRARY.get(name);
}

/** Collectors whose functions are called once per element of the collected stream. */
export const ELEMENT_COLLECTORS: ReadonlySet<string> = new Set([
  "toMap",
  "toUnmodifiableMap",
  "toConcurrentMap",
  "groupingBy",
  "groupingByConcurrent",
  "partitioningBy",
  "mapping",
  "filtering",
  "flatMapping",
  "reducing",
  "summingInt",
  "summingLong",
  "summingDouble",
  "averagingInt",
  "averagingLong",
  "averagingDouble",
  "minBy",
  "maxBy",
  "teeing",
]);
