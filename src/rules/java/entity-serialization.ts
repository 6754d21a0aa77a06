import { groupsByDefault } from "../../model/persistence/loading/fetchGaps.ts";
import { defineRule } from "../rule.ts";
import { associationsWritten, LAZY_MODULES } from "./shared/requests/writtenAssociations.ts";
import { writtenBy } from "./shared/requests/writtenEntities.ts";

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
      const found = firstWith(writtenBy(model, endpoint), (written) =>
        associationsWritten(model, endpoint, written).flatMap(({ attribute, shared }) => (shared ? [] : attribute)),
      );
      if (found === undefined) continue;
      const [{ entity, many }, [first, ...others]] = found;
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

/** The first of several that has something, with what it has. */
function firstWith<T, U>(all: readonly T[], of: (one: T) => readonly U[]): readonly [T, readonly [U, ...U[]]] | undefined {
  for (const one of all) {
    const [first, ...others] = of(one);
    if (first !== undefined) return [one, [first, ...others]];
  }
  return undefined;
}
