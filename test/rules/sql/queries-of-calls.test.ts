import { leadingWildcard } from "../../../src/rules/sql/leading-wildcard.ts";
import { missingIndexForQuery } from "../../../src/rules/sql/missing-index-for-query.ts";
import { notInSubquery } from "../../../src/rules/sql/not-in-subquery.ts";
import { offsetPaging } from "../../../src/rules/sql/offset-paging.ts";
import { sortByExpression } from "../../../src/rules/sql/sort-by-expression.ts";
import { rule } from "../../harness/rule.ts";
import { ENTITIES, SCHEMA } from "./ticketShop.ts";

const jooq = (methods: string): string => `${SCHEMA}
//- src/main/java/shop/TicketDao.java
package shop;
import static shop.db.Tables.*;
import org.jooq.*;
import org.jooq.impl.DSL;
class TicketDao {
  private final DSLContext dsl;
${methods}
}
`;

const querydsl = (methods: string): string => `${SCHEMA}${ENTITIES}
//- src/main/java/shop/TicketSearch.java
package shop;
import static shop.QTicket.ticket;
import com.querydsl.core.BooleanBuilder;
import com.querydsl.jpa.impl.JPAQueryFactory;
class TicketSearch {
  private final JPAQueryFactory factory;
${methods}
}
`;

rule(missingIndexForQuery, {
  reports: {
    "conditions of jOOQ that a variable and a method hold": jooq(`  private Condition of(UUID owner) { return TICKETS.OWNER_ID.eq(owner); }
  List<Record> open(UUID owner) {
    Condition where = of(owner).and(TICKETS.STATUS.eq("ISSUED"));
    return dsl.select(TICKETS.ID).from(TICKETS).where(where).fetch();
                                                           //^^^^^^^ 💡 open filters tickets by owner_id, status without an index
  }`),
    "a builder of Querydsl": querydsl(`  List<Ticket> open(String code) {
    BooleanBuilder where = new BooleanBuilder();
    where.and(ticket.code.eq(code));
    return factory.selectFrom(ticket).where(where).fetch();
                                                 //^^^^^^^ 💡 open filters tickets by code without an index
  }`),
    "a query type that a variable without a type holds": querydsl(`  List<Ticket> open(String code) {
    var t = QTicket.ticket;
    return factory.selectFrom(t).where(t.code.eq(code)).fetch();
                                                      //^^^^^^^ 💡 open filters tickets by code without an index
  }`),
  },
  ignores: {
    "a condition of jOOQ that the caller gives": jooq(`  List<Record> open(Condition where) {
    return dsl.select(TICKETS.ID).from(TICKETS).where(TICKETS.CODE.eq("a")).and(where).fetch();
  }`),
    "conditions that a loop makes": querydsl(`  List<Ticket> open(List<String> codes) {
    BooleanBuilder where = new BooleanBuilder();
    for (String code : codes) where.or(ticket.code.eq(code));
    return factory.selectFrom(ticket).where(where).fetch();
  }`),
  },
});

rule(leadingWildcard, {
  reports: {
    "a part of a text": jooq(`  List<Record> like(String part) {
    return dsl.select(TICKETS.ID).from(TICKETS).where(TICKETS.CODE.like("%" + part + "%")).fetch();
                                                                                         //^^^^^^^ 💡 like searches code of tickets for a part: every row is read
  }`),
  },
  ignores: {
    "the beginning of a text": jooq(`  List<Record> like(String part) {
    return dsl.select(TICKETS.ID).from(TICKETS).where(TICKETS.CODE.like(part + "%")).fetch();
  }`),
  },
});

rule(notInSubquery, {
  reports: {
    "rows that another select leaves out": jooq(`  List<Record> without() {
    return dsl.select(USERS.ID).from(USERS).where(USERS.ID.notIn(DSL.select(TICKETS.OWNER_ID).from(TICKETS))).fetch();
                                                                                                            //^^^^^^^ without asks NOT IN of a subquery over tickets, which no anti join answers
  }`),
  },
  ignores: {
    values: jooq(`  List<Record> without(List<UUID> ids) {
    return dsl.select(USERS.ID).from(USERS).where(USERS.ID.notIn(ids)).fetch();
  }`),
  },
});

rule(offsetPaging, {
  reports: {
    "pages of Querydsl": querydsl(`  List<Ticket> page(Pageable page) {
    return factory.selectFrom(ticket).orderBy(ticket.createdAt.desc()).offset(page.getOffset()).limit(page.getPageSize()).fetch();
                                                                                                                        //^^^^^^^ page skips rows of tickets by OFFSET: late pages read all earlier ones
  }`),
  },
  ignores: {
    "the first rows": jooq(`  List<Record> first(int size) {
    return dsl.select(TICKETS.ID).from(TICKETS).orderBy(TICKETS.CREATED_AT).limit(size).fetch();
  }`),
  },
});

rule(sortByExpression, {
  reports: {
    "rows in the order of a function": jooq(`  List<Record> first() {
    return dsl.select(TICKETS.ID).from(TICKETS).orderBy(DSL.lower(TICKETS.CODE)).limit(5).fetch();
                                                                                        //^^^^^^^ first sorts tickets by lower over code: no index has this order
  }`),
  },
  ignores: {
    "rows in the order of a rank": jooq(`  List<Record> first(String words) {
    Field<Double> rank = DSL.field("ts_rank(to_tsvector({0}), plainto_tsquery({1}))", Double.class, TICKETS.CODE, DSL.val(words));
    return dsl.select(TICKETS.ID).from(TICKETS).where(rank.gt(0.1)).orderBy(rank.desc()).limit(5).fetch();
  }`),
    "rows in the order of a column": jooq(`  List<Record> first() {
    return dsl.select(TICKETS.ID).from(TICKETS).orderBy(TICKETS.CODE).limit(5).fetch();
  }`),
  },
});
