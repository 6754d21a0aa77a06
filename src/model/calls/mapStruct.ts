import type { JavaAnnotation, JavaMethod, JavaParameter } from "../../facts/java/javaFacts.ts";
import { withCapital } from "../../text/capitals.ts";
import { annotationNamed, annotationText, annotationValue, nestedAnnotations } from "../types/constants.ts";
import { elementOfArray, simpleName, substitute, type Type, typeNamed } from "../types/type.ts";
import type { TypeEntry, TypeIndex } from "../types/typeIndex.ts";
import { methodKey } from "./methodKey.ts";
import type { Callee, DeclaredMethod } from "./typing/callees.ts";
import { Supertypes } from "./typing/supertypes.ts";

/** A method whose body MapStruct writes: what it does is told by its types, and by what its mapper declares. */
export interface Mapping {
  /** The type annotated with `@Mapper`. */
  readonly mapper: TypeEntry;
  /** Undefined for what MapStruct makes up to map a property. */
  readonly declared: DeclaredMethod | undefined;
  readonly source: Type;
  readonly target: Type;
}

/** What a mapping reads of its source to set a property of its target, or to make an element of its target. */
export interface MappedPart {
  /** Properties of the source, one behind the other: `["customer", "name"]`. Empty for elements. */
  readonly path: readonly string[];
  /** What makes a value of what was read; undefined where it is taken over. */
  readonly by: DeclaredMethod | Mapping | undefined;
  /** Once for each element of what was read. */
  readonly each: boolean;
}

export const isMapping = (by: MappedPart["by"]): by is Mapping => by !== undefined && "mapper" in by;

/** The mapping that a call runs, its type variables filled in; undefined for any other call. */
export function mappingCalled(types: TypeIndex, { receiver, declared }: Callee, near: string): Mapping | undefined {
  const [only, ...others] = declared;
  if (only === undefined || others.length > 0 || only.method.body >= 0 || only.method.kind !== "method") return undefined;
  const called = types.entryOf(receiver, near);
  const mapper = called !== undefined && isMapper(called) ? called : isMapper(only.owner) ? only.owner : undefined;
  return mapper === undefined ? undefined : mappingOf(types, mapper, only);
}

const isMapper = ({ type, file }: TypeEntry): boolean =>
  annotationNamed(type.annotations, "Mapper") !== undefined && file.java.imports.some(({ name }) => name.startsWith("org.mapstruct"));

/** Whether MapStruct may write the body: for a mapper's own methods, and for those that a mapper inherits of what is generic. */
export const mayBeMapping = ({ owner: { type, file }, method }: DeclaredMethod): boolean =>
  method.body < 0 && (isMapper({ type, file }) || type.typeParameters.length > 1);

/** What MapStruct writes for a method: once, or once for each mapper that inherits it with its own types. */
export function mappingsBy(types: TypeIndex, declared: DeclaredMethod): readonly Mapping[] {
  if (!mayBeMapping(declared)) return [];
  const mappers = [declared.owner, ...types.descendantsOf(declared.owner)].filter(isMapper);
  return mappers.flatMap((mapper) => mappingOf(types, mapper, declared) ?? []);
}

function mappingOf(types: TypeIndex, mapper: TypeEntry, declared: DeclaredMethod): Mapping | undefined {
  const { owner, method } = declared;
  const bindings = new Supertypes(types, mapper.file.file).bindings(typeNamed(mapper.type.qualified), owner);
  const typeOf = (text: string): Type | undefined => {
    const type = types.resolve(text, { file: owner.file, type: owner.type });
    return type === undefined ? undefined : substitute(type, bindings);
  };
  const filled = method.parameters.find(({ annotations }) => annotationNamed(annotations, "MappingTarget") !== undefined);
  const [given] = sourcesOf(method);
  const source = given === undefined ? undefined : typeOf(given.type);
  const target = typeOf(method.returns === "void" && filled !== undefined ? filled.type : method.returns);
  return source === undefined || target === undefined ? undefined : { mapper, declared, source, target };
}

