import type { JavaField, JavaType } from "../../../../facts/java/javaFacts.ts";
import type { ConfigurationModel } from "../../../../model/configuration/configurationModel.ts";
import { versionAtLeast } from "../../../../model/configuration/versions.ts";
import type { Model } from "../../../../model/model.ts";
import { annotationNamed } from "../../../../model/types/constants.ts";
import { simpleName, type Type } from "../../../../model/types/type.ts";
import { bareName, type TypeEntry } from "../../../../model/types/typeIndex.ts";
import type { Place } from "../../../../text/positions.ts";
import type { Certainty } from "../../../finding.ts";
import { cacheProvider } from "./cacheProvider.ts";

/** What writes values as bytes: Java's serialization, Jackson with its own mapper, Jackson with a mapper that knows java.time. */
export type Serialization = "jdk" | "plain-json" | "json";

/** How the values of Redis caches are written; undefined for caches that keep objects, and where that is not known. */
export function serialization(configuration: ConfigurationModel, file: string): Serialization | undefined {
  if (cacheProvider(configuration, file) !== "redis" || configuration.codeSettles("redis-other-values", file)) return undefined;
  const [plain, own] = [configuration.codeSettles("redis-plain-json", file), configuration.codeSettles("redis-json", file)];
  if (plain && own) return "json";
  return plain ? "plain-json" : own ? "json" : "jdk";
}

/** A type, in a value, that does not come through. */
export interface Obstacle {
  readonly problem: "notSerializable" | "noCreator" | "time" | "untyped" | "typeless";
  /** "Price", or "Price.since" of a field. */
  readonly name: string;
  readonly at: Place | undefined;
  readonly certainty: Certainty;
}

const CONTAINERS =
  /^(?:Optional|List|ArrayList|LinkedList|Set|HashSet|LinkedHashSet|TreeSet|Collection|Map|HashMap|LinkedHashMap|TreeMap)$/;
const TIMES = /^java\.time\.(?:Local(?:Date|Time|DateTime)|Instant|ZonedDateTime|Offset(?:DateTime|Time)|Duration|Year|YearMonth|Period)$/;
const DEEPEST = 4;

/** The first type in a value that cannot be written and read again; undefined where all can, or nothing is known. */
export function obstacleIn(model: Model, type: Type, how: Serialization, near: string): Obstacle | undefined {
  const untyped = how === "jdk" ? undefined : (typeless(model, type, near) ?? untypedRecord(model, type, near));
  if (untyped !== undefined) return untyped;
  return new Walk(model, how, near).in(type, undefined, 0);
}

/** An object of any class, where no types are written: a map of its fields comes back, which is no object of it. */
function typeless({ types, configuration }: Model, type: Type, near: string): Obstacle | undefined {
  const entry = configuration.codeSettles("redis-typeless", near) ? types.entryOf(type, near) : undefined;
  if (entry === undefined || entry.type.kind === "enum" || annotationNamed(entry.type.annotations, "JsonTypeInfo") !== undefined)
    return undefined;
  return { problem: "typeless", name: entry.type.name, at: { file: entry.file.file, ...entry.type.nameSpan }, certainty: "proven" };
}

/** A record, which is final, whose type a mapper that types what may be extended leaves out; within a list it is written. */
function untypedRecord({ types, configuration }: Model, type: Type, near: string): Obstacle | undefined {
  const entry = types.entryOf(type, near);
  if (entry?.type.kind !== "record" || annotationNamed(entry.type.annotations, "JsonTypeInfo") !== undefined) return undefined;
  const { boot } = configuration.buildOf(near);
  // Spring Data Redis types every value since 3.0.
  const old = boot !== undefined && !versionAtLeast(boot, "3.0") && configuration.codeSettles("redis-plain-json", near);
  if (!old && !configuration.codeSettles("redis-untyped-finals", near)) return undefined;
  const at = { file: entry.file.file, ...entry.type.nameSpan };
  return { problem: "untyped", name: entry.type.name, at, certainty: "proven" };
}

interface Holder {
  readonly name: string;
  readonly at: Place;
}

class Walk {
  readonly #model: Model;
  readonly #how: Serialization;
  readonly #near: string;
  readonly #seen = new Set<string>();

  constructor(model: Model, how: Serialization, near: string) {
    this.#model = model;
    this.#how = how;
    this.#near = near;
  }

