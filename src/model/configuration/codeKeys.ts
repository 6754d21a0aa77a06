import { canonicalKey } from "../../facts/config/configFacts.ts";
import type { JavaFile } from "../../facts/fileFacts.ts";
import type { AnnotationValue, JavaAnnotation } from "../../facts/java/javaFacts.ts";

/**
 * The keys that code names itself, in their canonical form: it reads them (`@Value`, `Environment`, `@ConfigurationProperties`, which
 * makes "spring.redis.*") or sets them (default properties of the application, a map for Hibernate). Of the roots that
 * frameworks use alone; tests do not count.
 */
export function codeKeysOf({ file, java }: JavaFile): readonly string[] {
  if (isTestSource(file)) return [];
  if (!java.imports.some(({ name }) => /^org\.(?:springframework|hibernate)\./.test(name))) return [];
  const keys = new Set<string>();
  for (const text of java.code.strings) {
    if (!text.includes(".")) {
      const constant = text.length < SHORTEST ? undefined : CONSTANTS.get(text);
      if (constant !== undefined) keys.add(constant);
    } else if (MAY_NAME.test(text)) for (const key of keysIn(text)) keys.add(key);
  }
  if (java.imports.some(({ name }) => READS.test(name)))
    for (const { annotations, methods, fields } of java.types) {
      const placed = [...methods, ...methods.flatMap(({ parameters }) => parameters), ...fields];
      for (const annotation of [...annotations, ...placed.flatMap((one) => one.annotations)])
        for (const key of keysNamedBy(annotation)) keys.add(key);
    }
  return [...keys].sort();
}

export const isTestSource = (file: string): boolean => /(?:^|\/)src\/(?:test|it|integration-?test|testFixtures)\//i.test(file);

/** Whether one of the keys of a file is the key, or stands for all below a prefix of it. */
export const namesKey = (keys: readonly string[], canonical: string): boolean =>
  keys.some((key) => key === canonical || (key.endsWith(".*") && canonical.startsWith(key.slice(0, -1))));

const ROOTS = "spring|server|management|logging|hibernate|javax\\.persistence|jakarta\\.persistence|security|endpoints|flyway|liquibase";
/** At the beginning, behind `${`, or behind `-D` and `--`. */
const MAY_NAME = new RegExp(`^(?:\\$\\{|-D|--)?(?:${ROOTS})\\.|\\$\\{(?:${ROOTS})\\.`);
const KEY = new RegExp(`(?:^|\\$\\{|-D|--)((?:${ROOTS})(?:\\.[\\w-]+(?:\\[\\d+\\])?)+)(?=[:=}]|$)`, "g");
const keysIn = (text: string): readonly string[] => [...text.matchAll(KEY)].map(([, key = ""]) => canonicalKey(key));

const READS =
  /\.(?:Value|ConfigurationProperties|ConditionalOn(?:Property|BooleanProperty|Expression)|Scheduled|[\w$]*Listener|FeignClient|annotation|context\.properties|condition)$/;

function* keysNamedBy({ name, values }: JavaAnnotation): Generator<string> {
  const simple = name.slice(name.lastIndexOf(".") + 1);
  const texts = (argument: string) => values.filter((one) => one.name === argument).flatMap(({ value }) => textsOf(value));
  if (simple === "ConfigurationProperties")
    for (const prefix of [...texts("value"), ...texts("prefix")]) yield `${canonicalKey(prefix.trim())}.*`;
  else if (/^ConditionalOn(?:Boolean)?Property$/.test(simple)) {
    const [prefix = ""] = texts("prefix");
    const start = prefix === "" || prefix.endsWith(".") ? prefix : `${prefix}.`;
    for (const key of [...texts("value"), ...texts("name")]) yield canonicalKey(start + key);
  } else for (const { value } of values) for (const text of textsOf(value)) yield* keysIn(text);
}

function textsOf(value: AnnotationValue): readonly string[] {
  if (value.kind === "text") return [value.text];
  return value.kind === "array" ? value.values.flatMap(textsOf) : [];
}

/** Constants of Hibernate's `AvailableSettings` for what rules ask, and methods that set the same. */
const CONSTANTS: ReadonlyMap<string, string> = new Map([
  ["STATEMENT_BATCH_SIZE", "hibernate.jdbc.batchsize"],
  ["DEFAULT_BATCH_FETCH_SIZE", "hibernate.defaultbatchfetchsize"],
  ["PHYSICAL_NAMING_STRATEGY", "hibernate.physicalnamingstrategy"],
  ["setPhysicalNamingStrategy", "hibernate.physicalnamingstrategy"],
  ["applyPhysicalNamingStrategy", "hibernate.physicalnamingstrategy"],
  ["IN_CLAUSE_PARAMETER_PADDING", "hibernate.query.inclauseparameterpadding"],
]);
/** Nearly all names in code are shorter, and need not be looked up. */
const SHORTEST = Math.min(...[...CONSTANTS.keys()].map(({ length }) => length));
