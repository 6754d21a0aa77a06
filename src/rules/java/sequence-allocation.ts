import type { AnnotationArgument, JavaAnnotation, JavaType } from "../../facts/java/javaFacts.ts";
import type { ConfigurationModel } from "../../model/configuration/configurationModel.ts";
import { booleanOf } from "../../model/configuration/placeholders.ts";
import { versionAtLeast } from "../../model/configuration/versions.ts";
import type { Model } from "../../model/model.ts";
import type { Entity } from "../../model/persistence/mapping/entity.ts";
import { addStatement, qualified } from "../../model/schema/edits/migrationEdit.ts";
import { isJudged, type Schema, type SchemaObject } from "../../model/schema/schema.ts";
import { annotationNamed, annotationText, annotationValue, constantNumber, constantText } from "../../model/types/constants.ts";
import type { NameContext } from "../../model/types/typeIndex.ts";
import { replace } from "../../text/edits.ts";
import type { Fix } from "../finding.ts";
import { defineRule } from "../rule.ts";
import { isLookup, isSmallTable } from "./shared/mapping/smallTables.ts";

/** What `@SequenceGenerator` says where it says nothing. */
const DEFAULT_SIZE = 50;

export const sequenceAllocation = defineRule({
  id: "java/sequence-allocation",
  title: "Keys are not taken from the sequence in the steps that it counts in",
  language: "java",
  certainty: "likely",
  cost: "1 query per inserted row; with 50 keys at a time it is 1 per 50 rows",
  references: [
    "https://docs.jboss.org/hibernate/orm/6.6/userguide/html_single/Hibernate_User_Guide.html#identifiers-generators-sequence",
    "https://docs.jboss.org/hibernate/orm/6.6/javadocs/org/hibernate/id/SequenceMismatchStrategy.html",
    "https://www.postgresql.org/docs/current/sql-altersequence.html",
  ],
  messages: {
    one: "{{generator}} asks its sequence for one key at a time",
    skips: "{{generator}} asks for one key at a time and uses one of {{increment}}",
    differs: "{{generator}} takes {{size}} keys at a time from a sequence that counts by {{increment}}",
  },

  check({ file, model, report }) {
    for (const type of file.java.types) {
      const entity = model.persistence.entity(type.qualified);
      // Annotations stand at the class, at the key's field, or at its getter.
      for (const { annotations } of entity === undefined ? [] : [type, ...type.fields, ...type.methods]) {
        const generator = annotationNamed(annotations, "SequenceGenerator");
        if (generator === undefined) continue;
        const context: NameContext = { file, type };
        const argument = generator.values.find(({ name }) => name === "allocationSize");
        const size = argument === undefined ? DEFAULT_SIZE : constantNumber(argument.value, context, model.types);
        const written =
          generator.values.find(({ name }) => name === "sequenceName") ?? generator.values.find(({ name }) => name === "name");
        const name = written && constantText(written.value, context, model.types);
        const data = { generator: name ?? type.name };
        const counted = name === undefined ? undefined : sequenceNamed(name, file.file, model);
        const increment = counted === undefined ? undefined : stepsOf(model, counted);
        if (size === 1) {
          const counts = increment !== undefined && increment > 1;
          // Kinds are inserted once, by a migration.
          if (!counts && entity?.kind === "entity" && (isLookup(entity.name) || isSmallTable(model, entity.table, file.file))) continue;
          report({
            at: generator.span,
            message: counts ? "skips" : "one",
            data: { increment: increment ?? 1, ...data },
            ...(counts || entity?.kind !== "entity" || isInsertedInBulk(type, model) ? {} : { certainty: "possible" }),
            fixes: counts
              ? takeKeys(file.file, argument, increment, counted)
              : increment === 1
                ? countBy(model, counted, DEFAULT_SIZE, takeKeys(file.file, argument, DEFAULT_SIZE))
                : [],
          });
        } else if (size !== undefined && size > 1 && increment !== undefined && increment > 0 && size !== increment) {
          if (!isUsed(generator, type) || !isPooled(model.configuration, file)) continue;
          const fixes = size < increment ? takeKeys(file.file, argument, increment, counted) : countBy(model, counted, size);
          report({ at: generator.span, data: { size, increment, ...data }, ...differing(size, increment), certainty: "proven", fixes });
        }
      }
      const generated = entity === undefined ? undefined : keyWithoutGenerator(type, entity);
      const own =
        generated && hasSequenceOfItsOwn(model.configuration, file) ? sequenceNamed(`${entity?.table}_seq`, file.file, model) : undefined;
      const increment = own && stepsOf(model, own);
      if (generated === undefined || own === undefined || increment === undefined || increment < 1 || increment === DEFAULT_SIZE) continue;
      report({
        at: generated.span,
        data: { generator: type.name, size: DEFAULT_SIZE, increment },
        ...differing(DEFAULT_SIZE, increment),
        related: [{ at: own.sequence.at, message: `${own.sequence.name} is created here` }],
        fixes: increment < DEFAULT_SIZE ? countBy(model, own, DEFAULT_SIZE) : [],
      });
    }
  },
});

