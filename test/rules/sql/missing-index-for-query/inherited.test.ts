import { missingIndexForQuery } from "../../../../src/rules/sql/missing-index-for-query.ts";
import { rule } from "../../../harness/rule.ts";
import { ENTITIES, SCHEMA } from "../ticketShop.ts";

/** A mapper whose methods are declared above it, and whose statements are its own. */
const parcels = (xml: string, mapper: string, index = "") => `
//- src/main/resources/db/migration/V1__init.sql
CREATE TABLE parcels (id bigint PRIMARY KEY, sender bigint NOT NULL, label text NOT NULL);
${index}
//- src/main/java/post/ObjectMapper.java
package post;
interface ObjectMapper<T> {
  List<T> selectBySender(@Param("sender") long sender);
  List<T> selectByLabel(@Param("label") String label);
}
//- src/main/resources/post/ParcelMapper.xml
<?xml version="1.0"?>
<!DOCTYPE mapper PUBLIC "-//mybatis.org//DTD Mapper 3.0//EN" "http://mybatis.org/dtd/mybatis-3-mapper.dtd">
<mapper namespace="post.ParcelMapper">
${xml}
</mapper>
//- src/main/java/post/ParcelMapper.java
package post;
${mapper}
`;

const SELECTS = `  <select id="selectBySender" resultType="Parcel">SELECT * FROM parcels WHERE sender = #{sender}</select>
  <select id="selectByLabel" resultType="Parcel">SELECT * FROM parcels WHERE label = #{label}</select>`;

/** Two entities of one mapped superclass, each with its own table. */
const posts = (code: string, indexes = "") => `
//- src/main/resources/db/migration/V1__init.sql
CREATE TABLE letters (id bigint PRIMARY KEY, code text NOT NULL, sent_at timestamptz NOT NULL);
CREATE TABLE parcels (id bigint PRIMARY KEY, code text NOT NULL, sent_at timestamptz NOT NULL);
${indexes}
//- src/main/java/post/Item.java
package post;
@MappedSuperclass abstract class Item { @Id Long id; String code; Instant sentAt; }
//- src/main/java/post/Letter.java
package post;
@Entity @Table(name = "letters") class Letter extends Item {}
//- src/main/java/post/Parcel.java
package post;
@Entity @Table(name = "parcels") class Parcel extends Item {}
${code}
`;

const repositories = (methods: string, calls = "") => `
//- src/main/java/post/ItemRepository.java
package post;
@NoRepositoryBean
interface ItemRepository<T extends Item> extends JpaRepository<T, Long> {
${methods}
}
//- src/main/java/post/LetterRepository.java
package post;
interface LetterRepository extends ItemRepository<Letter> {}
//- src/main/java/post/ParcelRepository.java
package post;
interface ParcelRepository extends ItemRepository<Parcel> {}
//- src/main/java/post/Office.java
package post;
class Office {
  LetterRepository letters;
  ParcelRepository parcels;
${calls}
}`;

const daos = (body: string) => `
//- src/main/java/post/ItemDao.java
package post;
abstract class ItemDao<T extends Item> {
  EntityManager em;
  private final Class<T> type;
  ItemDao(Class<T> type) { this.type = type; }
  abstract String name();
${body}
}
//- src/main/java/post/LetterDao.java
package post;
class LetterDao extends ItemDao<Letter> { LetterDao() { super(Letter.class); } String name() { return "Letter"; } }
//- src/main/java/post/ParcelDao.java
package post;
class ParcelDao extends ItemDao<Parcel> { ParcelDao() { super(Parcel.class); } String name() { return "Parcel"; } }`;

// apache/guacamole-client
const MARKED = /\n *\/\/\^+ .*/;

/** A method of an interface above a repository, and a class that has it. */
const fragment = (name: string): string => `${SCHEMA}${ENTITIES}
//- src/main/java/shop/TicketQueries.java
package shop;
interface TicketQueries {
  List<Ticket> findMineByCode(String code);
             //^^^^^^^^^^^^^^ 💡 findMineByCode filters tickets by code without an index
}
//- src/main/java/shop/${name}.java
package shop;
class ${name} implements TicketQueries { public List<Ticket> findMineByCode(String code) { return List.of(); } }
//- src/main/java/shop/TicketRepository.java
package shop;
interface TicketRepository extends JpaRepository<Ticket, UUID>, TicketQueries { }
`;

