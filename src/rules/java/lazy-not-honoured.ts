import type { Model } from "../../model/model.ts";
import { idColumns, sharesKey } from "../../model/persistence/mapping/entity.ts";
import { annotationNamed, annotationText, annotationValue } from "../../model/types/constants.ts";
import { defineRule } from "../rule.ts";
import { isEnhanced, listsWithout, saidOf } from "./shared/mapping/listsWithout.ts";
import { type Mapping, mappingsIn } from "./shared/mapping/mappings.ts";

export const lazyNotHonoured = defineRule({
  id: "java/lazy-not-honoured",
  title: "A LAZY association that no proxy can stand for",
  language: "java",
  certainty: "proven",
  cost: "1 + D queries, D different rows that the owner's query points to",
  references: [
    "https://docs.jboss.org/hibernate/orm/6.6/userguide/html_single/Hibernate_User_Guide.html#BytecodeEnhancement",
    "https://github.com/hibernate/hibernate-orm/pull/3572",
    "https://github.com/hibernate/hibernate-orm/pull/2451",
  ],
  messages: {
    unique: "{{association}} is loaded with each row of {{query}}{{more}}: {{column}} is not the primary key",
    missing: "{{association}} is asked for with a query per row of {{query}}{{more}}: it may be missing",
  },

  check({ file, model, report }) {
    for (const mapping of mappingsIn(model, file)) {
      const { attribute, entity, annotations } = mapping;
      if (attribute.kind !== "toOne" || attribute.mappedBy !== undefined || attribute.fetch !== "lazy" || attribute.id) continue;
      const column = uniqueColumn(model, mapping);
      if (column === undefined && !mayBeMissing(mapping)) continue;
      if (annotationNamed(annotations, "LazyToOne", "LazyGroup") !== undefined || isEnhanced(model, file.file)) continue;
      const lists = listsWithout(model, mapping);
      if (lists.length === 0) continue;
      const { data, related } = saidOf(lists);
      report({
        at: attribute.at,
        message: column === undefined ? "missing" : "unique",
        data: { association: `${entity.name}.${attribute.name}`, column: column ?? "", ...data },
        related,
      });
    }
  },
});

/** The column of the other side that the join column points to, where it is not that side's primary key: proxies are made of keys alone. */
function uniqueColumn(model: Model, { attribute, annotations }: Mapping): string | undefined {
  const target = model.persistence.entity(attribute.type);
  const written = annotationText(annotationNamed(annotations, "JoinColumn"), "referencedColumnName")?.toLowerCase();
  if (target === undefined || written === undefined || attribute.columns.length !== 1) return undefined;
  // A name that no attribute has may be the key's under another strategy.
  const referred = target.attributes.find(({ kind, columns }) => kind === "basic" && columns.length === 1 && columns[0] === written);
  return referred === undefined || referred.id || idColumns(target).includes(written) ? undefined : `${target.name}.${referred.name}`;
}

/** A one-to-one by the owner's own primary key, which says nothing about whether there is another side. */
function mayBeMissing({ entity, attribute, annotations }: Mapping): boolean {
  const oneToOne = annotationNamed(annotations, "OneToOne");
  if (oneToOne === undefined || annotationNamed(annotations, "MapsId") !== undefined || !sharesKey(entity, attribute)) return false;
  const optional = annotationValue(oneToOne, "optional");
  return optional?.kind !== "boolean" || optional.value;
}