  in(type: Type, holder: Holder | undefined, depth: number): Obstacle | undefined {
    const name = simpleName(type);
    const jdk = this.#how === "jdk";
    const found = (problem: Obstacle["problem"], at: Place | undefined, certainty: Certainty = "proven"): Obstacle => ({
      problem,
      name: problem === "time" && holder !== undefined ? holder.name : name,
      at: at ?? holder?.at,
      certainty,
    });
    if (this.#how === "plain-json" && TIMES.test(type.name)) return found("time", undefined);
    // A field of this type fails where the value itself is unpacked by Spring.
    if (jdk && name === "Optional" && holder !== undefined) return found("notSerializable", holder.at);
    if (CONTAINERS.test(name)) return this.#first(type.args, holder, depth);
    if (/^(?:ResponseEntity|HttpEntity)$/.test(name)) return found(jdk ? "notSerializable" : "noCreator", undefined);
    if (/^(?:Page|PageImpl|Slice|SliceImpl)$/.test(name))
      return jdk ? this.#first(type.args, holder, depth) : found("noCreator", undefined);
    const entry = this.#model.types.entryOf(type, this.#near);
    if (entry === undefined || this.#seen.has(type.name) || depth > DEEPEST) return undefined;
    this.#seen.add(type.name);
    const { type: declared, file } = entry;
    if (declared.kind === "enum" || declared.kind === "interface" || declared.modifiers.includes("abstract")) return undefined;
    const at = { file: file.file, ...declared.nameSpan };
    if (jdk && isSerializable(this.#model, entry) === "no") return found("notSerializable", at);
    const creator = jdk ? "yes" : creatorOf(declared);
    if (creator !== "yes") return found("noCreator", at, creator);
    return this.#inFields(entry, depth);
  }

  #first(types: readonly Type[], holder: Holder | undefined, depth: number): Obstacle | undefined {
    for (const type of types) {
      const found = this.in(type, holder, depth);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #inFields(entry: TypeEntry, depth: number): Obstacle | undefined {
    for (const owner of this.#model.types.lineage(entry)) {
      for (const field of owner.type.fields) {
        if (!isStored(field)) continue;
        const type = this.#model.types.resolve(field.type, { file: owner.file, type: owner.type });
        const at = { file: owner.file.file, ...field.nameSpan };
        const found = type === undefined ? undefined : this.in(type, { name: `${entry.type.name}.${field.name}`, at }, depth + 1);
        if (found !== undefined) return found;
      }
    }
    return undefined;
  }
}

const isStored = ({ modifiers, annotations, origin }: JavaField): boolean =>
  origin !== "constant" &&
  !modifiers.includes("static") &&
  !modifiers.includes("transient") &&
  annotationNamed(annotations, "JsonIgnore", "JsonSerialize", "JsonDeserialize", "Transient") === undefined;

/** "unknown" where a supertype of a library may be Serializable, as UserDetails is. */
function isSerializable({ types }: Model, entry: TypeEntry): "yes" | "no" | "unknown" {
  let open = false;
  for (const { type, file } of types.lineage(entry)) {
    const above = type.superclass === undefined ? type.interfaces : [type.superclass, ...type.interfaces];
    for (const text of above) {
      const name = bareName(text);
      if (name === "Serializable" || name === "Externalizable") return "yes";
      if (types.entryOf(types.resolve(text, { file, type }), file.file) === undefined && !/^(?:Comparable|Cloneable|Object)$/.test(name))
        open = true;
    }
  }
  return open ? "unknown" : "no";
}

/** Whether Jackson can make an object of a class, and if not, how sure that is: Lombok may be told to name its parameters. */
function creatorOf(type: JavaType): "yes" | Certainty {
  if (type.kind === "record") return "yes";
  if (annotationNamed(type.annotations, "NoArgsConstructor", "Jacksonized", "JsonDeserialize", "JsonTypeInfo", "Entity") !== undefined)
    return "yes";
  if (
    type.methods.some(
      ({ annotations }) => annotationNamed(annotations, "JsonCreator", "ConstructorProperties", "Jacksonized") !== undefined,
    )
  )
    return "yes";
  const constructors = type.methods.filter(({ kind }) => kind === "constructor");
  const named = constructors.some(({ parameters }) => parameters.some(({ annotations }) => annotationNamed(annotations, "JsonProperty")));
  if (named || constructors.some(({ parameters }) => parameters.length === 0)) return "yes";
  if (constructors.length > 0) return "proven";
  const needsValues = type.fields.some(
    ({ modifiers, annotations, initializer }) =>
      !modifiers.includes("static") &&
      initializer < 0 &&
      (modifiers.includes("final") || annotationNamed(annotations, "NonNull") !== undefined),
  );
  const takesAll = annotationNamed(type.annotations, "AllArgsConstructor", "Builder", "SuperBuilder", "Value") !== undefined;
  if (takesAll) return type.fields.some(({ modifiers }) => !modifiers.includes("static")) ? "likely" : "yes";
  return needsValues && annotationNamed(type.annotations, "RequiredArgsConstructor", "Data") !== undefined ? "likely" : "yes";
}
