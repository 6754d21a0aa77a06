import { BodyCode } from "../../model/calls/bodyCode.ts";
import type { Model } from "../../model/model.ts";
import type { Attribute, Entity } from "../../model/persistence/mapping/entity.ts";
import { type RepositoryCall, repositoryCall, returnsOf } from "../../model/persistence/sent/repositoryCalls.ts";
import { annotationNamed, annotationValue } from "../../model/types/constants.ts";
import { defineRule } from "../rule.ts";
import { askForProjection } from "./edits/askForProjection.ts";
import { isLookup, isSmallTable } from "./shared/mapping/smallTables.ts";
import { readAttributes } from "./shared/reads/readAttributes.ts";

export const entityWhereProjection = defineRule({
  id: "java/entity-where-projection",
  title: "Whole entities are loaded for one or two of their columns",
  language: "java",
  certainty: "possible",
  cost: "every column is read, sent and kept twice for each row: in the entity, and in its loaded state",
  references: [
    "https://docs.spring.io/spring-data/jpa/reference/repositories/projections.html",
    "https://docs.jboss.org/hibernate/orm/6.6/userguide/html_single/Hibernate_User_Guide.html#best-practices-fetching",
  ],
  messages: {
    few: "{{query}} loads {{columns}} columns of each {{entity}} for {{read}}",
    large: "{{query}} loads {{large}} of each {{entity}}, which nobody reads here",
  },

  check({ file, model, report }) {
    for (const method of model.calls.running(file.file)) {
      const code = new BodyCode(model.calls, method);
      for (const site of method.sites) {
        const call = site.work?.kind === "read" ? repositoryCall(model.persistence, model.calls, site) : undefined;
        const entity = call === undefined ? undefined : entityListed(model, call);
        if (call === undefined || entity === undefined || isSmallTable(model, entity.table, file.file)) continue;
        const columns = columnsOf(entity);
        const large = entity.attributes.filter((attribute) => isLarge(model, entity, attribute));
        if (columns < MANY_COLUMNS && large.length === 0) continue;
        const node = code.callOf(site);
        if (node?.kind !== "call") continue;
        const read = readAttributes(model, method, code, entity, node);
        if (read === undefined || read.names.size === 0) continue;
        const unread = large.find(({ name }) => !read.names.has(name));
        const isFew = columns >= MANY_COLUMNS && read.names.size <= FEW_ATTRIBUTES;
        if (unread === undefined && !isFew) continue;
        report({
          at: site.at,
          message: unread === undefined ? "few" : "large",
          data: { query: call.label, columns, entity: entity.name, read: [...read.names].join(" and "), large: unread?.name ?? "" },
          related: [
            {
              at: unread?.at ?? entity.at,
              message: unread === undefined ? `${entity.name} is mapped here` : `${unread.name} is mapped here`,
            },
          ],
          fixes: askForProjection(model, method, node, call, entity, read),
        });
      }
    }
  },
});

/** Below, a row is soon read whole. */
const MANY_COLUMNS = 10;
const FEW_ATTRIBUTES = 2;

/** The entity that a query gives a list or a page of. */
function entityListed(model: Model, call: RepositoryCall): Entity | undefined {
  const { repository, declared, query, name } = call;
  if (repository.style !== "spring-data" || repository.entity === undefined) return undefined;
  if (declared === undefined) {
    if (returnsOf(call) !== "list") return undefined;
  } else {
    if (query === undefined || !/^(?:list|page|slice)$/.test(query.returns) || typeof query.limit === "number") return undefined;
    const selection = model.persistence.selection(repository.qualified, name, declared.parameters.length);
    if (selection === undefined || selection.entity !== repository.entity || selection.rows !== "many") return undefined;
  }
  const entity = model.persistence.entity(repository.entity);
  return entity?.kind === "entity" && !isLookup(entity.name) ? entity : undefined;
}

const columnsOf = ({ attributes }: Entity): number => attributes.reduce((sum, { columns }) => sum + columns.length, 0);

/** A LOB, or a column that says itself that it holds much. */
function isLarge(model: Model, entity: Entity, { name, kind, type }: Attribute): boolean {
  if (kind !== "basic" && kind !== "elements") return false;
  const entry = kind === "basic" ? model.types.declared(entity.qualified) : undefined;
  const field = entry === undefined ? undefined : model.types.fieldOf(entry, name)?.field;
  if (field === undefined) return false;
  if (annotationNamed(field.annotations, "Lob") !== undefined || type === "byte[]") return true;
  const column = annotationNamed(field.annotations, "Column");
  const definition = annotationValue(column, "columnDefinition");
  if (definition?.kind === "text" && /text|clob|blob|json|bytea/i.test(definition.text)) return true;
  const length = annotationValue(column, "length");
  return length?.kind === "number" && length.number >= 4000;
}
