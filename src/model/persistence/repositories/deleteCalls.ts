import { type CodeNode, childrenOf } from "../../../facts/java/code.ts";
import type { CallGraph, MethodNode } from "../../calls/callGraph.ts";
import type { CallSite } from "../../calls/callSites.ts";
import { RELATIONAL_REPOSITORIES } from "../../calls/repositoryTypes.ts";
import { isTestFile } from "../../schema/sets/settings.ts";
import type { TypeIndex } from "../../types/typeIndex.ts";
import { CallsByFile } from "./callsByFile.ts";

/** What application code deletes by calls that name no query. */
export interface Deleted {
  /** Simple names of the repositories through which rows are deleted: `owners.deleteById(id)`. */
  readonly repositories: ReadonlySet<string>;
  /** Qualified names of what entity managers and sessions remove. */
  readonly classes: ReadonlySet<string>;
  /** Somebody deletes rows of nobody knows which entity: a service for all of them. */
  readonly any: boolean;
}

/** Where application code deletes through the methods that Spring Data itself declares, and through entity managers. */
export class DeleteCalls {
  readonly #calls: CallGraph;
  readonly #types: TypeIndex;
  readonly #files = new CallsByFile((file) => this.#labelsIn(file));

  constructor(calls: CallGraph, types: TypeIndex) {
    this.#calls = calls;
    this.#types = types;
  }

  /** Takes in the files whose calls have changed (`calls:<file>`); whether the answer is another. */
  update(changed: ReadonlySet<string>): boolean {
    return this.#files.update(changed);
  }

  deleted(): Deleted {
    const labels = new Set([...this.#files.entries()].flatMap(([, said]) => said.split(" ")));
    const any = labels.delete(ANY);
    const classes = new Set([...labels].flatMap((label) => (label.startsWith(CLASS) ? [label.slice(CLASS.length)] : [])));
    return { repositories: labels, classes, any };
  }

  #labelsIn(file: string): string {
    // What tests delete is there for them alone.
    if (isTestFile(file)) return "";
    const labels = new Set<string>();
    for (const method of this.#calls.methodsIn(file)) {
      for (const site of method.sites) {
        const label = this.#labelOf(method, site);
        if (label !== undefined) labels.add(label);
      }
    }
    return [...labels].sort().join(" ");
  }

  #labelOf(method: MethodNode, site: CallSite): string | undefined {
    const { work } = site;
    if (work?.kind === "unseenWrite") return DELETES.test(site.name) ? ANY : undefined;
    const name = work?.kind === "write" ? OF_SPRING_DATA.exec(work.label)?.[1] : undefined;
    if (name === undefined) return undefined;
    if (MANAGERS.test(name)) return this.#removed(method, site);
    // `JpaRepository<T, Id>` of a service for all entities.
    return RELATIONAL_REPOSITORIES.has(name) ? ANY : name;
  }

  #removed(method: MethodNode, site: CallSite): string {
    const { nodes, typer } = this.#calls.codeOf(method);
    const call = nodes[site.order] as CodeNode;
    const given = childrenOf(call, "argument").at(-1);
    // `lists.forEach(em::remove)`
    const type = call.kind === "reference" ? typer.givenTo(call, 0) : given && typer.typeOf(given);
    const entry = this.#types.entryOf(type, method.declared.owner.file.file);
    return entry === undefined ? ANY : CLASS + entry.type.qualified;
  }
}

const ANY = "?";
const CLASS = "class:";
const DELETES = /^(?:delete|remove)/;
/** `delete`, `deleteAllByIdInBatch`; `removePrimaryFlags` of a repository's own does what its query says. */
const OF_SPRING_DATA = /^(\w+)\.(?:delete|remove)(?=$|All(?:$|By|In)|By|In|Id)/;
const MANAGERS = /^(?:EntityManager|Session|StatelessSession|HibernateTemplate)$/;
