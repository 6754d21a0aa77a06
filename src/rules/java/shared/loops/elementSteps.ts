import { type CodeNode, childOf, childrenOf, nodesOf } from "../../../../facts/java/code.ts";
import type { Typer } from "../../../../model/calls/typing/typer.ts";

/** What the branches of a `switch` give. */
export const valuesOf = (choice: CodeNode): readonly CodeNode[] =>
  childrenOf(choice, "body")
    .flatMap((branch) => childrenOf(branch, "body"))
    .flatMap((given) => {
      if (given.kind !== "block") return given.kind === "throw" ? [] : [given];
      return nodesOf(given).flatMap(({ kind, children }) => (kind === "yield" ? children.slice(0, 1) : []));
    });

/** `tickets = repository.findAll();`: what a local is given after its declaration. */
export const valuesAssigned = (local: CodeNode, nodes: readonly CodeNode[], typer: Typer): readonly CodeNode[] =>
  nodes.flatMap((node) => {
    const target = node.kind === "assign" && node.text === "=" ? childOf(node, "target") : undefined;
    const value = target?.kind === "name" && target.text === local.text ? childOf(node, "value") : undefined;
    return target !== undefined && value !== undefined && typer.declarationOf(target) === local ? [value] : [];
  });

/** Steps that give as many elements, or a part of them. */
export const KEEPS =
  /^(?:stream|parallelStream|filter|map|flatMap|flatMapSequential|flatMapMany|flatMapIterable|concatMap|filterWhen|delayUntil|collectList|mapMulti|distinct|sorted|skip|peek|boxed|mapToObj|toList|collect|values|entrySet|keySet|iterator|listIterator|getContent|content|orElse|orElseGet|orElseThrow|get|toArray|reversed|subList)$/;
/** Calls that take a collection and give as many elements. */
export const COPIES =
  /^(?:newArrayList|fromIterable|newHashSet|newLinkedHashSet|copyOf|stream|unmodifiable(?:List|Set|Collection)|requireNonNull|emptyIfNull|nullToEmpty|toList|toSet)$/;
export const FACTORIES = /^(?:of|asList|singleton|singletonList|ofNullable)$/;

/** Groupings and collectors that are made to measure give another number of elements. */
export const isPlainCollector = ({ kind, text }: CodeNode): boolean =>
  kind === "call" && /^to(?:Unmodifiable)?(?:List|Set|Map|Collection)$/.test(text);

export function mapsBefore(call: CodeNode): boolean {
  for (let at = childOf(call, "receiver"); at?.kind === "call"; at = childOf(at, "receiver"))
    if (at.text === "map" || at.text === "flatMap" || at.text === "mapToObj") return true;
  return false;
}

/** What `studies.getOpen()` of these gives is not held by one object. */
export const GIVES_ALL =
  /(?:Service|Manager|Accessor|Dao|DAO|Repository|Provider|Registry|Client|Finder|Facade|Store|Gateway|Port|Helper|Utils?)$/;

export const PAGES = /^Page(?:d|Data|Result|Response|Info|Dto)?$|(?:Page|Slice)(?:Result|Data)?$/;

/** What pages of MyBatis-Plus, PageHelper and clients give their rows by; Spring Data's `getContent` keeps what there is. */
export const PAGE_ROWS = /^(?:get)?(?:Records|Rows|List|Items|Results?|Elements)$/i;

export const isEmptyList = ({ kind, text, children }: CodeNode): boolean =>
  (kind === "call" && (/^empty/.test(text) || (text === "of" && children.every(({ role }) => role !== "argument")))) || kind === "literal";
