import type { JavaType } from "../../facts/java/javaFacts.ts";
import type { Model } from "../../model/model.ts";
import { groupsByDefault } from "../../model/persistence/loading/fetchGaps.ts";
import { returnedEntities } from "../../model/persistence/loading/lazyAccesses.ts";
import type { Attribute, Entity } from "../../model/persistence/mapping/entity.ts";
import { fetches } from "../../model/persistence/repositories/selection.ts";
import { annotationNamed } from "../../model/types/constants.ts";
import type { Endpoint } from "../../model/web/endpoint.ts";
import { withCapital } from "../../text/capitals.ts";
import { defineRule } from "../rule.ts";
import { writtenBy } from "./shared/writtenEntities.ts";

export const entitySerialization = defineRule({
  id: "java/entity-serialization",
  title: "An endpoint that writes entities with their lazy associations as JSON",
  language: "java",
  certainty: "likely",
  cost: "1 + N queries while the response is written, or LazyInitializationException without Open Session in View",
  references: [
    "https://docs.spring.io/spring-boot/reference/data/sql.html#data.sql.jpa-and-spring-data.open-entity-manager-in-view",
    "https://docs.spring.io/spring-data/jpa/reference/repositories/projections.html",
  ],
  messages: {
    many: "{{endpoint}} writes every {{entity}} with its lazy {{association}}{{more}}",
    one: "{{endpoint}} writes {{entity}} with its lazy {{association}}{{more}}",
  },

  check({ file, model, report }) {
    const said = new Set<string>();
    for (const endpoint of model.web.endpointsIn(file.file)) {
      if (said.has(endpoint.method) || model.configuration.buildOf(file.file).has(...LAZY_MODULES)) continue;
      const written = writtenBy(model, endpoint);
      if (written === undefined) continue;
      const { entity, many } = written;
      const [first, ...others] = associationsWritten(model, endpoint, entity);
      if (first === undefined) continue;
      said.add(endpoint.method);
      report({
        at: endpoint.at,
        message: many ? "many" : "one",
        data: {
          endpoint: endpoint.label,
          entity: entity.name,
          association: first.name,
          more: others.length === 0 ? "" : ` and ${others.length} more`,
        },
        cost: many
          ? `1 + N × ${1 + others.length} queries, N rows of ${entity.name}`
          : `${1 + others.length} more queries, and what they bring in turn`,
        related: [first, ...others].map(({ at, name }) => ({ at, message: `${entity.name}.${name} is LAZY` })),
        ...(many && !endpoint.forFew && !groupsByDefault(model.configuration, file.file) ? { severity: "warning" as const } : {}),
      });
    }
  },
});

/** With them what is not loaded is written as null. */
const LAZY_MODULES = [
  "jackson-datatype-hibernate5",
  "jackson-datatype-hibernate5-jakarta",
  "jackson-datatype-hibernate6",
  "jackson-datatype-hibernate7",
];
/** The lazy associations that Jackson sees and that the query, where it is known, leaves out. */
function associationsWritten(model: Model, endpoint: Endpoint, entity: Entity): readonly Attribute[] {
  const entry = model.types.declared(entity.qualified, endpoint.file);
  const lazy = entity.attributes.filter(
    ({ kind, fetch, hidden, name }) =>
      kind !== "basic" && kind !== "embedded" && fetch === "lazy" && !hidden && !entity.hiddenInJson.includes(name),
  );
  if (entry === undefined || lazy.length === 0) return [];
  const types = model.types.lineage(entry).map(({ type }) => type);
  if (types.some(({ annotations }) => annotationNamed(annotations, "JsonSerialize", "JsonFilter") !== undefined)) return [];
  const visible = lazy.filter((attribute) => isWritten(types, attribute));
  const method = visible.length === 0 ? undefined : model.calls.method(endpoint.method);
  const value = method === undefined || method.declared.method.body < 0 ? undefined : returnedEntities(model, method);
  return visible.filter(
    ({ name }) => value === undefined || !("selection" in value.origin) || value.path.length > 0 || !fetches(value.origin.selection, name),
  );
}

/** Whether there is a getter, written or Lombok's, and nothing that hides or replaces it. */
function isWritten(types: readonly JavaType[], { name }: Attribute): boolean {
  const getter = new RegExp(`^(?:get|is)${withCapital(name)}$`);
  for (const type of types) {
    const field = type.fields.find((candidate) => candidate.name === name);
    const written = type.methods.find((candidate) => candidate.parameters.length === 0 && getter.test(candidate.name));
    const annotations = [...(field?.annotations ?? []), ...(written?.annotations ?? [])];
    if (annotationNamed(annotations, "JsonIgnore", "JsonBackReference", "JsonSerialize", "JsonIdentityReference") !== undefined)
      return false;
    if (written !== undefined) return true;
    if (field === undefined) continue;
    if (field.modifiers.includes("public")) return true;
    const getters = annotationNamed([...type.annotations, ...field.annotations], "Getter", "Data", "Value");
    if (
      getters !== undefined &&
      !getters.values.some(({ value }) => value.kind === "reference" && /NONE|PRIVATE|PROTECTED|PACKAGE/.test(value.name))
    )
      return true;
  }
  return false;
}
