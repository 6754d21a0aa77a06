import type { JavaFile } from "../../../../facts/fileFacts.ts";
import type { JavaField, JavaType } from "../../../../facts/java/javaFacts.ts";
import type { Model } from "../../../../model/model.ts";
import type { FetchGap } from "../../../../model/persistence/loading/fetchGaps.ts";
import { annotationNamed } from "../../../../model/types/constants.ts";
import type { FileEdit } from "../../../../text/edits.ts";
import type { Span } from "../../../../text/positions.ts";
import type { Fix } from "../../../finding.ts";
import { annotate } from "../annotate.ts";
import { importEdits } from "../imports.ts";
import { namedInTitle } from "./titles.ts";

const SIZE = 16;
const BATCH_SIZE = "org.hibernate.annotations.BatchSize";
const ASSOCIATIONS = ["OneToMany", "ManyToMany", "ElementCollection"] as const;

/**
 * `@BatchSize` at each collection, and at the class that a reference leads to
 * (https://docs.jboss.org/hibernate/orm/6.6/userguide/html_single/Hibernate_User_Guide.html#fetching-batch); none where one of them
 * cannot have it, or Hibernate is not known to load them.
 */
export function withBatchSizes(model: Model, gaps: readonly FetchGap[]): readonly Fix[] {
  const places = gaps.map((gap) => placeOf(model, gap));
  const found = places.filter((place) => place !== undefined);
  if (found.length < places.length || !found.every(({ file }) => isHibernate(model, file))) return [];
  const files = new Map(found.map(({ file }) => [file.file, file]));
  return [
    {
      title: `Load ${namedInTitle(gaps.map(({ path }) => path))} ${SIZE} at a time`,
      safe: false,
      edits(sources) {
        const changes: FileEdit[] = [];
        for (const file of files.values()) {
          const text = sources.text(file.file);
          const own = found.filter((place) => place.file === file);
          if (text === undefined || own.some(({ named, name }) => text.slice(named.start, named.end) !== name)) return undefined;
          const lines = [...new Set(own.map(({ declared }) => declared))].map((declared) =>
            annotate(file, declared, [`@BatchSize(size = ${SIZE})`], text),
          );
          changes.push({ kind: "change", file: file.file, edits: [...importEdits(file, text, [BATCH_SIZE]), ...lines] });
        }
        return changes;
      },
    },
  ];
}

interface Place {
  readonly file: JavaFile;
  readonly declared: JavaType | JavaField;
  readonly name: string;
  readonly named: Span;
}

function placeOf(model: Model, { owner, attribute, target }: FetchGap): Place | undefined {
  if (attribute.kind === "toOne") {
    const entry = target === undefined ? undefined : model.types.declared(target.qualified, attribute.at.file);
    // A class below another entity has its rows loaded as those.
    if (entry === undefined || target?.kind !== "entity" || isBelowAnother(model, target.qualified)) return undefined;
    const { file, type } = entry;
    return { file, declared: type, name: type.name, named: type.nameSpan };
  }
  const entry = model.types.declared(owner.qualified, attribute.at.file);
  for (const { file, type } of entry === undefined ? [] : model.types.lineage(entry)) {
    const field = type.fields.find(({ name }) => name === attribute.name);
    if (field === undefined) continue;
    const isMapped = annotationNamed(field.annotations, ...ASSOCIATIONS) !== undefined;
    return isMapped ? { file, declared: field, name: field.name, named: field.nameSpan } : undefined;
  }
  return undefined;
}

function isBelowAnother(model: Model, name: string): boolean {
  const entry = model.types.declared(name);
  const above = entry === undefined ? [] : [...model.types.lineage(entry)].slice(1);
  return above.some(({ type }) => model.persistence.entity(type.qualified)?.kind === "entity");
}

/** Whether a file is compiled with Hibernate, and no other provider is at hand. */
function isHibernate(model: Model, { file, java }: JavaFile): boolean {
  const build = model.configuration.buildOf(file);
  if (build.has(...ECLIPSELINK)) return false;
  return build.has(...HIBERNATE) || java.imports.some(({ name }) => name.startsWith("org.hibernate."));
}

export const ECLIPSELINK = ["eclipselink", "org.eclipse.persistence.jpa"];
const HIBERNATE = [
  "hibernate-core",
  "hibernate-core-jakarta",
  "hibernate-entitymanager",
  "spring-boot-starter-data-jpa",
  "quarkus-hibernate-orm",
  "quarkus-hibernate-orm-panache",
];