/**
 * Whether code saves many new rows of an entity at once. A row alone costs one short question more. What a file means by the
 * name may be another class, as a model beside its entity.
 */
const isInsertedInBulk = ({ name, qualified }: JavaType, { persistence, types, calls }: Model): boolean =>
  [...persistence.bulkWrites()].some(([file, writes]) => {
    if (!writes.some(({ how, makes }) => how === "saveAll" && makes.includes(name))) return false;
    const [method] = calls.methodsIn(file);
    return method === undefined || (types.resolve(name, method.declared.owner)?.name ?? qualified) === qualified;
  });

/** Keys that are given out twice, or no start at all. */
function differing(size: number, increment: number) {
  const cost =
    size > increment
      ? "Hibernate refuses to start, or gives out keys twice where it is told not to look"
      : `Hibernate refuses to start, or asks ${Math.round(increment / size)} times as often as it has to`;
  return { message: "differs" as const, cost, ...(size > increment ? { severity: "error" as const } : {}) };
}

/** The `@GeneratedValue` of a number that names no generator, where the class has none. */
function keyWithoutGenerator({ annotations, fields, methods }: JavaType, { kind }: Entity): JavaAnnotation | undefined {
  const members = [...fields, ...methods];
  if (kind !== "entity") return undefined;
  if ([{ annotations }, ...members].some((one) => annotationNamed(one.annotations, ...GENERATORS) !== undefined)) return undefined;
  const key = members.find((one) => annotationNamed(one.annotations, "Id") !== undefined);
  const generated = key && annotationNamed(key.annotations, "GeneratedValue");
  if (key === undefined || generated === undefined || annotationValue(generated, "generator") !== undefined) return undefined;
  if (!NUMBERS.test("type" in key ? key.type : key.returns)) return undefined;
  const strategy = annotationValue(generated, "strategy");
  const isSequence = strategy === undefined || (strategy.kind === "reference" && /(?:^|\.)(?:AUTO|SEQUENCE)$/.test(strategy.name));
  return isSequence ? generated : undefined;
}

const GENERATORS = ["SequenceGenerator", "TableGenerator", "GenericGenerator", "UuidGenerator", "IdGeneratorType"] as const;
const NUMBERS = /^(?:long|int|short|Long|Integer|Short|BigInteger)$/;

/** Since Hibernate 6 a key without a generator is one of `<table>_seq`, which has to count by 50. */
function hasSequenceOfItsOwn(configuration: ConfigurationModel, file: NameContext["file"]): boolean {
  const { boot } = configuration.buildOf(file.file);
  const settings = configuration.everyValueBelow("spring.jpa", file.file);
  return (
    boot !== undefined &&
    versionAtLeast(boot, "3.0") &&
    isPooled(configuration, file) &&
    !settings.some(({ key }) => /db_structure_naming_strategy$/i.test(key))
  );
}

interface Counted {
  readonly schema: Schema;
  readonly sequence: SchemaObject;
}

function sequenceNamed(name: string, file: string, model: Model): Counted | undefined {
  const schema = model.schema.schemaFor(file);
  if (schema === undefined || schema.mapped || !isJudged(schema.dialect)) return undefined;
  const sequence = schema.objects.get(`sequence:${name.slice(name.lastIndexOf(".") + 1).toLowerCase()}`);
  return sequence && { schema, sequence };
}

