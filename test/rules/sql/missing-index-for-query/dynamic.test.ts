import { missingIndexForQuery } from "../../../../src/rules/sql/missing-index-for-query.ts";
import { rule } from "../../../harness/rule.ts";

const desk = (statement: string, index = ""): string => `
//- src/main/resources/db/migration/V1__init.sql
CREATE TABLE parcels (id bigint PRIMARY KEY, sender bigint NOT NULL, label text NOT NULL, weight int);
${index}
//- src/main/resources/post/ParcelMapper.xml
<?xml version="1.0"?>
<!DOCTYPE mapper PUBLIC "-//mybatis.org//DTD Mapper 3.0//EN" "http://mybatis.org/dtd/mybatis-3-mapper.dtd">
<mapper namespace="post.ParcelMapper">
  <select id="search" resultType="Parcel">${statement}</select>
</mapper>
//- src/main/java/post/ParcelController.java
package post;
@RestController class ParcelController { ParcelMapper parcels; ParcelController(ParcelMapper parcels) { this.parcels = parcels; }
  @GetMapping("/parcels") Object all(ParcelFilter filter) { return parcels.search(filter); } }
//- src/main/java/post/ParcelMapper.java
package post;
@Mapper interface ParcelMapper { List<Parcel> search(ParcelFilter filter);
`;
const SENDER =
  'SELECT * FROM parcels <where>sender = #{sender} <if test="label != null">AND label = #{label}</if></where> ORDER BY weight LIMIT 20';

rule(missingIndexForQuery, {
  reports: {
    "what a dynamic statement always asks for": `${desk(SENDER)}                                            //^^^^^^ 💡 search filters parcels by sender without an index
}`,
  },
  ignores: {
    "an index on what is always asked for": `${desk(SENDER, "CREATE INDEX ON parcels (sender);")}}`,
    "conditions that are all optional": `${desk(SENDER.replace("sender = #{sender}", '<if test="sender != null">sender = #{sender}</if>'))}}`,
    "an optional part that takes the condition back": `${desk(SENDER.replace("AND label", "OR label"))}}`,
  },
});
