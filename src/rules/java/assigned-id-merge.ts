import { type CodeNode, childOf, childrenOf, nodesOf } from "../../facts/java/code.ts";
import { BodyCode } from "../../model/calls/bodyCode.ts";
import { iterationsAround } from "../../model/calls/iteration/iteration.ts";
import { heldBy } from "../../model/calls/locals.ts";
import type { Model } from "../../model/model.ts";
import type { Entity } from "../../model/persistence/mapping/entity.ts";
import { repositoryCall } from "../../model/persistence/sent/repositoryCalls.ts";
import { annotationNamed } from "../../model/types/constants.ts";
import type { TypeEntry } from "../../model/types/typeIndex.ts";
import { withCapital, withoutCapital } from "../../text/capitals.ts";
import type { Place, Span } from "../../text/positions.ts";
import { type Alike, alikeBy, MOST_BESIDE } from "../alike.ts";
import { defineRule } from "../rule.ts";
import { hasOwnListener } from "./shared/mapping/entityListeners.ts";

export const assignedIdMerge = defineRule({
  id: "java/assigned-id-merge",
  title: "An entity whose key is set by the code is read before it is inserted",
  language: "java",
  certainty: "likely",
  severity: "information",
  cost: "one SELECT more for each INSERT",
  references: [
    "https://docs.spring.io/spring-data/jpa/reference/jpa/entity-persistence.html#jpa.entity-persistence.saving-entities.strategies",
    "https://docs.jboss.org/hibernate/orm/6.6/userguide/html_single/Hibernate_User_Guide.html#pc-merge",
  ],
  messages: {
    merges: "{{entity}} has an assigned key: {{call}} selects the row before it inserts it",
    overrides: "{{entity}} has its generated key set by hand: {{call}} selects the row before it inserts it",
  },

  check({ file, model, report }) {
    const merges: Merge[] = [];
    for (const method of model.calls.methodsIn(file.file)) {
      const code = new BodyCode(model.calls, method);
      for (const site of method.sites) {
        if (site.work?.kind !== "write" || !/^save(?:All)?(?:AndFlush)?$/.test(site.name)) continue;
        const call = repositoryCall(model.persistence, model.calls, site);
        if (call?.repository.entity === undefined || call.declared !== undefined || call.repository.style !== "spring-data") continue;
        const entity = model.persistence.entity(call.repository.entity);
        const node = entity?.kind === "entity" ? code.callOf(site) : undefined;
        const [given] = node?.kind === "call" ? childrenOf(node, "argument") : [];
        if (entity === undefined || node === undefined || given === undefined || !isNew(given, entity.name, code)) continue;
        const key = keyOf(model, entity.qualified);
        if (key === undefined || (key.generated && !getsFreshKey(given, key.name, code))) continue;
        const [innermost] = iterationsAround(node, code.typer).iterations;
        const many = innermost?.over ?? (site.name.startsWith("saveAll") ? "what is saved" : undefined);
        // Whoever saves what may be there already needs to know whether it is; one row by its key is soon looked up.
        const isQuiet = UPSERTS.test(method.declared.method.name) || many === undefined;
        merges.push({ at: site.at, entity, call: call.label, key, many, isQuiet });
      }
    }
    for (const [{ at, entity, call, key, many, isQuiet }, ...others] of byKey(merges)) {
      report({
        at,
        message: key.generated ? "overrides" : "merges",
        data: { entity: entity.name, call },
        ...(isQuiet ? { certainty: "possible", severity: "hint" } : {}),
        ...(many === undefined ? {} : { cost: `N SELECTs more, N = elements of ${many}` }),
        related: [
          {
            at: key.at,
            message: key.generated
              ? `the key of ${entity.name} is made by a generator: who sets it makes the object one that is there`
              : `the key of ${entity.name} is assigned, and nothing says that the object is new`,
          },
          ...others
            .slice(0, MOST_BESIDE)
            .map((other) => ({ at: { file: file.file, ...other.at }, message: `${other.call} merges here, too` })),
        ],
      });
    }
  },
});

/** A call that saves an object whose key is set. */
interface Merge {
  readonly at: Span;
  readonly entity: Entity;
  readonly call: string;
  readonly key: Key;
  /** What is iterated around it. */
  readonly many: string | undefined;
  readonly isQuiet: boolean;
}

/** The calls of a file that one change of a key mends: first the one that is surest, and that runs most often. */
function byKey(merges: readonly Merge[]): readonly Alike<Merge>[] {
  const rank = ({ isQuiet, many }: Merge): number => (isQuiet ? 2 : 0) + (many === undefined ? 1 : 0);
  const sorted = [...merges].sort((a, b) => rank(a) - rank(b) || a.at.start - b.at.start);
  return [...alikeBy(sorted, ({ key }) => `${key.at.file}#${key.at.start}`).values()];
}

const UPSERTS = /^(?:save|update|upsert|store|put|set|merge|replace|sync|write|import)/i;

/** An object, or a list of objects, that the method itself has made: not one that was read, nor one that a caller hands in. */
function isNew(given: CodeNode, entity: string, code: BodyCode): boolean {
  if (makes(given, entity)) return true;
  if (given.kind === "name") {
    const local = code.typer.declarationOf(given);
    const value = local === undefined ? undefined : heldBy(code, local);
    if (local === undefined || value === undefined) return false;
    return isNew(value, entity, code) || isFilled(local, entity, code);
  }
  return given.kind === "call" && nodesOf(given).some((node) => isMapper(node, entity));
}

