import assert from "node:assert/strict";
import { parseJpql } from "../../../src/syntax/jpql/jpql.ts";
import type { JpqlExpression, JpqlSelect } from "../../../src/syntax/jpql/jpqlAst.ts";

function select(text: string): JpqlSelect {
  const statement = parseJpql(text);
  assert.equal(statement.kind, "select", text);
  return statement as JpqlSelect;
}

/** An expression as a short text, to compare by. */
function show(e: JpqlExpression | undefined): string {
  if (e === undefined) return "";
  const not = "negated" in e && e.negated ? "not " : "";
  switch (e.kind) {
    case "path":
      return e.parts.join(".");
    case "parameter":
      return `:${e.name}`;
    case "literal":
      return e.sort === "string" ? `'${e.value}'` : e.value;
    case "call":
      return `${e.name}(${e.distinct ? "distinct " : ""}${e.args.map(show).join(", ")})`;
    case "constructor":
      return `new ${e.type}(${e.args.map(show).join(", ")})`;
    case "and":
    case "or":
      return `(${e.terms.map(show).join(` ${e.kind} `)})`;
    case "not":
      return `not(${show(e.term)})`;
    case "compare":
      return `${show(e.left)} ${e.operator} ${show(e.right)}`;
    case "between":
      return `${not}${show(e.value)} between ${show(e.low)}..${show(e.high)}`;
    case "in":
      return `${not}${show(e.value)} in [${e.items.map(show).join(", ")}]`;
    case "like":
      return `${not}${show(e.value)} ${e.caseSensitive ? "like" : "ilike"} ${show(e.pattern)}`;
    case "isNull":
      return `${show(e.value)} is ${not}null`;
    case "isEmpty":
      return `${show(e.value)} is ${not}empty`;
    case "memberOf":
      return `${not}${show(e.value)} member of ${show(e.collection)}`;
    case "exists":
      return `${not}exists {${showSelect(e.select)}}`;
    case "subquery":
      return `{${showSelect(e.select)}}`;
    case "arithmetic":
      return `${show(e.left)}${e.operator}${show(e.right)}`;
    case "case":
      return `case[${e.parts.map(show).join("; ")}]`;
    case "tuple":
      return `(${e.items.map(show).join(", ")})`;
    case "opaque":
      return "…";
  }
}

function showSelect(s: JpqlSelect): string {
  const from = s.from.map(
    (f) =>
      `${f.join === "none" ? "" : `${f.join} `}${f.fetch ? "fetch " : ""}${f.source.kind === "function" ? "f()" : f.source.kind === "name" ? f.source.parts.join(".") : `{${showSelect(f.source.select)}}`} ${f.alias ?? "-"}${f.on === undefined ? "" : ` on ${show(f.on)}`}`,
  );
  return [
    s.items.map((item) => show(item.value)).join(", "),
    from.join("; "),
    show(s.where),
    s.groupBy.map(show).join(", "),
    s.orderBy.map((o) => `${show(o.value)}${o.descending ? " desc" : ""}`).join(", "),
  ].join(" | ");
}

