import { type CodeNode, childOf, childrenOf } from "../../../facts/java/code.ts";
import type { MethodCode } from "../../calls/callGraph.ts";
import { heldBy } from "../../calls/locals.ts";
import { queryTypeEntity } from "../../calls/typing/queryTypes.ts";
import { dotted } from "../../calls/typing/typer.ts";
import type { TypeIndex } from "../../types/typeIndex.ts";
import { type ColumnRef, plain, type ScanBuilder, type Source } from "../scans/scanBuilder.ts";

/** What the names in a query that is built by calls mean. */
export interface BuiltNames {
  /** Qualified name of the entity that was opened first. */
  readonly entity: string | undefined;
  /** Opens what a FROM names; whether it is known. */
  open(node: CodeNode): boolean;
  /** Opens what a JOIN names, `alias` its second argument; whether it is known. */
  join(node: CodeNode, alias: CodeNode | undefined): boolean;
  /** Empty for what is no column of an opened source. */
  columns(node: CodeNode): readonly ColumnRef[];
}

/** Querydsl: `member.team.name`, with `member` a query type, generated of the entity. */
export class QuerydslNames implements BuiltNames {
  entity: string | undefined;
  readonly #builder: ScanBuilder;
  readonly #code: MethodCode;
  readonly #types: TypeIndex;
  /** By the text of the query type's variable: "member", "QMember.member". */
  readonly #sources = new Map<string, Source>();

  constructor(builder: ScanBuilder, code: MethodCode, types: TypeIndex) {
    this.#builder = builder;
    this.#code = code;
    this.#types = types;
  }

  open(node: CodeNode): boolean {
    const alias = dotted(node);
    const type = queryTypeEntity(node, this.#code.typer, this.#types);
    const entity = type === undefined ? undefined : this.#builder.entity(type.name);
    if (alias === undefined || entity?.kind !== "entity") return false;
    this.#sources.set(alias, this.#builder.openEntity(entity));
    this.entity ??= entity.qualified;
    return true;
  }

  join(node: CodeNode, alias: CodeNode | undefined): boolean {
    const found = this.#sourceOf(dotted(node)?.split(".") ?? []);
    const [attribute, ...more] = found?.path ?? [];
    if (found === undefined || attribute === undefined || more.length > 0) return alias === undefined && this.open(node);
    const joined = this.#builder.join(found.source, attribute, true);
    const name = alias === undefined ? undefined : dotted(alias);
    if (joined === undefined || (alias !== undefined && name === undefined)) return false;
    if (name !== undefined) this.#sources.set(name, joined);
    return true;
  }

  columns(node: CodeNode): readonly ColumnRef[] {
    const found = this.#sourceOf(dotted(node)?.split(".") ?? []);
    return found === undefined ? [] : this.#builder.columns(found.source, found.path.length === 0 ? ["id"] : found.path);
  }

  #sourceOf(parts: readonly string[]): { readonly source: Source; readonly path: readonly string[] } | undefined {
    for (let length = parts.length; length > 0; length--) {
      const source = this.#sources.get(parts.slice(0, length).join("."));
      if (source !== undefined) return { source, path: parts.slice(length) };
    }
    return undefined;
  }
}

/** jOOQ: `ORDERS.STATUS`, with constants that are generated of the schema and named like it. */
export class JooqNames implements BuiltNames {
  readonly entity = undefined;
  readonly #builder: ScanBuilder;
  readonly #code: MethodCode;
  /** By the constant or the variable that stands for the table. */
  readonly #sources = new Map<string, Source>();

  constructor(builder: ScanBuilder, code: MethodCode) {
    this.#builder = builder;
    this.#code = code;
  }

  open(node: CodeNode): boolean {
    const table = this.#tableOf(node);
    const alias = dotted(node);
    if (table === undefined || alias === undefined) return false;
    this.#sources.set(lastOf(alias), { scan: this.#builder.open(table), entity: undefined });
    return true;
  }

  join(node: CodeNode, alias: CodeNode | undefined): boolean {
    return alias === undefined && this.open(node);
  }

  columns(node: CodeNode): readonly ColumnRef[] {
    const on = node.kind === "field" && CONSTANT.test(node.text) ? childOf(node, "receiver") : undefined;
    const table = on === undefined ? undefined : dotted(on);
    const scan = table === undefined ? undefined : this.#sources.get(lastOf(table))?.scan;
    return scan === undefined ? [] : [plain(scan, node.text.toLowerCase())];
  }

  /** `ORDERS`, `Tables.ORDERS`, or a variable that is set to `ORDERS.as("o")`. */
  #tableOf(node: CodeNode): string | undefined {
    if (node.kind === "call") {
      const on = childOf(node, "receiver");
      return node.text === "as" && on !== undefined && childrenOf(node, "argument").length === 1 ? this.#tableOf(on) : undefined;
    }
    const local = this.#code.typer.declarationOf(node);
    if (local !== undefined) {
      const value = heldBy(this.#code, local);
      return value === undefined ? undefined : this.#tableOf(value);
    }
    return (node.kind === "name" || node.kind === "field") && CONSTANT.test(node.text) ? node.text.toLowerCase() : undefined;
  }
}

const CONSTANT = /^\p{Lu}[\p{Lu}\d_]*$/u;

const lastOf = (name: string): string => name.slice(name.lastIndexOf(".") + 1);
