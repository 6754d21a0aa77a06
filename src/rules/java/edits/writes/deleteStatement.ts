import type { JavaMethod } from "../../../../facts/java/javaFacts.ts";
import type { Model } from "../../../../model/model.ts";
import { attributeOf, type Entity } from "../../../../model/persistence/mapping/entity.ts";
import {
  type DerivedPart,
  type PropertyOwner,
  parseDerivedQuery,
  resolvePropertyPath,
} from "../../../../model/persistence/scans/derivedQuery.ts";
import type { TypeEntry } from "../../../../model/types/typeIndex.ts";
import type { Fix } from "../../../finding.ts";
import { annotate } from "../annotate.ts";
import { importEdits } from "../imports.ts";

const OPERATORS: Readonly<Record<string, string>> = {
  equals: "= ?",
  not: "<> ?",
  less: "< ?",
  lessEqual: "<= ?",
  greater: "> ?",
  greaterEqual: ">= ?",
  before: "< ?",
  after: "> ?",
  in: "in ?",
  notIn: "not in ?",
  null: "is null",
  notNull: "is not null",
  true: "= true",
  false: "= false",
};

/** Puts `@Modifying @Query("delete …")` before a derived delete, where its name says nothing that a bulk statement cannot. */
export function deleteStatement(model: Model, repository: TypeEntry, method: JavaMethod, qualified: string): readonly Fix[] {
  const entity = model.persistence.entity(qualified);
  // Spring Data takes nothing else from a modifying query; the name alone decides what other annotations would mean.
  if (
    entity === undefined ||
    !/^(?:void|int|Integer)$/.test(method.returns) ||
    method.annotations.some(({ name }) => !/Transactional$/.test(name))
  )
    return [];
  const statement = statementFor(model, entity, method);
  if (statement === undefined) return [];
  const { file } = repository.file;
  return [
    {
      title: "Delete with one statement",
      safe: false,
      edits(sources) {
        const text = sources.text(file);
        if (text === undefined || !text.startsWith(method.name, method.nameSpan.start)) return undefined;
        // Cleared, the session would lose the caller's other entities as well: their changes, and what is still to be loaded.
        const annotations = ["@Modifying(flushAutomatically = true)", `@Query("${statement}")`];
        const wanted = ["org.springframework.data.jpa.repository.Modifying", "org.springframework.data.jpa.repository.Query"];
        return [
          {
            kind: "change",
            file,
            edits: [...importEdits(repository.file, text, wanted), annotate(repository.file, method, annotations, text)],
          },
        ];
      },
    },
  ];
}

function statementFor(model: Model, entity: Entity, method: JavaMethod): string | undefined {
  const { alternatives, distinct } = parseDerivedQuery(method.name);
  let parameter = 0;
  const condition = (part: DerivedPart): string | undefined => {
    const operator = OPERATORS[part.test];
    const path = resolvePropertyPath(part.property, ownerOf(model, entity));
    if (operator === undefined || path === undefined || part.ignoreCase || !isOwnColumn(model, entity, path)) return undefined;
    return `e.${path.join(".")} ${operator.endsWith("?") ? `${operator}${++parameter}` : operator}`;
  };
  const conditions = alternatives.map((parts) => parts.map(condition));
  if (
    distinct ||
    conditions.length === 0 ||
    conditions.some((parts) => parts.includes(undefined)) ||
    parameter !== method.parameters.length
  )
    return undefined;
  return `delete from ${entity.entityName} e where ${conditions.map((parts) => parts.join(" and ")).join(" or ")}`;
}

/** A bulk statement joins nothing: an attribute, or the key of an association. */
function isOwnColumn(model: Model, entity: Entity, [first, second, ...more]: readonly string[]): boolean {
  const attribute = first === undefined ? undefined : attributeOf(entity, first);
  if (attribute === undefined || more.length > 0) return false;
  if (second === undefined) return attribute.kind === "basic" || attribute.kind === "toOne";
  if (attribute.kind === "embedded") return true;
  const target = attribute.kind === "toOne" ? model.persistence.entity(attribute.type) : undefined;
  return target !== undefined && attributeOf(target, second)?.id === true;
}

function ownerOf(model: Model, entity: Entity): PropertyOwner {
  return {
    property(name) {
      const attribute = attributeOf(entity, name);
      if (attribute === undefined) return undefined;
      const target = attribute.kind === "basic" ? undefined : model.persistence.entity(attribute.type);
      return target === undefined ? "leaf" : ownerOf(model, target);
    },
  };
}
