import type { JavaAnnotation, JavaMethod } from "../../../facts/java/javaFacts.ts";
import type { Place } from "../../../text/positions.ts";
import { Answers } from "../../answers.ts";
import type { CallGraph } from "../../calls/callGraph.ts";
import { changesOf, type FactsChange, type FactsStore, type ModelPart } from "../../part.ts";
import type { ReadLog } from "../../readLog.ts";
import { isJudged } from "../../schema/schema.ts";
import type { SchemaModel } from "../../schema/schemaModel.ts";
import type { PersistenceModel } from "../persistenceModel.ts";
import { CallsByFile } from "../repositories/callsByFile.ts";
import type { Query } from "../scans/query.ts";
import type { WrittenQuery } from "../written/writtenQueries.ts";
import type { RoutineQueries } from "./routineQueries.ts";

/** Who runs a function or a procedure of the database. */
export type RoutineCaller =
  /** A query that application code sends. */
  | { readonly kind: "query"; readonly query: Query | WrittenQuery }
  /** A method that calls it by its name: its key. */
  | { readonly kind: "method"; readonly method: string }
  /** A trigger runs it for each row that is written. */
  | { readonly kind: "trigger"; readonly table: string; readonly at: Place }
  /** The database's own clock: `cron.schedule('0 3 * * *', 'select f()')`. */
  | { readonly kind: "clock" };

/** Keys: `routine-callers:<name>`. */
export class RoutineCallers implements ModelPart {
  readonly #reads: ReadLog;
  readonly #persistence: PersistenceModel;
  readonly #schema: SchemaModel;
  readonly #routines: RoutineQueries;
  /** Of files that call stored procedures, the texts in each of their methods that does. */
  readonly #named: CallsByFile;
  /** By file, the routines that methods name in `@Procedure`: key and name. */
  readonly #declared = new Map<string, readonly (readonly [string, string])[]>();
  /** By file, the routines that the database's clock starts. */
  readonly #scheduled = new Map<string, readonly string[]>();
  readonly #all: Answers<Readonly<Record<string, readonly RoutineCaller[]>>>;
  readonly #of: Answers<readonly RoutineCaller[]>;

  constructor(reads: ReadLog, persistence: PersistenceModel, schema: SchemaModel, routines: RoutineQueries, calls: CallGraph) {
    this.#reads = reads;
    this.#persistence = persistence;
    this.#schema = schema;
    this.#routines = routines;
    this.#named = new CallsByFile((file) => namesIn(file, calls));
    this.#all = new Answers(reads, "callers-of-routines", () => this.#gather());
    this.#of = new Answers(reads, "routine-callers", (name) => this.#through(name, new Set()));
  }

