import type { JavaMethod } from "../../../facts/java/javaFacts.ts";
import type { CallGraph } from "../../calls/callGraph.ts";
import type { ReadLog } from "../../readLog.ts";
import type { MappedClass } from "../../schema/sets/mapped.ts";
import { annotationNamed, annotationValue } from "../../types/constants.ts";
import type { TypeEntry, TypeIndex } from "../../types/typeIndex.ts";
import type { Attribute, Entity, EntityLookup } from "../mapping/entity.ts";
import { BodySearch } from "../repositories/bodySearch.ts";
import { callsOfOwn, collectionLoads, ownReaders } from "./collectionLoads.ts";
import { handedOver, writtenAsJson } from "./handedOut.ts";
import { mappedReads } from "./mappedReads.ts";

/** What is asked of the mapping. */
interface Mapped {
  readonly entities: EntityLookup;
  readonly classes: () => readonly MappedClass[];
}

/**
 * Whether anybody may read a collection that the other side maps. Silence takes evidence: what is not understood counts as a reader.
 * Keys: those of BodySearch, `loads:`, `callers:`, `maps:`, `hands:` and `writes:`.
 */
export class CollectionUse {
  readonly #calls: CallGraph;
  readonly #types: TypeIndex;
  readonly #mapped: Mapped;
  readonly #loads: BodySearch;
  readonly #callers: BodySearch;
  readonly #maps: BodySearch;
  readonly #hands: BodySearch;
  readonly #writes: BodySearch;

  constructor(reads: ReadLog, calls: CallGraph, types: TypeIndex, mapped: Mapped) {
    this.#calls = calls;
    this.#types = types;
    this.#mapped = mapped;
    this.#loads = new BodySearch(reads, calls, "loads", collectionLoads);
    this.#callers = new BodySearch(reads, calls, "callers", callsOfOwn);
    this.#maps = new BodySearch(reads, calls, "maps", mappedReads(types));
    this.#hands = new BodySearch(reads, calls, "hands", handedOver(types));
    this.#writes = new BodySearch(reads, calls, "writes", writtenAsJson(types));
  }