/** Sequences of that name that other migrations make, as an archive's do. */
const namesakesOf = (model: Model, { schema, sequence }: Counted): readonly SchemaObject[] =>
  model.schema
    .schemas()
    .filter(({ id, test, mapped, dialect }) => id !== schema.id && !test && !mapped && isJudged(dialect))
    .flatMap(({ objects }) => objects.get(`sequence:${sequence.name.toLowerCase()}`) ?? []);

/** Which of them the application asks is not known: one that counts in other steps gives out keys twice. */
const isElsewhere = (model: Model, counted: Counted): boolean =>
  counted.sequence.several === true || namesakesOf(model, counted).length > 0;

/** The steps that a sequence counts in; undefined where one of the same name counts in others. */
function stepsOf(model: Model, counted: Counted): number | undefined {
  const { increment: own = 1 } = counted.sequence;
  return namesakesOf(model, counted).every(({ increment = 1 }) => increment === own) ? own : undefined;
}

/** Whether a key of the type is made by the generator: what nobody uses is not looked at. */
function isUsed(generator: JavaAnnotation, { fields, methods }: JavaType): boolean {
  const name = annotationText(generator, "name");
  return [...fields, ...methods].some(
    ({ annotations }) => name !== undefined && annotationText(annotationNamed(annotations, "GeneratedValue"), "generator") === name,
  );
}

/** Whether Hibernate takes the number of a sequence for the last of so many keys, and does not go by the sequence's own steps. */
function isPooled(configuration: ConfigurationModel, { file, java }: NameContext["file"]): boolean {
  const build = configuration.buildOf(file);
  // Before Hibernate 5 a number was multiplied, and before 5.5 there was no `jakarta.persistence`.
  const isOfJakarta = java.imports.some(({ name }) => name.startsWith("jakarta.persistence"));
  if (build.hibernate === undefined ? build.boot === undefined && !isOfJakarta : !versionAtLeast(build.hibernate, "5.0")) return false;
  if (build.has("eclipselink", "org.eclipse.persistence.jpa") || (build.boot !== undefined && !versionAtLeast(build.boot, "2.0")))
    return false;
  const settings = configuration.everyValueBelow("spring.jpa", file);
  return !settings.some(
    ({ key, value }) =>
      (/increment_size_mismatch_strategy$/i.test(key) && /^fix$/i.test(value)) ||
      /optimizer\.pooled\.preferred$/i.test(key) ||
      (/new[-_]?(?:id[-_]?)?generator[-_]?mappings$/i.test(key) && booleanOf(value) === false),
  );
}

/** The generator takes so many keys. Where the sequence begins later, the first of them may be rows that migrations insert. */
function takeKeys(file: string, argument: AnnotationArgument | undefined, size: number, counted?: Counted): readonly Fix[] {
  if (argument === undefined || (counted?.sequence.start ?? 1) !== 1) return [];
  return [
    {
      title: `Take ${size} keys at a time`,
      safe: false,
      edits: () => [{ kind: "change", file, edits: [replace(argument.span, String(size))] }],
    },
  ];
}

/** A migration that makes the sequence count by so many; together with what has to change with it. */
function countBy(model: Model, counted: Counted | undefined, increment: number, others: readonly Fix[] = []): readonly Fix[] {
  if (counted?.schema.takesStatements !== true || isElsewhere(model, counted)) return [];
  const { schema, sequence } = counted;
  const name = qualified(sequence);
  // The next number is then one that the keys before it are free of, whatever the sequence began with.
  const statements = `ALTER SEQUENCE ${name} INCREMENT BY ${increment};\nSELECT nextval('${name}');`;
  return [
    {
      title:
        others.length === 0
          ? `Let ${sequence.name} count by ${increment}`
          : `Take ${increment} keys at a time, and let ${sequence.name} count by ${increment}`,
      safe: false,
      edits(sources) {
        const now = model.schema.schema(schema.id);
        if (now === undefined) return undefined;
        const added = addStatement(now, sequence.at, `count_${sequence.name}_by_${increment}`.toLowerCase(), statements, sources);
        const changed = others.map((other) => other.edits(sources));
        return added === undefined || changed.includes(undefined) ? undefined : [...changed.flatMap((edits) => edits ?? []), ...added];
      },
    },
  ];
}