const isSource = ({ annotations }: JavaParameter): boolean =>
  annotationNamed(annotations, "MappingTarget", "Context", "TargetType") === undefined;

const sourcesOf = ({ parameters }: JavaMethod): readonly JavaParameter[] => parameters.filter(isSource);

/** Which argument of a mapping is what it maps: `update(@MappingTarget Order order, OrderDto dto)` maps its second. */
export const sourceIndex = ({ parameters }: JavaMethod): number => parameters.findIndex(isSource);

/** What a mapping reads, and what it runs for it. */
export const partsOf = (types: TypeIndex, mapping: Mapping): readonly MappedPart[] =>
  types.remembered(mapping.mapper, `parts ${nameOf(mapping)}`, () => partsIn(types, mapping));

const nameOf = ({ declared, source, target }: Mapping): string =>
  [
    declared === undefined ? "" : methodKey(declared),
    ...[source, target].flatMap((type) => [type.name, ...type.args.map(({ name }) => name)]),
  ].join(" ");

function partsIn(types: TypeIndex, mapping: Mapping): readonly MappedPart[] {
  const elements = [elementIn(mapping.source), elementIn(mapping.target)] as const;
  if (elements[0] !== undefined && elements[1] !== undefined)
    return [{ path: [], by: madeBy(types, mapping.mapper, elements[0], elements[1]), each: true }];
  const { declared } = mapping;
  const annotations = declared?.method.annotations ?? [];
  const written = new Map<string, JavaAnnotation>();
  for (const one of nestedAnnotations(annotations, "Mapping", "Mappings")) {
    const target = annotationText(one, "target");
    if (target !== undefined) written.set(target, one);
  }
  const byDefault = annotationValue(annotationNamed(annotations, "BeanMapping"), "ignoreByDefault");
  const named = byDefault?.kind === "boolean" && byDefault.value ? [] : propertiesOf(types, mapping.target, mapping.mapper);
  return [...new Set([...named, ...written.keys()])].flatMap((property) => partOf(types, mapping, property, written.get(property)));
}

function partOf(types: TypeIndex, mapping: Mapping, property: string, written: JavaAnnotation | undefined): readonly MappedPart[] {
  const { mapper, declared, source } = mapping;
  if (written !== undefined && isLeftOut(written)) return [];
  const parameters = declared === undefined ? [] : sourcesOf(declared.method).map(({ name }) => name);
  const path = (annotationText(written, "source") ?? property).split(".");
  if (path[0] === parameters[0] && path.length > 1) path.shift();
  else if (parameters.slice(1).includes(path[0] ?? "")) return [];
  let from: Type | undefined = source;
  for (const name of path) from = from === undefined ? undefined : propertyType(types, from, name, mapper);
  if (from === undefined) return [];
  const qualified = annotationText(written, "qualifiedByName");
  if (qualified !== undefined) {
    const by = methodsFor(types, mapper).find(
      ({ method }) => annotationText(annotationNamed(method.annotations, "Named"), "value") === qualified,
    );
    const made = by === undefined ? undefined : mappingOf(types, mapper, by);
    const each = made !== undefined && elementIn(from) !== undefined && !isSame(made.source, from);
    return [{ path, by: by === undefined || by.method.body >= 0 ? by : made, each }];
  }
  const to = propertyType(types, mapping.target, property, mapper);
  if (to === undefined) return [{ path, by: undefined, each: false }];
  const whole = methodFor(types, mapper, from, to);
  if (whole !== undefined) return [{ path, by: whole, each: false }];
  const elements = [elementIn(from), elementIn(to)] as const;
  if (elements[0] === undefined || elements[1] === undefined) return [{ path, by: madeBy(types, mapper, from, to), each: false }];
  return [{ path, by: madeBy(types, mapper, elements[0], elements[1]), each: true }];
}

