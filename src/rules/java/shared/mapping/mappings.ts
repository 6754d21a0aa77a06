import type { JavaFile } from "../../../../facts/fileFacts.ts";
import type { JavaAnnotation, JavaType } from "../../../../facts/java/javaFacts.ts";
import type { Model } from "../../../../model/model.ts";
import type { Attribute, Entity } from "../../../../model/persistence/mapping/entity.ts";
import { annotationNamed } from "../../../../model/types/constants.ts";
import type { Span } from "../../../../text/positions.ts";
import { isKind, isSmallTable } from "./smallTables.ts";

/** An association with the field or getter that maps it. */
export interface Mapping {
  readonly type: JavaType;
  readonly entity: Entity;
  readonly attribute: Attribute;
  readonly annotations: readonly JavaAnnotation[];
  /** As written: "List<Line>". */
  readonly declaredType: string;
  /** The whole declaration. */
  readonly span: Span;
}

/** The associations and collections that the mapped classes of a file declare themselves. */
export function mappingsIn(model: Model, file: JavaFile): readonly Mapping[] {
  return file.java.types.flatMap((type) => {
    if (annotationNamed(type.annotations, "Entity", "MappedSuperclass") === undefined) return [];
    const entity = model.persistence.entity(type.qualified);
    return (entity?.attributes ?? []).flatMap((attribute): readonly Mapping[] => {
      if (entity === undefined || attribute.kind === "basic" || attribute.kind === "embedded" || attribute.at.file !== file.file) return [];
      const field = type.fields.find(({ nameSpan }) => nameSpan.start === attribute.at.start);
      if (field !== undefined)
        return [{ type, entity, attribute, annotations: field.annotations, declaredType: field.type, span: field.span }];
      const getter = type.methods.find(({ nameSpan }) => nameSpan.start === attribute.at.start);
      if (getter === undefined) return [];
      return [{ type, entity, attribute, annotations: getter.annotations, declaredType: getter.returns, span: getter.span }];
    });
  });
}

/** Whether the owners of an association are kinds, of which there are few, or of a small table. */
export const isOfKinds = (model: Model, { entity, attribute }: Mapping): boolean =>
  isKind(entity) || isSmallTable(model, entity.table, attribute.at.file);

/** Rows that nobody changes cost nothing to change. */
export const isImmutable = ({ type, annotations }: Mapping): boolean =>
  annotationNamed([...annotations, ...type.annotations], "Immutable") !== undefined;

/** "Order" of "a.b.Order". */
export const simple = (qualified: string): string => qualified.slice(qualified.lastIndexOf(".") + 1);

/** Rows that are written once, with their owner, cost one INSERT each, as those of a set. */
export const mayChange = ({ persistence, configuration }: Model, { type, attribute }: Mapping): boolean =>
  persistence.collectionChanges.has(type.name, attribute.name) ||
  // Spring Data REST writes what a request holds.
  configuration.buildOf(attribute.at.file).has("spring-boot-starter-data-rest", "spring-data-rest-webmvc");