rule(missingIndexForQuery, {
  reports: {
    "a port that another class has, too: the repository's own is a query": fragment("TicketsInMemory"),
    "statements for inherited methods, at the mapper": parcels(
      SELECTS,
      `interface ParcelMapper extends ObjectMapper<Parcel> { }
        //^^^^^^^^^^^^ 💡 selectByLabel filters parcels by label without an index`,
      "CREATE INDEX parcels_sender ON parcels (sender);",
    ),
    "a method that a generic base declares, of the first repository below it": `${SCHEMA}${ENTITIES}
//- src/main/java/shop/CodedRepository.java
package shop;
@NoRepositoryBean
interface CodedRepository<T> extends JpaRepository<T, UUID> {
  List<T> findByCode(String code);
        //^^^^^^^^^^ 💡 findByCode filters tickets by code without an index
}
//- src/main/java/shop/TicketRepository.java
package shop;
interface TicketRepository extends CodedRepository<Ticket> {}
`,
    "of each repository below it": posts(
      repositories(`  List<T> findByCode(String code);
        //^^^^^^^^^^ 💡 findByCode filters letters by code without an index; 1 more alike`),
    ),
    "of those that have no index": posts(
      repositories(`  List<T> findByCode(String code);
        //^^^^^^^^^^ 💡 findByCode filters parcels by code without an index`),
      "CREATE INDEX letters_code ON letters (code);",
    ),
    "a statement that a generic base has for the entity of each": posts(
      repositories(`  @Query("select e from #{#entityName} e where e.sentAt = :at")
  List<T> sent(Instant at);
        //^^^^ 💡 sent filters letters by sent_at without an index; 1 more alike`),
    ),
    "SQL with the entity's name": posts(
      repositories(`  @Query(value = "select * from #{#entityName} where code = :code", nativeQuery = true)
  List<T> coded(String code);
        //^^^^^ 💡 coded filters parcel by code without an index`),
      "CREATE TABLE parcel (id bigint PRIMARY KEY, code text NOT NULL);",
    ),
    "of the repository on which it is called": posts(
      repositories(
        `  List<T> findByCode(String code);
        //^^^^^^^^^^ 💡 findByCode filters parcels by code without an index`,
        "  List<Parcel> find(String code) { return parcels.findByCode(code); }",
      ),
    ),
    "a text with the name of the class that the base is given": posts(
      daos(`  List<T> byCode(String code) {
    return em.createQuery("from " + type.getSimpleName() + " where code = :code", type).setParameter("code", code)
      .getResultList();
     //^^^^^^^^^^^^^^^ 💡 byCode filters letters by code without an index; 1 more alike
  }`),
    ),
    "a text with what each class calls its entity": posts(
      daos(`  List<T> byCode(String code) {
    return em.createQuery("from " + name() + " where code = :code").setParameter("code", code)
      .getResultList();
     //^^^^^^^^^^^^^^^ 💡 byCode filters parcels by code without an index
  }`),
      "CREATE INDEX letters_code ON letters (code);",
    ),
    "criteria on the root of the class at hand": posts(
      daos(`  List<T> at(Instant at) {
    CriteriaBuilder builder = em.getCriteriaBuilder();
    CriteriaQuery<T> query = builder.createQuery(type);
    Root<T> root = query.from(type);
    query.where(builder.equal(root.get("sentAt"), at));
    return em.createQuery(query)
      .getResultList();
     //^^^^^^^^^^^^^^^ 💡 at filters letters by sent_at without an index; 1 more alike
  }`),
    ),
    "one that the mapper declares itself": parcels(
      SELECTS.split("\n")[0] ?? "",
      `interface ParcelMapper extends ObjectMapper<Parcel> {
  List<Parcel> selectBySender(@Param("sender") long sender);
             //^^^^^^^^^^^^^^ 💡 selectBySender filters parcels by sender without an index
}`,
    ),
  },
  ignores: {
    "an index": parcels(
      SELECTS.split("\n")[0] ?? "",
      "interface ParcelMapper extends ObjectMapper<Parcel> { }",
      "CREATE INDEX parcels_sender ON parcels (sender);",
    ),
    "an index on the table of each": posts(
      repositories("  List<T> findByCode(String code);"),
      "CREATE INDEX letters_code ON letters (code); CREATE INDEX parcels_code ON parcels (code);",
    ),
    "a generic base with no repository below it": posts(`
//- src/main/java/post/ItemRepository.java
package post;
interface ItemRepository<T extends Item> extends JpaRepository<T, Long> { List<T> findByCode(String code); }`),
    "a text that names a class which nobody knows": posts(
      daos(`  List<?> byCode(Class<?> other, String code) {
    return em.createQuery("from " + other.getSimpleName() + " where code = :code").setParameter("code", code).getResultList();
  }`),
    ),
    "an index on what each class below asks": posts(
      daos(`  List<T> byCode(String code) {
    return em.createQuery("from " + name() + " where code = :code").setParameter("code", code).getResultList();
  }`),
      "CREATE INDEX letters_code ON letters (code); CREATE INDEX parcels_code ON parcels (code);",
    ),
    // A fragment of Spring Data: a class has the method, and the flag is asked for, too.
    "what a class of a custom fragment does": fragment("TicketQueriesImpl").replace(MARKED, ""),
    "what the class of the repository's own name does": fragment("TicketRepositoryImpl").replace(MARKED, ""),
    "a statement of another mapper": parcels(SELECTS.split("\n")[0] ?? "", "interface OtherMapper extends ObjectMapper<Parcel> { }"),
  },
});
