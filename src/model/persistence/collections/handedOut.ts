import type { JavaFile } from "../../../facts/fileFacts.ts";
import { type CodeNode, childOf, childrenOf, isInLambda } from "../../../facts/java/code.ts";
import type { CallGraph, MethodNode } from "../../calls/callGraph.ts";
import { mappingsCalled } from "../../calls/mapStruct.ts";
import type { Typer } from "../../calls/typing/typer.ts";
import { isTestFile } from "../../schema/sets/settings.ts";
import { annotationNamed } from "../../types/constants.ts";
import { isPrimitive, simpleName, type Type } from "../../types/type.ts";
import type { TypeEntry, TypeIndex } from "../../types/typeIndex.ts";
import type { BodyTest } from "../repositories/bodySearch.ts";

/** Bodies that give an entity to what may read all of its properties: a template, a mapper that reflects, whatever is not known. */
export const handedOver = (types: TypeIndex): BodyTest => ({
  mayHold: maySpeakOf,
  holds: (calls, method, entity) =>
    isJudged(method, entity) && (isReturned(types, method, entity, READ_BY_NAME) || gives(types, calls, method, entity, false)),
});

/** Bodies that give an entity to what writes its properties as JSON: answers of controllers, messages, mappers of Jackson. */
export const writtenAsJson = (types: TypeIndex): BodyTest => ({
  mayHold: maySpeakOf,
  holds: (calls, method, entity) =>
    isJudged(method, entity) && (isAnswer(types, calls, method, entity) || gives(types, calls, method, entity, true)),
});

/** Fields of GraphQL are read by name, and what a cache keeps is written out. */
const READ_BY_NAME = /^(?:Query|Mutation|Subscription|Schema|Batch)Mapping$|^Dgs\w+$|^(?:Cacheable|CachePut|ModelAttribute)$/;
const ANSWERS = /^(?:Rest)?Controller$|^RestControllerAdvice$|^ResponseBody$|^Path$|^RepositoryRestController$|^SendTo$/;
const WRITERS = /^(?:writeValue\w*|valueToTree|toJson|convertAndSend|send|ok|body|bodyValue|just|exchange|postFor\w+|put|sendDefault)$/;
/** They keep what they are given, or ask for its keys and texts only. */
const KEEPERS: ReadonlySet<string> = new Set(
  (
    "List ArrayList LinkedList Set HashSet LinkedHashSet TreeSet EnumSet Collection Collections Collectors Map HashMap LinkedHashMap TreeMap EnumMap ConcurrentHashMap ConcurrentMap " +
    "Optional Stream Objects Arrays Iterator Queue Deque ArrayDeque Comparator Function Supplier Predicate Consumer BiConsumer BiFunction Iterable Entry AbstractMap " +
    "EntityManager Session StatelessSession Query TypedQuery CriteriaBuilder Root Specification Example Hibernate Persistence " +
    "PageImpl Page Slice Pair Triple AtomicReference CompletableFuture Logger Log String StringBuilder Assert Assertions ApplicationEventPublisher " +
    "CollectionUtils ObjectUtils Preconditions Validate Lists Sets Maps ImmutableList ImmutableSet ImmutableMap StreamSupport"
  ).split(" "),
);
const REPOSITORY = /(?:Repository|RepositoryImplementation|Executor|Operations|JpaSpecificationExecutor)$/;
/** On a receiver that is not known. */
const KEEPING =
  /^(?:add\w*|contains|remove\w*|save\w*|delete\w*|persist|merge|detach|refresh|flush|equals|indexOf|lock|publishEvent|register\w*)$/;

export const isJudged = ({ declared: { owner } }: MethodNode, entity: string): boolean =>
  !isTestFile(owner.file.file) && owner.type.name !== entity && maySpeakOf(owner.file, entity);

const SPEAKS = new WeakMap<JavaFile, Map<string, boolean>>();

/** Whether a file names an entity, or anything that is called after it. */
export function maySpeakOf(file: JavaFile, entity: string): boolean {
  const known = SPEAKS.get(file) ?? new Map<string, boolean>();
  SPEAKS.set(file, known);
  let may = known.get(entity);
  if (may === undefined) {
    const { code, imports, types } = file.java;
    may =
      !isTestFile(file.file) &&
      (imports.some(({ name }) => name.includes(entity)) ||
        code.strings.some((text) => text.includes(entity)) ||
        types.some(({ fields, methods }) =>
          [
            ...fields.map(({ type }) => type),
            ...methods.flatMap(({ returns, parameters }) => [returns, ...parameters.map(({ type }) => type)]),
          ].some((type) => type.includes(entity)),
        ));
    known.set(entity, may);
  }
  return may;
}

/** Whether a value may be, or hold, one of the entities. */
export function carries(type: Type | undefined, entity: string, typer: Typer): boolean {
  if (type === undefined) return false;
  return simpleName(type) === entity || typer.isA(type, new Set([entity])) || type.args.some((one) => carries(one, entity, typer));
}

function isReturned(types: TypeIndex, { declared: { owner, method } }: MethodNode, entity: string, by: RegExp): boolean {
  if (![...method.annotations].some(({ name }) => by.test(simple(name)))) return false;
  const type = types.resolve(method.returns, { file: owner.file, type: owner.type });
  return type !== undefined && names(type, entity, types);
}

const simple = (name: string): string => name.slice(name.lastIndexOf(".") + 1);

/** The same, without a body that tells types apart: those above count, too. */
const names = (type: Type, entity: string, types: TypeIndex): boolean =>
  simpleName(type) === entity ||
  (types.entryOf(type) !== undefined && types.lineage(types.entryOf(type) as TypeEntry).some((above) => above.type.name === entity)) ||
  type.args.some((one) => names(one, entity, types));

