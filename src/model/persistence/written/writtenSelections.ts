import type { CodeNode } from "../../../facts/java/code.ts";
import type { MethodCode } from "../../calls/callGraph.ts";
import { dotted } from "../../calls/typer.ts";
import { fetchedBy, type Selection, selectedPath } from "../selection.ts";
import type { Chain } from "./chain.ts";
import type { WrittenText } from "./writtenText.ts";

/** What of a selection the way of writing a query decides. */
export type Selected = Pick<Selection, "source" | "fetched">;

/** `em.createQuery("select o from Owner o join fetch o.pets")`: a text of JPQL that selects the entity that it starts from. */
export function selectedByText({ text, language }: WrittenText): Selected | undefined {
  return language === "jpql" && selectedPath(text) === "" ? { source: "jpql", fetched: fetchedBy(text) } : undefined;
}

/** `factory.selectFrom(owner).join(owner.pets, pet).fetchJoin()`, as long as no other code adds to it. */
export function selectedByQuerydsl({ steps, whole }: Chain): Selected | undefined {
  if (!whole) return undefined;
  const from = steps.find(({ name }) => name === "from" || name === "selectFrom")?.args[0];
  const root = from === undefined ? undefined : dotted(from);
  const select = steps.find(({ name }) => name === "select" || name === "selectDistinct");
  if (root === undefined || (select !== undefined && (select.args.length !== 1 || dotted(select.args[0] as CodeNode) !== root)))
    return undefined;
  const paths = new Map([[root, ""]]);
  const fetched = new Set<string>();
  for (const [i, { name, args }] of steps.entries()) {
    if (!/[jJ]oin$/.test(name) || name === "fetchJoin") continue;
    const [joined, alias] = args;
    const path = joined === undefined ? undefined : pathBelow(dotted(joined), paths);
    if (path === undefined) continue;
    const known = alias === undefined ? undefined : dotted(alias);
    if (known !== undefined) paths.set(known, path);
    // A condition of the join may stand before `fetchJoin()`.
    const next = steps.slice(i + 1).find((step) => step.name !== "on");
    if (next?.name === "fetchJoin") fetched.add(path);
  }
  return { source: "jpql", fetched: [...fetched].sort() };
}

/** "owner.pets" where "owner" is the root: "pets". */
function pathBelow(text: string | undefined, paths: ReadonlyMap<string, string>): string | undefined {
  const parts = text?.split(".") ?? [];
  for (let length = parts.length - 1; length > 0; length--) {
    const base = paths.get(parts.slice(0, length).join("."));
    if (base !== undefined) return [base, ...parts.slice(length)].filter(Boolean).join(".");
  }
  return undefined;
}

/** An entity graph that code hands to a query says more than the query does. */
export const usesGraph = ({ nodes }: MethodCode): boolean =>
  nodes.some(
    ({ kind, text }) =>
      (kind === "call" && /EntityGraph$|^apply(?:Fetch|Load)Graph$/.test(text)) ||
      (kind === "literal" && /\.(?:fetch|load)graph$/.test(text)),
  );
