import type { JavaFile } from "../../facts/fileFacts.ts";
import type { MethodNode } from "../../model/calls/callGraph.ts";
import { mappingsBy, mapsProperty } from "../../model/calls/mapStruct.ts";
import type { Model } from "../../model/model.ts";
import { eagerGaps } from "../../model/persistence/loading/fetchGaps.ts";
import { hibernateFetch } from "../../model/persistence/mapping/associations.ts";
import { annotationNamed } from "../../model/types/constants.ts";
import { replace } from "../../text/edits.ts";
import type { Fix } from "../finding.ts";
import { defineRule } from "../rule.ts";
import { type Mapping, mappingsIn, simple } from "./shared/mapping/mappings.ts";
import { isLookup, isSmallTable } from "./shared/mapping/smallTables.ts";
import { writtenDirectly } from "./shared/requests/writtenEntities.ts";
import { transactionAround } from "./shared/transactions/transactionAround.ts";

export const eagerCollection = defineRule({
  id: "java/eager-collection",
  title: "A collection that comes with every load of its owner",
  language: "java",
  certainty: "likely",
  cost: "every load of the owner joins or queries the collection, also where nobody looks at it",
  references: [
    "https://docs.jboss.org/hibernate/orm/6.6/introduction/html_single/Hibernate_Introduction.html#association-fetching",
    "https://docs.jboss.org/hibernate/orm/6.6/userguide/html_single/Hibernate_User_Guide.html#fetching-strategies",
  ],
  messages: {
    one: "{{association}} is EAGER: every load of {{owner}} brings it",
    product: "{{association}} and {{other}} are EAGER: every load of {{owner}} multiplies their rows",
  },

  check({ file, model, report }) {
    const eager = mappingsIn(model, file).filter((mapping) => isEager(mapping) && !isFew(model, mapping, file.file));
    for (const mapping of eager) {
      const { attribute, entity } = mapping;
      // Whoever waits for it says more than the mapping.
      if (isNamedByQuery(model, mapping)) continue;
      const other = eager.find((candidate) => candidate !== mapping && candidate.entity === entity);
      report({
        at: attribute.at,
        message: other === undefined ? "one" : "product",
        data: { association: `${entity.name}.${attribute.name}`, owner: entity.name, other: other?.attribute.name ?? "" },
        fixes: staysReadable(model, mapping, file.file) ? beLazy(file, mapping) : [],
      });
    }
  },
});

const isEager = ({ attribute }: Mapping): boolean => attribute.kind !== "toOne" && attribute.fetch === "eager";

/** Roles and their kin: few, and wanted with the owner ("where we use EAGER it is intentional", OHDSI/WebAPI 2220). */
function isFew(model: Model, { attribute, declaredType }: Mapping, near: string): boolean {
  if (isLookup(simple(attribute.type)) || isLookup(attribute.name)) return true;
  if (attribute.kind === "elements")
    return attribute.fewValues || /<\s*(?:\w+\.)*\w*(?:Role|Authority|Permission|Scope|Type|Status)\w*\s*>/.test(declaredType);
  return isSmallTable(model, model.persistence.entity(attribute.type)?.table, near);
}

function isNamedByQuery(model: Model, { entity, attribute }: Mapping): boolean {
  return model.persistence
    .repositories()
    .filter((repository) => repository.entity === entity.qualified)
    .some(({ qualified }) =>
      model.persistence
        .selectionsOf(qualified)
        .some(
          (selection) =>
            selection.shared !== true &&
            eagerGaps(model.persistence, selection).some((gap) => gap.attribute.at.start === attribute.at.start),
        ),
    );
}

/**
 * Without a session in the view, whatever a template or serializer reads of a lazy collection fails: spring-petclinic's page of an
 * owner does, as its own tests show. What is written as JSON, or read by Lombok's methods, is read with every owner all the same.
 */
function staysReadable(model: Model, mapping: Mapping, file: string): boolean {
  const { entity, type, annotations } = mapping;
  // Only Spring Boot opens one by itself.
  if (model.configuration.lacksBoot(file)) return false;
  if (model.configuration.everyValue("spring.jpa.open-in-view", file).some(({ value }) => value === "false")) return false;
  const generated = annotationNamed(type.annotations, "Data", "EqualsAndHashCode", "ToString") !== undefined;
  if (generated && annotationNamed(annotations, "Exclude") === undefined) return false;
  if (model.web.endpoints().some((endpoint) => writtenDirectly(model, endpoint)?.qualified === entity.qualified)) return false;
  return model.persistence.collectionReads
    .methods(type.name, mapping.attribute.name)
    .every((reader) => (reader.declared.method.body < 0 ? !isMapped(model, mapping, reader) : hasSession(model, reader)));
}

/** A mapper reads the collection of each owner that it is given, in whichever thread. */
const isMapped = ({ types }: Model, { entity, attribute }: Mapping, { declared }: MethodNode): boolean =>
  mappingsBy(types, declared).some((mapping) => mapsProperty(types, mapping, entity.qualified, attribute.name));

/** In a request the session stays open; in filters and in the threads of schedulers, listeners and workflow engines it takes a transaction. */
const hasSession = (model: Model, reader: MethodNode): boolean =>
  (model.effects.reachedFrom(reader.key)?.kind === "endpoint" && !model.effects.lacksView(reader.key)) ||
  transactionAround(model, reader) === "yes";

/** `fetch = FetchType.EAGER` → `LAZY`. What reads the collection outside of a transaction then needs a fetch plan: never safe. */
function beLazy({ file, java }: JavaFile, { annotations, attribute }: Mapping): readonly Fix[] {
  const argument = annotationNamed(annotations, "OneToMany", "ManyToMany", "ElementCollection")?.values.find(
    ({ name }) => name === "fetch",
  );
  // What Hibernate's own annotations say stays.
  if (argument === undefined || hibernateFetch(annotations) !== undefined) return [];
  // `fetch = EAGER`: LAZY has to be imported, too.
  const short = java.imports.some(({ isStatic, name }) => isStatic && /\bFetchType\.EAGER$/.test(name));
  const imported = java.imports.some(({ isStatic, name }) => isStatic && /\bFetchType\.LAZY$/.test(name));
  if (short && !imported) return [];
  return [
    {
      title: `Make ${attribute.name} LAZY`,
      safe: false,
      edits(sources) {
        const written = sources.text(file)?.slice(argument.span.start, argument.span.end);
        if (written === undefined || !/\bEAGER$/.test(written)) return undefined;
        return [{ kind: "change", file, edits: [replace(argument.span, written.replace(/EAGER$/, "LAZY"))] }];
      },
    },
  ];
}
