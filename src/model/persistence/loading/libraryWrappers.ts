import { type CodeNode, childOf } from "../../../facts/java/code.ts";

/** A copy of a collection that is made by its only argument. */
const COPIES = /(?:List|Set|Deque|Queue|Map)(?:<.*>)?$/;
/** What holds its first argument, whatever comes with it. */
const WRAPPERS = /^(?:[\w.]+\.)?(?:PageImpl|SliceImpl|ResponseEntity)\b/;

/** Whether `new type(…)` holds what its first argument does. */
export const isWrapper = (type: string, alone: boolean): boolean => (alone && COPIES.test(type)) || WRAPPERS.test(type);

const WRAPPING: Readonly<Record<string, RegExp>> = {
  CollectionUtils: /^emptyIfNull$/,
  Collections: /^(?:unmodifiable|synchronized)/,
  CompletableFuture: /^completedFuture$/,
  ImmutableList: /^copyOf$/,
  ImmutableSet: /^copyOf$/,
  List: /^copyOf$/,
  Lists: /^newArrayList$/,
  ListUtils: /^emptyIfNull$/,
  Map: /^copyOf$/,
  Objects: /^requireNonNull/,
  Optional: /^of/,
  PageableExecutionUtils: /^getPage$/,
  ResponseEntity: /^(?:ok|of)$/,
  Set: /^copyOf$/,
  Sets: /^new\w*Set$/,
  Stream: /^(?:concat|of(?:Nullable)?)$/,
  StreamSupport: /^stream$/,
};

/** Whether a static method of a library gives back what it is given. */
export const wraps = (type: string, method: string): boolean => Object.hasOwn(WRAPPING, type) && WRAPPING[type]?.test(method) === true;

/** Methods that run what they are given, and give back what that gives. */
export const RUNNING = /^(?:execute|supplyAsync|submit|call)$/;

/** `ResponseEntity.status(200)`, whose `body` is what it is given. */
export function isResponse(builder: CodeNode): boolean {
  let root = builder;
  for (let on = childOf(root, "receiver"); on !== undefined; on = childOf(root, "receiver")) root = on;
  return root.text === "ResponseEntity";
}
