import { type CodeNode, childrenOf } from "../facts/java/code.ts";
import type { JavaMethod } from "../facts/java/javaFacts.ts";
import type { MethodNode } from "../model/calls/callGraph.ts";
import type { Model } from "../model/model.ts";
import type { Query } from "../model/persistence/scans/query.ts";
import type { SqlText } from "../model/persistence/sql/sqlText.ts";
import type { Schema, Table } from "../model/schema/schema.ts";
import { annotationNamed, annotationValue, constantOf } from "../model/types/constants.ts";

/** By parameter what all calls of a method give it; undefined where one of them gives something else, or what is not known. */
type Given = readonly (string | undefined)[];

/**
 * The constants that all calls of a repository's method hand to it (`findByStatusAndCode(Status.OPEN, code)`), where a partial index holds the
 * rows of just these: PostgreSQL plans with the values of parameters as long as that pays, and then the index serves.
 */
export class GivenConstants {
  readonly #model: Model;
  readonly #schema: Schema;
  readonly #given: ReadonlyMap<string, Given>;

  constructor(queries: readonly Query[], schema: Schema, model: Model) {
    this.#model = model;
    this.#schema = schema;
    const asked = new Set(queries.flatMap((query) => (this.#held(query).length === 0 ? [] : (this.#methodOf(query)?.key ?? []))));
    this.#given = asked.size === 0 ? new Map() : givenTo(asked, model);
  }

  /** A query with such constants in the place of its parameters. */
  applied(query: Query, sql: SqlText): SqlText {
    const method = this.#given.size === 0 ? undefined : this.#methodOf(query);
    const given = method && this.#given.get(method.key);
    if (!sql.ok || method === undefined || given === undefined) return sql;
    let { sql: text, parameters, assumed } = sql;
    for (let i = parameters.length - 1; i >= 0; i--) {
      const value = given[indexOf(parameters[i] as string, method.declared.method)];
      const column = new RegExp(`(?:^|[\\s(."])(\\w+)"? = \\$${i + 1}(?!\\d)`).exec(text)?.[1]?.toLowerCase();
      if (value === undefined || !this.#held(query).some((held) => held.column === column && held.value === value)) continue;
      text = text.replace(/\$(\d+)/g, (place, number: string) =>
        Number(number) === i + 1 ? `'${value.replaceAll("'", "''")}'` : Number(number) > i + 1 ? `$${Number(number) - 1}` : place,
      );
      parameters = parameters.filter((_, at) => at !== i);
      assumed = [...assumed, `${column} is ${value}, as all calls of ${query.method} have it`];
    }
    return { ...sql, sql: text, parameters, assumed };
  }

  #held({ scans }: Query): readonly Held[] {
    return scans.flatMap(({ table }) => heldRows(this.#schema.tables.get(table)));
  }

  #methodOf(query: Query): MethodNode | undefined {
    if ("sender" in query) return undefined;
    return this.#model.calls.methodsIn(query.at.file).find(({ declared }) => declared.method.nameSpan.start === query.at.start);
  }
}

/** The value of a column that all rows of a partial index have. */
interface Held {
  readonly column: string;
  readonly value: string;
}

const heldRows = (table: Table | undefined): readonly Held[] =>
  (table?.indexes ?? []).flatMap(({ predicate = "" }) =>
    [...predicate.matchAll(/"?([\w$]+)"?\)*(?:::[\w ]+)?\)*\s*=\s*\(*'((?:[^']|'')*)'/g)].flatMap(([, column = "", value = ""]) =>
      /^(?:text|varchar|bpchar|citext)/.test(table?.columns.get(column.toLowerCase())?.type ?? "")
        ? [{ column: column.toLowerCase(), value: value.replaceAll("''", "'") }]
        : [],
    ),
  );

/** `?2` is the second parameter, `:status` the one that is called so. */
function indexOf(name: string, { parameters }: JavaMethod): number {
  const number = /^\?(\d+)$/.exec(name)?.[1];
  if (number !== undefined) return Number(number) - 1;
  const bare = name.replace(/^:/, "");
  return parameters.findIndex((parameter) => {
    const given = annotationValue(annotationNamed(parameter.annotations, "Param"), "value");
    return (given?.kind === "text" ? given.text : parameter.name) === bare;
  });
}

function givenTo(methods: ReadonlySet<string>, { calls, types }: Model): ReadonlyMap<string, Given> {
  const found = new Map<string, Given>();
  for (const caller of calls.all()) {
    for (const { targets, order } of caller.sites) {
      for (const target of targets) {
        const called = methods.has(target) ? calls.method(target)?.declared : undefined;
        if (called === undefined) continue;
        const call = calls.codeOf(caller).nodes[order];
        const given = (call?.kind === "call" ? childrenOf(call, "argument") : []).map((arg, i) => {
          const type = types.resolve(called.method.parameters[i]?.type ?? "", called.owner);
          const isEnum = types.entryOf(type, called.owner.file.file)?.type.kind === "enum";
          return isEnum ? enumConstant(arg) : constantOf(arg, caller.declared.owner, types);
        });
        const known = found.get(target);
        found.set(target, known === undefined ? given : known.map((value, i) => (value === given[i] ? value : undefined)));
      }
    }
  }
  return found;
}

/** An enum's constant by its name, as `EnumType.STRING` keeps it. */
const enumConstant = ({ kind, text }: CodeNode): string | undefined =>
  (kind === "field" || kind === "name") && /^[A-Z][A-Z0-9_]*$/.test(text) ? text : undefined;
