import assert from "node:assert/strict";
import { modelOf } from "../../harness/model.ts";
import { MODEL } from "./ticketModel.ts";

/** Body of a method, the SQL of each query that it may send, or why there is none. */
type Cases = Readonly<Record<string, readonly [body: string, ...sql: readonly string[]]>>;

/** All cases in one class, whose methods have their numbers. */
export async function told(imports: string, fields: string, cases: Cases, more = ""): Promise<void> {
  const file = "src/main/java/a/Dao.java";
  const given = "String name, Long id, List<Long> ids, Boolean open, Pageable page, Condition filter, Predicate predicate";
  const methods = Object.values(cases).map(([body], i) => `  void sent${i}(${given}) { ${body} }`);
  const { persistence, schema } = await modelOf(`${MODEL}
//- src/main/resources/db/migration/V2__more.sql
CREATE TABLE "user" (id bigint PRIMARY KEY, name text, team_id bigint, active boolean, created timestamp);
CREATE SCHEMA app;
CREATE TABLE app.jobs (id bigint PRIMARY KEY, state text, due timestamp);
//- ${file}
package a;
import java.util.*;
${imports}
class Dao {
  ${fields}
${methods.join("\n")}
}
${more}`);
  const on = schema.schemaFor(file);
  assert.ok(on !== undefined);
  const queries = persistence.written.in(file);
  const found = Object.keys(cases).map((name, i) => {
    const sql = queries.filter(({ method }) => method === `sent${i}`).map((query) => persistence.sqlOf(query, on));
    return [name, sql.map((one) => (one.ok ? one.sql : one.why))] as const;
  });
  assert.deepEqual(Object.fromEntries(found), Object.fromEntries(Object.entries(cases).map(([name, [, ...sql]]) => [name, sql])));
}
