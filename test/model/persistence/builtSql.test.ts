import { told } from "./toldSql.ts";

const JOBS = "jobs.id, jobs.state FROM app.jobs";

describe("SQL of queries that calls put together", () => {
  it("is told for jOOQ", async () => {
    await told(
      "import static db.Tables.*;\nimport static org.jooq.impl.DSL.*;\nimport org.jooq.*;\nimport org.jooq.impl.DSL;",
      `DSLContext dsl;
  private static final Condition LIVE = USER.ACTIVE.isTrue();
  private static final String STATE = "open";
  private Condition named(String name) { return name == null ? DSL.noCondition() : USER.NAME.eq(name); }
  private Condition looped(List<String> names) { Condition c = DSL.falseCondition(); for (String n : names) c = c.or(USER.NAME.eq(n)); return c; }
  private SelectOnConditionStep<Record> base() { return dsl.select(USER.fields()).from(USER).join(JOBS).on(JOBS.ID.eq(USER.TEAM_ID)); }`,
      {
        "columns, joins, conditions, an order and a limit": [
          "dsl.select(USER.ID, USER.NAME).from(USER).leftJoin(JOBS).on(JOBS.ID.eq(USER.TEAM_ID)).and(JOBS.STATE.ne(STATE)).where(USER.TEAM_ID.eq(id)).and(USER.NAME.isNotNull()).orderBy(USER.CREATED.desc().nullsLast(), USER.ID).limit(5).fetch();",
          `SELECT "user".id, "user".name FROM "user" LEFT JOIN app.jobs ON jobs.id = "user".team_id AND jobs.state <> 'open' WHERE "user".team_id = $1 AND "user".name IS NOT NULL ORDER BY "user".created DESC NULLS LAST, "user".id LIMIT 5`,
        ],
        "a whole table by the class of its constants": ["dsl.selectFrom(Tables.JOBS).fetchStream();", "SELECT * FROM app.jobs"],
        "an alias in a variable": [
          'var u = USER.as("u"); dsl.select(u.ID, DSL.count()).from(u).groupBy(u.ID).having(DSL.count().gt(1)).fetch();',
          'SELECT u.id, count(*) FROM "user" u GROUP BY u.id HAVING count(*) > 1',
        ],
        "lists of values, of subqueries and of constants": [
          'dsl.select(JOBS.ID, JOBS.STATE).from(JOBS).where(JOBS.ID.in(ids), JOBS.ID.notIn(select(USER.TEAM_ID).from(USER).where(LIVE)), JOBS.STATE.in("a", "b")).fetch();',
          `SELECT ${JOBS} WHERE jobs.id = ANY ($1) AND jobs.id NOT IN (SELECT "user".team_id FROM "user" WHERE "user".active = true) AND jobs.state IN ('a', 'b')`,
        ],
        "a condition that is put together step by step": [
          "Condition c = USER.TEAM_ID.eq(id); if (open) c = c.and(USER.ACTIVE.isTrue()); dsl.select(USER.ID).from(USER).where(c).fetch();",
          'SELECT "user".id FROM "user" WHERE "user".team_id = $1',
          'SELECT "user".id FROM "user" WHERE "user".team_id = $1 AND "user".active = true',
        ],
        "a condition that a method gives, or none": [
          "dsl.select(USER.ID).from(USER).where(named(name)).fetch();",
          'SELECT "user".id FROM "user"',
          'SELECT "user".id FROM "user" WHERE "user".name = $1',
        ],
        "a list of conditions": [
          "List<Condition> all = new ArrayList<>(); all.add(USER.TEAM_ID.eq(id)); if (open) { all.add(LIVE); } dsl.select(USER.ID).from(USER).where(DSL.and(all)).fetch();",
          'SELECT "user".id FROM "user" WHERE "user".team_id = $1',
          'SELECT "user".id FROM "user" WHERE "user".team_id = $1 AND "user".active = true',
        ],
        "a query that statements add to": [
          "SelectConditionStep<Record1<Long>> q = dsl.select(USER.ID).from(USER).where(LIVE); if (open) q.and(USER.TEAM_ID.eq(id)); q.fetch();",
          'SELECT "user".id FROM "user" WHERE "user".active = true',
          'SELECT "user".id FROM "user" WHERE "user".active = true AND "user".team_id = $1',
        ],
        "a query that a method begins": [
          "base().where(USER.ID.eq(id)).fetchOne();",
          'SELECT "user".* FROM "user" JOIN app.jobs ON jobs.id = "user".team_id WHERE "user".id = $1',
        ],
        "texts that are looked for": [
          'dsl.select(USER.ID).from(USER).where(USER.NAME.like("%" + name + "%").or(USER.NAME.likeIgnoreCase(name + "%")).or(USER.NAME.containsIgnoreCase(name)).or(lower(USER.NAME).eq(name.toLowerCase()))).fetch();',
          `SELECT "user".id FROM "user" WHERE (("user".name LIKE ('%' || $1 || '%') OR "user".name ILIKE ($2 || '%')) OR "user".name ILIKE ('%' || $3 || '%')) OR lower("user".name) = $4`,
        ],
        "either of two, and not a third": [
          "dsl.select(USER.ID).from(USER).where(USER.ID.eq(id).or(USER.TEAM_ID.eq(id))).andNot(LIVE).fetch();",
          'SELECT "user".id FROM "user" WHERE ("user".id = $1 OR "user".team_id = $2) AND NOT ("user".active = true)',
        ],
        "whether there is one": [
          "dsl.fetchExists(selectOne().from(JOBS).where(JOBS.ID.eq(id))); dsl.fetchExists(JOBS, JOBS.ID.eq(id)); dsl.fetchCount(JOBS, JOBS.STATE.eq(name)); dsl.fetchOne(JOBS, JOBS.ID.eq(id));",
          "SELECT EXISTS (SELECT 1 FROM app.jobs WHERE jobs.id = $1)",
          "SELECT EXISTS (SELECT 1 FROM app.jobs WHERE jobs.id = $1)",
          "SELECT count(*) FROM app.jobs WHERE jobs.state = $1",
          "SELECT * FROM app.jobs WHERE jobs.id = $1",
        ],
        "subqueries as columns, tables and conditions": [
          'Table<?> late = select(JOBS.ID, max(JOBS.DUE).as("last")).from(JOBS).groupBy(JOBS.ID).asTable("late"); dsl.select(USER.ID, late.field("last"), field(select(count()).from(JOBS)).as("jobs")).from(USER).join(late).on(late.field(JOBS.ID).eq(USER.TEAM_ID)).where(notExists(selectOne().from(JOBS).where(JOBS.ID.eq(USER.ID)))).fetch();',
          'SELECT "user".id, late.last, (SELECT count(*) FROM app.jobs) AS jobs FROM "user" JOIN (SELECT jobs.id, max(jobs.due) AS last FROM app.jobs GROUP BY jobs.id) late ON late.id = "user".team_id WHERE NOT EXISTS (SELECT 1 FROM app.jobs WHERE jobs.id = "user".id)',
        ],
        "where rows of another table are, or are not": [
          "dsl.select(JOBS.ID).from(JOBS).whereNotExists(selectOne().from(USER).where(USER.TEAM_ID.eq(JOBS.ID))).and(JOBS.STATE.eq(name)).fetch(); dsl.deleteFrom(JOBS).whereExists(selectOne().from(USER).where(USER.TEAM_ID.eq(JOBS.ID))).execute();",
          'SELECT jobs.id FROM app.jobs WHERE NOT EXISTS (SELECT 1 FROM "user" WHERE "user".team_id = jobs.id) AND jobs.state = $1',
          'DELETE FROM app.jobs WHERE EXISTS (SELECT 1 FROM "user" WHERE "user".team_id = jobs.id)',
        ],
        "common table expressions and unions": [
          'dsl.with("due").as(select(JOBS.ID).from(JOBS)).select(field(name("due", "id"))).from(table(name("due"))).unionAll(select(USER.ID).from(USER)).orderBy(USER.ID.desc()).fetch();',
          'WITH due AS (SELECT jobs.id FROM app.jobs) SELECT due.id FROM due UNION ALL SELECT "user".id FROM "user" ORDER BY id DESC',
        ],
        "a case, functions and arithmetic": [
          'dsl.select(when(USER.ACTIVE.isTrue(), "a").otherwise(coalesce(USER.NAME, "b")), USER.ID.plus(1), countDistinct(USER.TEAM_ID)).from(USER).groupBy(USER.ID, USER.NAME, USER.ACTIVE).fetch();',
          `SELECT CASE WHEN "user".active = true THEN 'a' ELSE coalesce("user".name, 'b') END, ("user".id + 1), count(DISTINCT "user".team_id) FROM "user" GROUP BY "user".id, "user".name, "user".active`,
        ],
        "rows that are locked": [
          "dsl.selectFrom(JOBS).where(JOBS.DUE.lt(now())).limit(1).forUpdate().skipLocked().fetchOne();",
          "SELECT * FROM app.jobs WHERE jobs.due < current_timestamp LIMIT 1 FOR UPDATE SKIP LOCKED",
        ],
        changes: [
          'dsl.update(JOBS).set(JOBS.STATE, "x").setNull(JOBS.DUE).where(JOBS.ID.eq(id)).execute(); dsl.deleteFrom(JOBS).where(JOBS.DUE.isNull()).execute(); dsl.insertInto(JOBS, JOBS.ID, JOBS.STATE).values(id, name).onConflict(JOBS.ID).doUpdate().set(JOBS.STATE, name).execute(); dsl.insertInto(JOBS).set(JOBS.ID, id).onDuplicateKeyIgnore().execute();',
          "UPDATE app.jobs SET state = 'x', due = null WHERE jobs.id = $1",
          "DELETE FROM app.jobs WHERE jobs.due IS NULL",
          "INSERT INTO app.jobs (id, state) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET state = $3",
          "INSERT INTO app.jobs (id) VALUES ($1) ON CONFLICT DO NOTHING",
        ],
        "plain SQL in conditions": [
          'dsl.select(USER.ID).from(USER).where(condition("length({0}) > ?", USER.NAME, id)).fetch();',
          "its plain SQL is not understood",
        ],
        "a condition that comes from outside": [
          "dsl.select(USER.ID).from(USER).where(filter).fetch();",
          "filter is put together elsewhere",
        ],
        "a condition that a loop puts together": [
          "dsl.select(USER.ID).from(USER).where(looped(List.of(name))).fetch();",
          "c is put together elsewhere",
        ],
        "a select of nothing": ["dsl.select().fetch();"],
        "an order that is chosen": [
          "dsl.select(USER.ID).from(USER).orderBy(USER.ID.sort(order)).fetch();",
          "its order is chosen at run time",
        ],
        "columns that a record has": ["dsl.insertInto(JOBS).set(record).execute();", "the columns that it sets are not known"],
        "a table and a column that no migration makes": [
          "dsl.selectFrom(TEAMS).fetch(); dsl.select(JOBS.OWNER).from(JOBS).fetch();",
          "the migrations have no table teams",
          "the migrations have no column jobs.owner",
        ],
        "many conditions that may be left out": [
          "Condition c = noCondition(); if (open) c = c.and(LIVE); if (id != null) c = c.and(USER.ID.eq(id)); if (name != null) c = c.and(USER.NAME.eq(name)); dsl.select(USER.ID).from(USER).where(c).fetch();",
          "parts of it are put in at run time",
        ],
      },
    );
  });

  it("is told for Querydsl", async () => {
    const T = "FROM tickets t1";
    await told(
      "import static a.QTicket.ticket;\nimport com.querydsl.jpa.impl.*;\nimport com.querydsl.jpa.JPAExpressions;\nimport com.querydsl.core.types.*;\nimport com.querydsl.core.types.dsl.*;\nimport com.querydsl.core.BooleanBuilder;",
      `JPAQueryFactory factory;
  private JPAQuery<Ticket> more(JPAQuery<Ticket> query, String name) { query.where(ticket.owner.city.eq(name)); return query; }
  private JPAQuery<Ticket> same(JPAQuery<Ticket> query) { return query.limit(3); }
  private BooleanExpression paid(Boolean paid) { return paid != null ? ticket.paid.eq(paid) : null; }`,
      {
        "entities, paths, an order and a page": [
          "factory.selectFrom(ticket).join(ticket.owner, QOwner.owner).fetchJoin().where(QOwner.owner.city.eq(name), ticket.paid.isTrue()).orderBy(ticket.expiresAt.desc()).offset(page.getOffset()).limit(page.getPageSize()).fetch();",
          `SELECT t1.*, t2.* ${T} JOIN owners t2 ON t1.owner_id = t2.id WHERE (t2.city = $1) AND (t1.paid = true) ORDER BY t1.expires_at DESC LIMIT $2 OFFSET $3`,
        ],
        "projections and groups": [
          "factory.select(Projections.constructor(Count.class, ticket.owner.city, ticket.count())).from(ticket).groupBy(ticket.owner.city).having(ticket.count().gt(1)).fetch();",
          `SELECT t2.city, count(t1.id) ${T} JOIN owners t2 ON t1.owner_id = t2.id GROUP BY t2.city HAVING count(t1.id) > 1`,
        ],
        "constants of enums, lists and texts": [
          "factory.select(ticket.id).from(ticket).where(ticket.status.eq(Status.ISSUED), ticket.id.in(ids), ticket.owner.city.containsIgnoreCase(name)).fetchFirst();",
          `SELECT t1.id ${T} JOIN owners t2 ON t1.owner_id = t2.id WHERE (t1.status = 'ISSUED') AND (t1.id = ANY ($1)) AND (lower(t2.city) LIKE ('%' || lower($2) || '%')) LIMIT 1`,
        ],
        "a builder of conditions": [
          "BooleanBuilder where = new BooleanBuilder(); where.and(ticket.paid.isTrue()); if (name != null) { where.and(ticket.owner.city.eq(name)); } factory.selectFrom(ticket).where(where).fetch();",
          `SELECT t1.* ${T} WHERE t1.paid = true`,
          `SELECT t1.* ${T} JOIN owners t2 ON t1.owner_id = t2.id WHERE (t1.paid = true) AND (t2.city = $1)`,
        ],
        "a condition that a method leaves out": [
          "factory.select(ticket.id).from(ticket).where(ticket.id.eq(id), paid(open)).fetchOne();",
          `SELECT t1.id ${T} WHERE t1.id = $1`,
          `SELECT t1.id ${T} WHERE (t1.id = $1) AND (t1.paid = $2)`,
        ],
        "a subquery, a variable of its own, and a count": [
          'QTicket other = new QTicket("other"); factory.selectFrom(ticket).where(ticket.id.in(JPAExpressions.select(other.id).from(other).where(other.paid.isFalse()))).fetchCount();',
          `SELECT count(t1.id) ${T} WHERE t1.id IN (SELECT t2.id FROM tickets t2 WHERE t2.paid = false)`,
        ],
        changes: [
          "factory.update(ticket).set(ticket.paid, true).where(ticket.id.eq(id)).execute(); factory.delete(ticket).where(ticket.expiresAt.isNull()).execute();",
          "UPDATE tickets t1 SET paid = true WHERE t1.id = $1",
          "DELETE FROM tickets t1 WHERE t1.expires_at IS NULL",
        ],
        "a predicate that comes from outside": [
          "factory.selectFrom(ticket).where(predicate).fetch();",
          "predicate is put together elsewhere",
        ],
        "a query that a method gives back with more": ["same(factory.selectFrom(ticket)).fetch();", `SELECT t1.* ${T} LIMIT 3`],
        "a query that a method changes": [
          "more(factory.selectFrom(ticket), name).fetch();",
          "SELECT t1.* FROM tickets t1 JOIN owners t2 ON t1.owner_id = t2.id WHERE t2.city = $1",
        ],
        "groups step by step, and one character": [
          "factory.select(ticket.id, ticket.kind).from(ticket).where(ticket.status.eq('N')).groupBy(ticket.id).groupBy(ticket.kind).fetch();",
          `SELECT t1.id, t1.kind ${T} WHERE t1.status = 'N' GROUP BY t1.id, t1.kind`,
        ],
        "elements of a collection": [
          "factory.selectFrom(ticket).where(ticket.notes.any().text.eq(name)).fetch();",
          "a path is not understood",
        ],
        "an order that is chosen": ["factory.selectFrom(ticket).orderBy(order(page)).fetch();", "order() is put together elsewhere"],
      },
    );
  });
});