/** Ignored, put together by an expression of its own, or left out where it is not loaded. */
function isLeftOut(written: JavaAnnotation): boolean {
  const ignore = annotationValue(written, "ignore");
  if (ignore?.kind === "boolean" && ignore.value) return true;
  if (annotationValue(written, "expression") !== undefined || annotationValue(written, "constant") !== undefined) return true;
  const condition = annotationValue(written, "conditionExpression");
  return condition?.kind === "text" && /\bis(?:Initialized|Loaded|PropertyInitialized)\s*\(/.test(condition.text);
}

/** A method that the mapper has for it, or what MapStruct makes up for two types of the workspace. */
function madeBy(types: TypeIndex, mapper: TypeEntry, source: Type, target: Type): DeclaredMethod | Mapping | undefined {
  const known = methodFor(types, mapper, source, target);
  if (known !== undefined || source.name === target.name) return known;
  const declared = [source, target].map((type) => types.entryOf(type, mapper.file.file));
  return declared.every((entry) => entry !== undefined && entry.type.kind !== "enum")
    ? { mapper, declared: undefined, source, target }
    : undefined;
}

function methodFor(types: TypeIndex, mapper: TypeEntry, source: Type, target: Type): DeclaredMethod | Mapping | undefined {
  const found = mappingsFor(types, mapper).find((one) => isSame(one.source, source) && isSame(one.target, target));
  return found?.declared !== undefined && found.declared.method.body >= 0 ? found.declared : found;
}

/** The methods that MapStruct may choose for a property or an element, with what they make of what. */
const mappingsFor = (types: TypeIndex, mapper: TypeEntry): readonly Mapping[] =>
  types.remembered(mapper, "mappings", () =>
    methodsFor(types, mapper).flatMap((candidate) =>
      annotationNamed(candidate.method.annotations, "Named", "AfterMapping", "BeforeMapping") !== undefined
        ? []
        : (mappingOf(types, mapper, candidate) ?? []),
    ),
  );

/** The methods with a body that run before or after the mapping of an object. */
function methodsAround(types: TypeIndex, { mapper, source, target }: Mapping): readonly DeclaredMethod[] {
  return methodsFor(types, mapper).filter((candidate) => {
    const { owner, method } = candidate;
    if (method.body < 0 || annotationNamed(method.annotations, "AfterMapping", "BeforeMapping") === undefined) return false;
    const context = { file: owner.file, type: owner.type };
    return method.parameters.every(({ type, annotations }) => {
      if (annotationNamed(annotations, "Context", "TargetType") !== undefined) return true;
      const wanted = types.resolve(type, context);
      const given = annotationNamed(annotations, "MappingTarget") === undefined ? source : target;
      return wanted !== undefined && (isSame(wanted, given) || isBelow(types, given, wanted, mapper));
    });
  });
}

/** The methods that a mapper has, inherits, or may use of others. */
function methodsFor(types: TypeIndex, mapper: TypeEntry): readonly DeclaredMethod[] {
  const uses = annotationValue(annotationNamed(mapper.type.annotations, "Mapper"), "uses");
  const named = uses === undefined ? [] : uses.kind === "array" ? uses.values : [uses];
  const used = named.flatMap((one) => {
    const name = one.kind === "reference" ? one.name.replace(/\.class$/, "") : undefined;
    return name === undefined
      ? []
      : (types.declared(types.resolveName(name, { file: mapper.file, type: mapper.type }), mapper.file.file) ?? []);
  });
  return [mapper, ...used].flatMap((from) =>
    types.lineage(from).flatMap((owner) => owner.type.methods.filter(({ kind }) => kind === "method").map((method) => ({ owner, method }))),
  );
}

const isSame = (a: Type, b: Type): boolean =>
  a.name === b.name && a.dimensions === b.dimensions && a.args.every((arg, i) => b.args[i] === undefined || arg.name === b.args[i]?.name);

function isBelow(types: TypeIndex, type: Type, above: Type, { file }: TypeEntry): boolean {
  const entry = types.entryOf(type, file.file);
  return entry !== undefined && types.lineage(entry).some((one) => one.type.qualified === above.name);
}

const ITERABLES: ReadonlySet<string> = new Set(["Iterable", "Collection", "List", "Set", "SortedSet", "ArrayList", "HashSet", "Stream"]);

const elementIn = (type: Type): Type | undefined => elementOfArray(type) ?? (ITERABLES.has(simpleName(type)) ? type.args[0] : undefined);

function propertiesOf(types: TypeIndex, type: Type, { file }: TypeEntry): readonly string[] {
  const entry = types.entryOf(type, file.file);
  if (entry === undefined) return [];
  return types
    .lineage(entry)
    .flatMap(({ type: { fields } }) =>
      fields.filter(({ origin, modifiers }) => origin !== "constant" && !modifiers.includes("static")).map(({ name }) => name),
    );
}

function propertyType(types: TypeIndex, type: Type, name: string, { file }: TypeEntry): Type | undefined {
  const entry = types.entryOf(type, file.file);
  if (entry === undefined) return undefined;
  const found = types.fieldOf(entry, name);
  if (found !== undefined) return types.resolve(found.field.type, { file: found.owner.file, type: found.owner.type });
  for (const above of types.lineage(entry)) {
    const getter = above.type.methods.find(
      (method) => method.parameters.length === 0 && (method.name === `get${withCapital(name)}` || method.name === `is${withCapital(name)}`),
    );
    if (getter !== undefined) return types.resolve(getter.returns, { file: above.file, type: above.type });
  }
  return undefined;
}

/** A method with a body that a mapping runs. */
export interface MappedRun {
  readonly method: DeclaredMethod;
  /** What it runs once per element of: "" for what the call is given, a property's name below it; undefined where it runs once. */
  readonly each: string | undefined;
}

/** Mappings in mappings are followed so far. */
const DEEPEST = 4;

/** The methods with a body that the call of a mapping runs, in what MapStruct writes. */
export const runsOf = (types: TypeIndex, mapping: Mapping): readonly MappedRun[] =>
  types.remembered(mapping.mapper, `runs ${nameOf(mapping)}`, () => runsIn(types, mapping));

function runsIn(types: TypeIndex, mapping: Mapping): readonly MappedRun[] {
  const runs: MappedRun[] = [];
  const seen = new Set<string>();
  const follow = (at: Mapping, each: string | undefined, depth: number): void => {
    const key = nameOf(at);
    if (depth > DEEPEST || seen.has(key)) return;
    seen.add(key);
    for (const method of methodsAround(types, at)) runs.push({ method, each });
    for (const part of partsOf(types, at)) {
      const inner = part.each ? (part.path.at(-1) ?? each ?? "") : each;
      if (isMapping(part.by)) follow(part.by, inner, depth + 1);
      else if (part.by !== undefined) runs.push({ method: part.by, each: inner });
    }
  };
  follow(mapping, undefined, 0);
  return runs;
}

/** Whether a mapping reads a property of a type, or of what it maps on the way. */
export function mapsProperty(types: TypeIndex, mapping: Mapping, of: string, property: string): boolean {
  const seen = new Set<string>();
  const reads = (at: Mapping, depth: number): boolean => {
    const key = nameOf(at);
    if (depth > DEEPEST || seen.has(key)) return false;
    seen.add(key);
    const entry = types.entryOf(at.source, at.mapper.file.file);
    const isOwn = entry !== undefined && types.lineage(entry).some(({ type }) => type.qualified === of);
    return partsOf(types, at).some(
      ({ path, by }) => (isOwn && path[0] === property) || path.indexOf(property) > 0 || (isMapping(by) && reads(by, depth + 1)),
    );
  };
  return reads(mapping, 0);
}
