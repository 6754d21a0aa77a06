import { missingIndexForQuery } from "../../../src/rules/sql/missing-index-for-query.ts";
import { rule } from "../../harness/rule.ts";
import { ENTITIES, SCHEMA } from "./ticketShop.ts";

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

// apache/guacamole-client
rule(missingIndexForQuery, {
  reports: {
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
    "a statement of another mapper": parcels(SELECTS.split("\n")[0] ?? "", "interface OtherMapper extends ObjectMapper<Parcel> { }"),
  },
});