  update(changed: ReadonlySet<string>): readonly string[] {
    return [this.#loads, this.#callers, this.#maps, this.#hands, this.#writes].flatMap((search) => search.update(changed));
  }

  /** Deletes of owners, which load what goes with them, are asked for elsewhere. */
  mayBeRead(owner: Entity, attribute: Attribute): boolean {
    if (attribute.kind !== "toMany" || attribute.fetch === "eager" || attribute.at.file !== owner.at.file) return true;
    const declared = this.#types.declared(owner.qualified);
    const annotations = declared === undefined ? undefined : annotationsOf(declared, attribute);
    if (declared === undefined || annotations === undefined || !annotations.every(({ name }) => saysNothing(name))) return true;
    if (isSavedAgain(annotations) || isInGeneratedMethods(declared, attribute.name, annotations)) return true;
    if (Object.values(owner.graphs).some((paths) => paths.some((path) => path.split(".").includes(attribute.name)))) return true;
    if (this.#loads.has(owner.name, attribute.name)) return true;
    if (
      ownReaders(this.#calls, declared, attribute.name).some((reader) => isRunUnseen(reader) || this.#callers.has(owner.name, reader.name))
    )
      return true;
    const isHidden = attribute.hidden || owner.hiddenInJson.includes(attribute.name);
    const leading = this.#leadingTo(owner, false);
    if (leading.some((name) => this.#hands.has(name, "") || this.#maps.has(name, attribute.name))) return true;
    return !isHidden && this.#leadingTo(owner, true).some((name) => this.#writes.has(name, ""));
  }

  /** The simple names of the entities that a reader of properties comes to this one from, its own first. */
  #leadingTo(owner: Entity, asJson: boolean): readonly string[] {
    const names = [owner.name];
    const wanted = new Set([owner.qualified]);
    const entities = this.#mapped.classes().flatMap(({ qualified }) => this.#mapped.entities(qualified) ?? []);
    for (let grown = true; grown; ) {
      grown = false;
      for (const entity of entities) {
        if (wanted.has(entity.qualified)) continue;
        const leads = entity.attributes.some(
          ({ kind, type, name, hidden }) =>
            kind !== "basic" && wanted.has(type) && !(asJson && (hidden || entity.hiddenInJson.includes(name))),
        );
        if (!leads) continue;
        wanted.add(entity.qualified);
        names.push(entity.name);
        grown = true;
      }
    }
    return names;
  }
}

function annotationsOf({ type }: TypeEntry, { name, at }: Attribute) {
  const member = [...type.fields, ...type.methods].find(({ nameSpan }) => nameSpan.start === at.start);
  // A getter may be annotated beside a field that is.
  const getters = type.methods.filter((method) => method.name.toLowerCase() === `get${name}`.toLowerCase());
  return member === undefined ? undefined : [...member.annotations, ...getters.flatMap(({ annotations }) => annotations)];
}

/** Whether somebody else than the code at hand runs it: the JDK, Hibernate, Jackson, or whoever knows a type above. */
const isRunUnseen = ({ name, annotations }: JavaMethod): boolean =>
  annotations.length > 0 || /^(?:equals|hashCode|toString|compareTo|(?:get|is)\p{Lu}\w*)$/u.test(name);

/** What is said of a collection without anybody reading it; a search index, an audit or whatever else an annotation stands for may. */
const saysNothing = (name: string): boolean =>
  /^(?:[\w.]+\.)?(?:OneToMany|Json\w+|ToString\.\w+|EqualsAndHashCode\.\w+|Exclude|OrderBy|OrderColumn|SortNatural|MapKey\w*|Builder\.\w+|Default|BatchSize|Getter|Setter|Where|SQLRestriction|Filter|OnDelete|Cascade|Override|Nullable|NotNull|NonNull|SuppressWarnings|Schema|ArraySchema|ApiModelProperty|XmlTransient|NotAudited|Cache|Deprecated)$/.test(
    name,
  );

type Annotations = NonNullable<ReturnType<typeof annotationsOf>>;

/** Hibernate fetches what a merge goes on to, together with what is merged. */
function isSavedAgain(annotations: Annotations): boolean {
  const kinds = [
    annotationValue(annotationNamed(annotations, "OneToMany"), "cascade"),
    annotationValue(annotationNamed(annotations, "Cascade"), "value"),
  ].flatMap((value) => (value?.kind === "array" ? value.values : value === undefined ? [] : [value]));
  return kinds.some((kind) => kind.kind !== "reference" || /(?:^|\.)(?:ALL|MERGE|REFRESH|SAVE_UPDATE|LOCK|REPLICATE)$/.test(kind.name));
}

/** Lombok's `toString`, `equals` and `hashCode` read all fields that they are not told to leave out. */
function isInGeneratedMethods({ type }: TypeEntry, name: string, annotations: Annotations): boolean {
  const isData = annotationNamed(type.annotations, "Data", "Value") !== undefined;
  return (["ToString", "EqualsAndHashCode"] as const).some((method) => {
    const own = annotationNamed(type.annotations, method);
    if (own === undefined && !isData) return false;
    const onField = annotations.filter((one) => one.name.startsWith(`${method}.`) || one.name.endsWith(`.${method}.Exclude`));
    const onlySome = annotationValue(own, "onlyExplicitlyIncluded");
    const listed = annotationValue(own, "of");
    if ((onlySome?.kind === "boolean" && onlySome.value) || listed !== undefined)
      return onField.some((one) => one.name.endsWith("Include")) || holds(listed, name);
    return !onField.some((one) => one.name.endsWith("Exclude")) && !holds(annotationValue(own, "exclude"), name);
  });
}

const holds = (value: ReturnType<typeof annotationValue>, name: string): boolean =>
  value?.kind === "text" ? value.text === name : value?.kind === "array" && value.values.some((one) => holds(one, name));
