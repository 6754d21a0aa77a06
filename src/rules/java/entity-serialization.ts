import { childOf } from "../../facts/java/code.ts";
import { bodiesRun } from "../../model/calls/bodiesRun.ts";
import type { MethodNode } from "../../model/calls/callGraph.ts";
import type { Model } from "../../model/model.ts";
import { groupsByDefault } from "../../model/persistence/loading/fetchGaps.ts";
import { returnedEntities } from "../../model/persistence/loading/lazyAccesses.ts";
import { isOneBehind, isOneForAll } from "../../model/persistence/loading/sharedByRows.ts";
import type { Attribute, Entity } from "../../model/persistence/mapping/entity.ts";
import { fetches, type Selection } from "../../model/persistence/repositories/selection.ts";
import { annotationNamed } from "../../model/types/constants.ts";
import type { Endpoint } from "../../model/web/endpoint.ts";
import { withoutCapital } from "../../text/capitals.ts";
import { defineRule } from "../rule.ts";
import { type Written, writtenBy } from "./shared/requests/writtenEntities.ts";
import { isWritten } from "./shared/requests/writtenParts.ts";

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
      const found = firstWith(writtenBy(model, endpoint), (written) => associationsWritten(model, endpoint, written));
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

/** With them what is not loaded is written as null. */
const LAZY_MODULES = [
  "jackson-datatype-hibernate5",
  "jackson-datatype-hibernate5-jakarta",
  "jackson-datatype-hibernate6",
  "jackson-datatype-hibernate7",
];

/** The first of several that has something, with what it has. */
function firstWith<T, U>(all: readonly T[], of: (one: T) => readonly U[]): readonly [T, readonly [U, ...U[]]] | undefined {
  for (const one of all) {
    const [first, ...others] = of(one);
    if (first !== undefined) return [one, [first, ...others]];
  }
  return undefined;
}

/** The lazy associations that Jackson sees and that the query, where it is known, leaves out. */
function associationsWritten(model: Model, endpoint: Endpoint, { entity, value: part }: Written): readonly Attribute[] {
  const entry = model.types.declared(entity.qualified, endpoint.file);
  const lazy = entity.attributes.filter(
    ({ kind, fetch, hidden, name }) =>
      kind !== "basic" && kind !== "embedded" && fetch === "lazy" && !hidden && !entity.hiddenInJson.includes(name),
  );
  if (entry === undefined || lazy.length === 0) return [];
  const types = model.types.lineage(entry).map(({ type }) => type);
  if (types.some(({ annotations }) => annotationNamed(annotations, "JsonSerialize", "JsonFilter") !== undefined)) return [];
  const visible = lazy.filter(({ name }) => isWritten(types, name));
  const method = visible.length === 0 ? undefined : model.calls.method(endpoint.runs);
  const value = part ?? (method === undefined || method.declared.method.body < 0 ? undefined : returnedEntities(model, method));
  const set = method === undefined ? NONE : setOnTheWay(model, method, entity, 0);
  const left = visible.filter(({ name }) => !set.has(name));
  if (value === undefined || !("selection" in value.origin) || value.path.length > 0) return left;
  const { selection, or = [] } = value.origin;
  const selections = [selection, ...or.map((other) => other.selection)];
  return left.filter(
    (attribute) => !fetches(selection, attribute.name) && !selections.every((one) => isShared(model, one, attribute, endpoint.file)),
  );
}

/** `findByOwner(owner)`: all that are written have the same owner, who is loaded once. */
const isShared = ({ persistence, types, schema }: Model, selection: Selection, attribute: Attribute, near: string): boolean =>
  isOneForAll(persistence, selection, attribute) || isOneBehind({ persistence, types, schema }, selection, attribute, near);

const NONE: ReadonlySet<string> = new Set();
const DEEPEST = 2;

/** The properties of an entity that an endpoint, or a method that it calls, puts something else into: `book.setLoans(null)`. */
function setOnTheWay(model: Model, method: MethodNode, entity: Entity, depth: number): ReadonlySet<string> {
  if (method.declared.method.body < 0) return NONE;
  const { nodes, typer } = model.calls.codeOf(method);
  const set = new Set<string>();
  for (const node of nodes) {
    const property = node.kind === "call" ? /^set(\p{Lu}.*)$/u.exec(node.text)?.[1] : undefined;
    const on = property === undefined ? undefined : childOf(node, "receiver");
    if (property !== undefined && on !== undefined && typer.typeOf(on)?.name === entity.qualified) set.add(withoutCapital(property));
  }
  if (depth === DEEPEST) return set;
  for (const { targets } of method.sites) {
    const [called, ...others] = bodiesRun(model.calls, model.types, targets);
    if (called !== undefined && others.length === 0) for (const name of setOnTheWay(model, called, entity, depth + 1)) set.add(name);
  }
  return set;
}
