import { type Built, nameOf, type Step, stepsOf, Unwritten } from "./builtTree.ts";

/** Whether a chain is a query: `select(…)…`, on a context or a static one. */
export function isQuery(built: Built): boolean {
  const { root, steps } = stepsOf(built);
  const [first] = steps;
  const last = steps.at(-1);
  return (
    root.kind === "root" &&
    first !== undefined &&
    /^(?:select\w*|with\w*)$/.test(first.name) &&
    !/^(?:as|asTable|asField|field)$/.test(last?.name ?? "")
  );
}

/** Each condition that several arguments, or a list of them, stand for. */
export function conditionsOf(args: readonly Built[]): readonly Built[] {
  return elementsOf(args).filter(({ kind }) => kind !== "null");
}

/** The elements of lists among arguments, and the arguments themselves. */
export function elementsOf(args: readonly Built[]): readonly Built[] {
  return args.flatMap((arg) => listElements(arg) ?? [arg]);
}

function listElements(built: Built): readonly Built[] | undefined {
  if (built.kind === "root" && built.name === "list") return [];
  if (built.kind !== "step") return undefined;
  const before = listElements(built.on);
  if (before === undefined) return undefined;
  if (built.name === "toArray") return before;
  if (built.name !== "add" && built.name !== "addAll") throw new Unwritten("a list is put together by calls");
  return [...before, ...elementsOf(built.args)];
}

/** Conditions that ask nothing leave the others as they are. */
export function joined(operator: "and" | "or", terms: readonly (string | undefined)[]): string | undefined {
  const known = terms.filter((term) => term !== undefined);
  if (known.length < 2) return known[0];
  return known.map((term) => (/ (?:AND|OR) /i.test(term) ? `(${term})` : term)).join(` ${operator.toUpperCase()} `);
}

/** A text as SQL and JPQL write it. */
export const textSql = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** "%?%" as `('%' || ? || '%')`. */
export const patternSql = (text: string): string =>
  `(${text
    .split(/(\?)/)
    .filter((part) => part !== "")
    .map((part) => (part === "?" ? part : textSql(part)))
    .join(" || ")})`;

/** What a value is in JPQL, where it is none of the library's own: those are told by the two functions. */
export function jpqlValue(built: Built, entity: (of: Extract<Built, { kind: "entity" }>) => string, step: (of: Step) => string): string {
  switch (built.kind) {
    case "value":
      return "?";
    case "literal":
      return built.sort === "string" ? textSql(built.text) : built.text.replace(/[lLdDfF]$/, "");
    case "pattern":
      return patternSql(built.text);
    case "constant":
      return built.enumeration === "" ? "?" : `${built.enumeration}.${built.name}`;
    case "entity":
      return entity(built);
    case "step":
      return step(built);
    default:
      throw new Unwritten(`${nameOf(built)} is no expression that is known`);
  }
}