/** `new Ticket(…)`, `Ticket.builder()….build()`. */
function makes(node: CodeNode, entity: string): boolean {
  if (node.kind === "new") return node.type === entity;
  if (node.kind !== "call" || node.text !== "build") return false;
  let at: CodeNode | undefined = node;
  for (let on = childOf(node, "receiver"); on !== undefined; on = childOf(on, "receiver")) at = on;
  return at.kind === "name" && at.text === entity && at.parent?.text === "builder";
}

/** `codes.stream().map(code -> new Currency(code)).toList()`. */
function isMapper(node: CodeNode, entity: string): boolean {
  if (node.parent?.kind !== "call" || node.parent.text !== "map" || node.role !== "argument") return false;
  if (node.kind === "reference") return node.text === "new" && childOf(node, "receiver")?.text === entity;
  const body = node.kind === "lambda" ? childOf(node, "body") : undefined;
  return body !== undefined && makes(body, entity);
}

/** A new list into which new objects are put, and nothing else. */
function isFilled(local: CodeNode, entity: string, code: BodyCode): boolean {
  const value = childOf(local, "value");
  if (value?.kind !== "new" || childrenOf(value, "argument").some(({ kind }) => kind !== "literal" && kind !== "call")) return false;
  const added = code
    .usesOf(local)
    .flatMap(({ parent, role }) =>
      role === "receiver" && parent?.kind === "call" && /^add(?:All|First|Last)?$/.test(parent.text) ? [parent] : [],
    );
  return (
    added.length > 0 &&
    added.every((call) => call.text !== "addAll" && childrenOf(call, "argument").every((one) => isNew(one, entity, code)))
  );
}

/** `order.setId(UUID.randomUUID())`, `Order.builder().id(UUID.randomUUID())`: a key that no row has yet. */
function getsFreshKey(given: CodeNode, name: string, code: BodyCode): boolean {
  const setter = `set${withCapital(name)}`;
  const isFresh = (call: CodeNode | undefined): boolean =>
    call?.kind === "call" && childrenOf(call, "argument").some((argument) => nodesOf(argument).some(({ text }) => text === "randomUUID"));
  if (given.kind === "call") return nodesOf(given).some((node) => node.text === name && isFresh(node));
  const local = given.kind === "name" ? code.typer.declarationOf(given) : undefined;
  if (local === undefined) return false;
  const value = heldBy(code, local);
  return (
    code.usesOf(local).some(({ role, parent }) => role === "receiver" && parent?.text === setter && isFresh(parent)) ||
    (value?.kind === "call" && getsFreshKey(value, name, code))
  );
}

interface Key {
  readonly name: string;
  readonly at: Place;
  /** A generator makes it where nobody has set it. */
  readonly generated: boolean;
}

/** The key, if `save` cannot tell a new object that has one from one that was read: Spring Data then merges. */
function keyOf(model: Model, qualified: string): Key | undefined {
  const entry = model.types.declared(qualified);
  if (entry === undefined) return undefined;
  const lineage = model.types.lineage(entry);
  const isOfParts = lineage.some(({ type }) => annotationNamed(type.annotations, "IdClass") !== undefined);
  let key: Key | undefined;
  for (const owner of lineage) {
    if (!isKnown(model, owner)) return undefined;
    const { type, file } = owner;
    if (hasOwnListener(type)) return undefined;
    for (const member of [...type.fields, ...type.methods]) {
      const named = (...names: readonly string[]) => annotationNamed(member.annotations, ...names) !== undefined;
      if (named("Version", "MapsId", "PrePersist")) return undefined;
      if (!named("Id", "EmbeddedId")) continue;
      const generated = named("GeneratedValue");
      // Of several parts, or made by something: a generator of Hibernate's or of a library has an annotation of its own.
      if (key !== undefined && !isOfParts) return undefined;
      const own = member.annotations.map(({ name }) => name.slice(name.lastIndexOf(".") + 1));
      if (!own.every((name) => PLAIN.test(name) || (generated ? !isOfParts && GENERATES.test(name) : isOfParts && REFERS.test(name))))
        return undefined;
      key ??= { name: withoutCapital(member.name.replace(/^get(?=\p{Lu})/u, "")), at: { file: file.file, ...member.nameSpan }, generated };
    }
  }
  return key;
}

const GENERATES = /^(?:GeneratedValue|SequenceGenerator|GenericGenerator|UuidGenerator)$/;
/** A part of a key that is another row. */
const REFERS = /^(?:ManyToOne|OneToOne|JoinColumns?|OnDelete)$/;

/** Annotations of a key that do not make it. */
const PLAIN =
  /^(?:Id|EmbeddedId|AttributeOverrides?|Valid|Column|Basic|Access|Type|JdbcType|JdbcTypeCode|JavaType|Convert|Enumerated|Temporal|Not(?:Null|Blank|Empty)|NonNull|Nonnull|Size|Length|Min|Max|Pattern|Positive|Json\w+|Schema|Getter|Setter|EqualsAndHashCode|ToString|Include|EqualsAndHashCode\.Include|Comment|NaturalId|Override|Nationalized|XmlAttribute|XmlElement)$/;

/** Whether all that lies directly above a type is known: what is not may be Persistable, or bring a version. */
function isKnown(model: Model, owner: TypeEntry): boolean {
  return model.types
    .supertypesOf(owner)
    .every(
      (above) =>
        model.types.entryOf(above, owner.file.file) !== undefined ||
        /(?:^|\.)(?:Object|Serializable|Comparable|Cloneable)$/.test(above.name),
    );
}