describe("JPQL", () => {
  const selects: Record<string, string> = {
    "select o from Owner o": "o | Owner o |  |  | ",
    "FROM Owner": " | Owner - |  |  | ",
    "select distinct o from Owner o left join fetch o.pets p join p.type t with t.id = ?1 where o.name = :name":
      "o | Owner o; left fetch o.pets p; inner p.type t on t.id = :1 | o.name = :name |  | ",
    "select o from Owner as o, Pet p where p.owner = o and not (p.id in :ids or p.name not like 'a%')":
      "o | Owner o; Pet p | (p.owner = o and not((p.id in [:ids] or not p.name like 'a%'))) |  | ",
    "select count(distinct o.id) from #{#entityName} o where o.a between ?1 and ?2 and o.b is not null order by o.c desc nulls last, lower(o.d)":
      "count(distinct o.id) | #entityName o | (o.a between :1..:2 and o.b is not null) |  | o.c desc, lower(o.d)",
    "select new org.example.Row(o.id, count(p)) from Owner o join o.pets p group by o.id having count(p) > 1":
      "new org.example.Row(o.id, count(p)) | Owner o; inner o.pets p |  | o.id | ",
    "select o from Owner o where exists (select 1 from Pet p where p.owner = o) and o.tags is empty and :t member of o.tags":
      "o | Owner o | (exists {1 | Pet p | p.owner = o |  | } and o.tags is empty and :t member of o.tags) |  | ",
    "select case when o.a = 1 then 'x' else 'it''s' end from Owner o where o.state in (org.example.State.OPEN, 'b')":
      "case[o.a = 1; 'x'; 'it's'] | Owner o | o.state in [org.example.State.OPEN, 'b'] |  | ",
    "select o from Owner o where (:name is null or o.name = :name) and o.age > -1 + 2":
      "o | Owner o | ((:name is null or o.name = :name) and o.age > -1+2) |  | ",
    "select o from Owner o where o.id in (select p.owner.id from Pet p) and cast(o.x as string) = '1'":
      "o | Owner o | (o.id in [{p.owner.id | Pet p |  |  | }] and cast(o.x) = '1') |  | ",
    "select x.id from (select o.id as id from Owner o) x where x.id <> ?#{principal.id}":
      "x.id | {o.id | Owner o |  |  | } x | x.id <> :#{principal.id} |  | ",
    "select member from Member member join member.group g where member.id = :id and order.id = 1 and :m not member of member.friends":
      "member | Member member; inner member.group g | (member.id = :id and order.id = 1 and not :m member of member.friends) |  | ",
    "select o from Owner o where o.name like %:part% or o.city not like ?1% or lower(o.note) ilike %:#{#end} escape '!'":
      "o | Owner o | (o.name like concat('%', :part, '%') or not o.city like concat(:1, '%') or lower(o.note) ilike concat('%', :#{#end})) |  | ",
    "select h from Hearing h, CourtCase case where case.number = :n and h.day = case or case":
      "h | Hearing h; CourtCase case | ((case.number = :n and h.day = case) or case) |  | ",
    "select o from Owner o, in(o.pets) p where treat(p as Dog).age = 1": "o | Owner o; inner o.pets p | … = 1 |  | ",
  };
  for (const [text, shown] of Object.entries(selects)) it(`reads ${text}`, () => assert.equal(showSelect(select(text)), shown));

  const sql: Record<string, string> = {
    "select t.* from public.ticket t join event e using (event_id) where t.created_at > now() - interval '1 day' and t.tags @> ARRAY[:tags]::text[] and t.state = :s::state limit 10":
      "t.* | public.ticket t; inner event e | (t.created_at > now()-'1 day' and t.tags@>… and t.state = :s) |  | ",
    "select distinct on (a) a, b from t where id = any(:ids) and x ->> 'k' = 'v' and d at time zone 'UTC' < ?1 order by a, b desc":
      "a, b | t - | (id in [:ids] and x->>'k' = 'v' and d < :1) |  | a, b desc",
    "select count(*) filter (where x) over (partition by y) from unnest(:ids) u(id), lateral (select 1 from t where t.id = u.id) v for update skip locked":
      "count(…) | f() u; {1 | t - | t.id = u.id |  | } v |  |  | ",
    "select a\\:\\:date from t where a\\:\\:date = :day\\:\\:date": "cast(a) | t - | cast(a) = :day |  | ",
    "select 1 from a where x is not distinct from :y and not z is true and date '2020-01-01' <= d":
      "1 | a - | (… and not(z = true) and '2020-01-01' <= d) |  | ",
  };
  for (const [text, shown] of Object.entries(sql)) {
    it(`reads the SQL ${text}`, () => {
      assert.equal(showSelect(select(text)), shown);
      assert.ok(select(text).understood);
    });
  }

  it("reads common table expressions", () => {
    const named = select(
      "with recursive up(id, n) as (select id from node where parent = ?), b as materialized (select 1) select * from up",
    ).named;
    assert.deepEqual(
      named.map(({ name, select: inner }) => `${name}: ${showSelect(inner)}`),
      ["up: id | node - | parent = : |  | ", "b: 1 |  |  |  | "],
    );
  });

  it("tells which of them are materialized for sure", () => {
    const marks = (text: string) => select(text).named.map(({ name, materialized }) => (materialized ? name : ""));
    assert.deepEqual(marks("with a as materialized (select 1), b as not materialized (select 2), c as (select 3) select * from a, b, c"), [
      "a",
      "",
      "",
    ]);
    assert.deepEqual(marks("with recursive a as materialized (select 1) select * from a"), [""]);
  });

  it("keeps the arguments of functions that take documents apart", () => {
    const [, made] = select("select e.v from t, json_array_elements(t.data -> 'lines') with ordinality e(v) where e.v = :v").from;
    assert.ok(made?.source.kind === "function");
    assert.deepEqual([made.source.name, made.source.args.map(show), made.alias], ["json_array_elements", ["t.data->'lines'"], "e"]);
  });

  it("says when it passed over something", () => {
    assert.ok(!select("select o from Owner o where o.id = 1 SOUNDS LIKE 'x' or o.age = 2").understood);
    assert.ok(select("select o from Owner o where o.id = 1;").understood);
  });

  it("reads limits and unions", () => {
    assert.equal(show(select("from Owner o order by o.id limit 10 offset 5").limit), "10");
    assert.equal(show(select("from Owner o fetch first :n rows only").limit), ":n");
    assert.equal(select("select a from A a union all select b from B b union select c from C c").combined.length, 2);
    const joined = select("select 1 from a union all select 2 from b union select 3 from c intersect all select 4 from d");
    assert.deepEqual(
      joined.combined.map(({ joinedBy }) => joinedBy),
      ["union all", "union", "other"],
    );
  });

  it("reads updates and deletes", () => {
    const update = parseJpql("update versioned Owner o set o.name = :n, o.age = o.age + 1 where o.id = :id");
    assert.ok(update.kind === "update");
    assert.deepEqual([update.set.map(show), show(update.where)], [["o.name = :n", "o.age = o.age+1"], "o.id = :id"]);
    const remove = parseJpql("delete Owner where id = 1");
    assert.ok(remove.kind === "delete");
    assert.deepEqual([remove.from.alias, show(remove.where)], [undefined, "id = 1"]);
    const joined = parseJpql("update a set x = 1 from b where a.id = b.id returning a.id");
    assert.ok(joined.kind === "update" && joined.understood);
    assert.equal(joined.others.length, 1);
  });

  it("goes on behind what it does not know", () => {
    const odd = select("select o from Owner o MAGIC (a, b where) where o.id = 1 STRANGE THING order by o.name");
    assert.deepEqual([show(odd.where), odd.orderBy.map((o) => show(o.value))], ["o.id = 1", ["o.name"]]);
    assert.equal(parseJpql("insert into Owner (a) values (1)").kind, "other");
    assert.equal(parseJpql("").kind, "other");
  });

  it("reads what an insert puts in", () => {
    const inserted = (text: string) => {
      const statement = parseJpql(text);
      assert.ok(statement.kind === "other" && statement.inserted !== undefined, text);
      return statement.inserted;
    };
    const copied = inserted("insert into a as x (b, c) select b, c from d join e on d.id = e.id where d.b = ? on conflict (b) do nothing");
    assert.deepEqual([copied.understood, copied.from.length, show(copied.where)], [true, 2, "d.b = :"]);
    const bare = inserted("insert into a select b from d on conflict do nothing");
    assert.deepEqual([bare.understood, bare.from[0]?.on], [true, undefined]);
    const named = inserted("with w as (select 1 from d) insert into a (b) with v as (select 1 from e) (select * from w, v)");
    assert.deepEqual([named.understood, named.named.map(({ name }) => name)], [true, ["w", "v"]]);
    const values = inserted("insert into a values (1, (select id from d where name = :n)), (2, now()) returning id");
    assert.deepEqual([values.understood, values.items.length, values.from.length], [true, 4, 0]);
    for (const text of ["insert into a default values", "insert into a set b = 1", "insert a"])
      assert.deepEqual(parseJpql(text), { kind: "other" });
  });

  it("never fails and never hangs", () => {
    const deep = (part: string) => part.repeat(20_000);
    const texts = [
      deep("("),
      `select ${deep("(")}`,
      `from ${deep("(from ")}`,
      `select o from O o where ${deep("not ")}`,
      `select o from O o where ${deep("- ")}1`,
      `select o from O o where ${deep("case when ")}`,
      `select o from O o where a in ${deep("(select x from ")}`,
      `select a from A a ${deep("union select a from A a ")}`,
      "select 'open",
      "select o from",
      "select o from Owner o where",
      "select o from Owner o where o. = and or )",
      "select \u{1f600} from O\u{10400} o where o.\u{20000} = 1",
      "((((",
      "))))",
      ", , ,",
      "case",
      "new",
      "select new",
      "select x[",
      "from a.b.",
      "in (",
      "exists(",
    ];
    for (const text of texts) assert.ok(["select", "other"].includes(parseJpql(text).kind), text.slice(0, 40));
  });
});