  update(changes: readonly FactsChange[], _store: FactsStore, changed: ReadonlySet<string>): Iterable<string> {
    const stale = new Set(changed);
    for (const { file, after } of changesOf(changes, "java")) {
      const declared = (after?.java.types ?? []).flatMap((type) =>
        type.methods.flatMap((method) => {
          const name = procedureOf(method);
          return name === undefined ? [] : [[keyOf(type.qualified, method), name] as const];
        }),
      );
      if (declared.join() !== (this.#declared.get(file) ?? []).join()) stale.add("routine-names:all");
      if (declared.length > 0) this.#declared.set(file, declared);
      else this.#declared.delete(file);
    }
    for (const { file, after } of changesOf(changes, "sql")) {
      const scheduled = (after?.sql.statements ?? []).flatMap((statement) => statement.scheduled ?? []);
      if (scheduled.join() !== (this.#scheduled.get(file) ?? []).join()) stale.add("routine-names:all");
      if (scheduled.length > 0) this.#scheduled.set(file, scheduled);
      else this.#scheduled.delete(file);
    }
    if (this.#named.update(changed)) stale.add("routine-names:all");
    for (const key of this.#all.refresh(stale)) stale.add(key);
    return this.#of.refresh(stale);
  }

  /** Those that are known, also through other routines; none where nobody is known to run it. */
  of(routine: string): readonly RoutineCaller[] {
    return this.#of.get(routine.toLowerCase());
  }

  #through(name: string, seen: Set<string>): readonly RoutineCaller[] {
    seen.add(name);
    const all = this.#all.get("all");
    const own = Object.hasOwn(all, name) ? (all[name] ?? []) : [];
    const above = this.#routines.all().filter(({ routine, calls }) => !seen.has(routine) && calls?.includes(name) === true);
    return [...own, ...[...new Set(above.map(({ routine }) => routine))].flatMap((routine) => this.#through(routine, seen))];
  }

  #gather(): Readonly<Record<string, readonly RoutineCaller[]>> {
    this.#reads.note("routine-names:all");
    const known = new Set(this.#routines.all().map(({ routine }) => routine));
    const found: Record<string, RoutineCaller[]> = {};
    if (known.size === 0) return found;
    const add = (name: string, caller: RoutineCaller): void => {
      if (known.has(name)) found[name] = [...(found[name] ?? []), caller];
    };
    const declared = this.#persistence.repositories().flatMap(({ qualified }) => this.#persistence.queriesOf(qualified));
    for (const query of [...declared, ...this.#persistence.written.all()])
      for (const name of query.calls ?? []) add(name, { kind: "query", query });
    for (const named of this.#declared.values()) for (const [method, name] of named) add(name, { kind: "method", method });
    for (const [, said] of this.#named.entries()) {
      for (const line of said.split("\n")) {
        const [method = "", name = ""] = line.split("\t");
        add(name, { kind: "method", method });
      }
    }
    for (const { test, dialect, objects } of this.#schema.schemas()) {
      if (test || !isJudged(dialect)) continue;
      for (const { calledPerRow, table = "", at } of objects.values())
        if (calledPerRow !== undefined) add(calledPerRow, { kind: "trigger", table, at });
    }
    for (const names of this.#scheduled.values()) for (const name of names) add(name, { kind: "clock" });
    return found;
  }
}

const keyOf = (owner: string, { name, parameters }: JavaMethod): string =>
  `${owner}#${name}(${parameters.map(({ type }) => type).join(",")})`;

/** `@Procedure("f")`, `@Procedure(procedureName = "f")`, `@Procedure` above `f(…)`; lower case. */
function procedureOf({ annotations, name }: JavaMethod): string | undefined {
  const annotation = annotations.find((one) => /(?:^|\.)Procedure$/.test(one.name));
  if (annotation === undefined) return undefined;
  return (textOf(annotation, "procedureName") ?? textOf(annotation, "value") ?? textOf(annotation, "name") ?? name)
    .replace(/^.*[.]/, "")
    .toLowerCase();
}

function textOf({ values }: JavaAnnotation, name: string): string | undefined {
  const value = values.find((one) => one.name === name)?.value;
  return value?.kind === "text" && value.text !== "" ? value.text : undefined;
}

const CALLS_PROCEDURES = /^(?:SimpleJdbcCall|StoredProcedureQuery|CallableStatement|StoredProcedure)\./;

/** The names that a file gives to calls of stored procedures, one a line: the method's key and the name. */
function namesIn(file: string, calls: CallGraph): string {
  const methods = calls.methodsIn(file);
  const calling = methods.filter(({ sites }) => sites.some(({ work }) => work !== undefined && CALLS_PROCEDURES.test(work.label)));
  if (calling.length === 0) return "";
  const texts = (method: (typeof methods)[number]): readonly string[] =>
    calls.codeOf(method).nodes.flatMap(({ kind, type, text }) => {
      const name =
        kind === "literal" && type === "String" ? /^(?:\{?\s*(?:\?\s*=\s*)?call\s+)?(?:\w+\.)?(\w+)/i.exec(text)?.[1] : undefined;
      return name === undefined ? [] : [name.toLowerCase()];
    });
  // Calls are mostly set up where the object is made.
  const named = methods.map((method) => ({ method, names: texts(method) }));
  const elsewhere = named.flatMap(({ method, names }) => (calling.includes(method) ? [] : names));
  return named
    .flatMap(({ method, names }) => (calling.includes(method) ? [...names, ...elsewhere].map((name) => `${method.key}\t${name}`) : []))
    .sort()
    .join("\n");
}
