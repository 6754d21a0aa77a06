import type { Entity } from "../mapping/entity.ts";

/** The values of an `@ElementCollection` are no entities. */
export const NO_ENTITY: Entity = {
  name: "",
  qualified: "",
  entityName: "",
  kind: "embeddable",
  table: "",
  attributes: [],
  grouped: false,
  cached: false,
  graphs: {},
  hiddenInJson: [],
  at: { file: "", start: 0, end: 0 },
};

/** What a type variable stands for is known to callers only. */
export const ANY_ENTITY: Entity = { ...NO_ENTITY };