/** Whether a method of a controller answers with the entity, or with it inside of what its type tells. */
function isAnswer(types: TypeIndex, calls: CallGraph, node: MethodNode, entity: string): boolean {
  const { owner, method } = node.declared;
  const above = [...types.lineage(owner).flatMap(({ type }) => type.annotations), ...method.annotations];
  if (!above.some(({ name }) => ANSWERS.test(simple(name)))) return false;
  const type = types.resolve(method.returns, { file: owner.file, type: owner.type });
  if (type !== undefined && names(type, entity, types)) return true;
  if (method.body < 0) return false;
  const { nodes, typer } = calls.codeOf(node);
  return nodes.some(
    (one) => one.kind === "return" && !isInLambda(one) && carries(one.children[0] && typer.typeOf(one.children[0]), entity, typer),
  );
}

function gives(types: TypeIndex, calls: CallGraph, method: MethodNode, entity: string, asJson: boolean): boolean {
  if (method.declared.method.body < 0) return false;
  const { nodes, typer } = calls.codeOf(method);
  return nodes.some((node) => {
    if (node.kind === "reference") {
      const given = typer.givenTo(node, 0);
      return carries(given, entity, typer) && isReader(types, typer, node, entity, 0, given as Type) === (asJson ? "json" : "all");
    }
    if (node.kind !== "call" && node.kind !== "new") return false;
    return childrenOf(node, "argument").some((argument, index) => {
      const type = argument.kind === "lambda" || argument.kind === "class" ? undefined : typer.typeOf(argument);
      return carries(type, entity, typer) && isReader(types, typer, node, entity, index, type as Type) === (asJson ? "json" : "all");
    });
  });
}

/** What a call may do with the properties of what it is given: nothing, write those that are not hidden, or read all. */
function isReader(types: TypeIndex, typer: Typer, call: CodeNode, entity: string, index: number, given: Type): "json" | "all" | undefined {
  if (call.kind === "new") return readsWhatItIsMadeOf(types, typer, typer.resolve(call.type), entity);
  const callee = typer.calleeOf(call);
  const { declared, library, receiver } = callee;
  const [first] = declared;
  // What MapStruct writes reads what it maps.
  if (mappingsCalled(types, callee, typer.entry.file.file).length > 0) return undefined;
  if (first !== undefined) {
    if (declared.every(({ owner }) => REPOSITORY.test(owner.type.name) || typer.isA(receiver, DATA_ACCESS))) return undefined;
    // A body that knows the type is looked at itself; one that takes anything may do anything.
    const knows = declared.every(({ owner, method }) => {
      const parameter = method.parameters[Math.min(index, method.parameters.length - 1)];
      const type = parameter && types.resolve(parameter.type, { file: owner.file, type: owner.type });
      // An instance method of what is given: `Pet::getName`.
      if (parameter === undefined) return true;
      return type !== undefined && (names(type, entity, types) || isAbove(types, type, given));
    });
    return knows ? undefined : "all";
  }
  if (library !== undefined) {
    if (KEEPERS.has(library.type) || REPOSITORY.test(library.type)) return undefined;
    if (WRITERS.test(call.text)) return "json";
    // What Lombok writes for a class of the workspace: setters and builders.
    const own = receiver && types.entryOf(receiver);
    if (own !== undefined) return isEntity(own) ? undefined : "json";
    return /^(?:get|is)\p{Lu}/u.test(call.text) && call.kind === "reference" ? undefined : "all";
  }
  if (KEEPING.test(call.text)) return undefined;
  const built = builtBy(call, typer, types);
  if (built !== undefined) return isEntity(built) ? undefined : "json";
  return WRITERS.test(call.text) ? "json" : "all";
}

const DATA_ACCESS: ReadonlySet<string> = new Set([
  "Repository",
  "CrudRepository",
  "JpaRepository",
  "PagingAndSortingRepository",
  "JpaSpecificationExecutor",
]);

const isAbove = (types: TypeIndex, type: Type, given: Type): boolean => {
  const entry = types.entryOf(given);
  return entry !== undefined && types.lineage(entry).some((above) => above.type.qualified === type.name);
};

const isEntity = ({ type }: TypeEntry): boolean =>
  annotationNamed(type.annotations, "Entity", "Embeddable", "MappedSuperclass") !== undefined;

/** `Answer.builder().pet(pet)`: the class whose builder it is. */
function builtBy(call: CodeNode, typer: Typer, types: TypeIndex): TypeEntry | undefined {
  const on = childOf(call, "receiver");
  if (on === undefined) return undefined;
  if (on.kind !== "call") return types.entryOf(typer.typeOf(on) ?? typer.namedType(on));
  return builtBy(on, typer, types);
}

/** `new Answer(pet)` holds what its fields hold; an object that is made of it otherwise reads what its constructor reads. */
function readsWhatItIsMadeOf(types: TypeIndex, typer: Typer, type: Type | undefined, entity: string): "json" | "all" | undefined {
  if (type === undefined) return "all";
  const entry = types.entryOf(type);
  if (entry === undefined) {
    if (KEEPERS.has(simpleName(type)) || /Exception$|Error$/.test(simpleName(type))) return undefined;
    return /^(?:ResponseEntity|HttpEntity|ModelAndView)$/.test(simpleName(type)) && simpleName(type) !== "ModelAndView" ? "json" : "all";
  }
  if (isEntity(entry)) return undefined;
  const keeps = types.lineage(entry).some((above) =>
    above.type.fields.some((field) => {
      const held = types.resolve(field.type, { file: above.file, type: above.type });
      if (held === undefined || held.name === "java.lang.Object") return true;
      return (!isPrimitive(held) && !held.name.includes(".")) || carries(held, entity, typer);
    }),
  );
  return keeps ? "json" : undefined;
}
