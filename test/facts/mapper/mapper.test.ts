import assert from "node:assert/strict";
import { languageOf } from "../../../src/facts/languages.ts";
import { mapperFacts } from "../../../src/facts/mapper/extract.ts";

const mapper = (body: string): string => `<?xml version="1.0"?>
<!DOCTYPE mapper PUBLIC "-//mybatis.org//DTD Mapper 3.0//EN" "mybatis-3-mapper.dtd">
<mapper namespace="shop.OrderMapper">${body}</mapper>
`;

function only(body: string) {
  const [statement, ...more] = mapperFacts(mapper(body)).facts.statements;
  assert.ok(statement !== undefined && more.length === 0);
  return statement;
}

describe("mapper facts", () => {
  it("knows the files by their names and folders", () => {
    for (const file of ["a/OrderMapper.xml", "resources/mapper/order.xml", "resources/mybatis/shop/order.xml", "x/dao/UserDao.xml"])
      assert.equal(languageOf(file), "mapper", file);
    for (const file of ["resources/mybatis-config.xml", "src/main/resources/mybatis.xml"]) assert.equal(languageOf(file), "mapper", file);
    for (const file of ["pom.xml", "logback-spring.xml", "resources/application-context.xml"])
      assert.notEqual(languageOf(file), "mapper", file);
  });

  it("reads a statement with its kind and the place of its id", () => {
    const text = mapper('<select id="byOwner" resultType="Order">select * from orders where owner_id = #{id}</select>');
    const { namespace, statements } = mapperFacts(text).facts;
    const [statement] = statements;
    assert.equal(namespace, "shop.OrderMapper");
    assert.equal(statement?.kind, "select");
    assert.equal(statement?.sql, "select * from orders where owner_id = #{id}");
    assert.equal(statement?.dynamic, false);
    assert.equal(text.slice(statement?.span.start, statement?.span.end), "byOwner");
  });

  it("reads what is kept, and what the statements say of it", () => {
    const { cached, statements } = mapperFacts(
      mapper('<cache size="9"/><select id="a" useCache="false" flushCache="true">select 1</select><select id="b">select 2</select>'),
    ).facts;
    assert.equal(cached, true);
    assert.deepEqual(
      statements.map(({ useCache, flushCache }) => [useCache, flushCache]),
      [
        [false, true],
        [undefined, undefined],
      ],
    );
    assert.equal(mapperFacts(mapper("<select id='a'>select 1</select>")).facts.cached, undefined);
  });

  it("reads settings, of MyBatis's own files alone", () => {
    const settings = '<settings><setting name="localCacheScope" value=" STATEMENT "/><setting name="x"/></settings>';
    assert.deepEqual(mapperFacts(`<configuration>${settings}</configuration>`).facts.settings, { localCacheScope: "STATEMENT" });
    assert.equal(mapperFacts(`<other>${settings}</other>`).facts.settings, undefined);
    assert.equal(mapperFacts('<configuration><setting name="a" value="b"/></configuration>').facts.settings, undefined);
  });

  it("puts optional parts in their places and says that they are optional", () => {
    const { sql, dynamic } = only(
      '<select id="f">select * from orders <where><if test="a != null">and a = #{a}</if> <if test="b != null">AND b &lt; #{b}</if></where> order by c</select>',
    );
    assert.equal(sql, "select * from orders WHERE a = #{a} AND b < #{b} order by c");
    assert.equal(dynamic, true);
  });

  it("leaves optional parts out of what is always sent, unless one takes back what stands before it", () => {
    const always = (body: string) => only(`<select id="f">${body}</select>`).always;
    assert.equal(
      always(
        'select * from orders <where>owner_id = #{o} <if test="a != null">and a = #{a}</if> <choose><when test="b">and b = 1</when><otherwise>and b = 2</otherwise></choose></where> order by c',
      ),
      "select * from orders WHERE owner_id = #{o} order by c",
    );
    assert.equal(always('select * from orders <where><if test="a != null">and a = #{a}</if></where>'), "select * from orders");
    assert.equal(always('select * from orders where a = #{a} <if test="b">or b = #{b}</if>'), undefined);
    assert.equal(always('select <include refid="b.C.columns"/> from orders where a = #{a} <if test="b">and b = #{b}</if>'), undefined);
    assert.equal(always("select * from orders where a = #{a}"), undefined);
    assert.equal(
      only('<update id="f">update orders <set><if test="a">a = #{a},</if></set> where id = #{id}</update>').always,
      "update orders SET _set = 1 where id = #{id}",
    );
  });

  it("takes a list of values as what IN compares with", () => {
    const { sql, dynamic } = only(
      '<select id="f">select * from orders where id in <foreach collection="ids" item="id" open="(" separator="," close=")">#{id}</foreach></select>',
    );
    assert.equal(sql, "select * from orders where id in (#{id})");
    assert.equal(dynamic, false);
  });

  it("includes fragments of the same file, and says where one is elsewhere", () => {
    const { statements } = mapperFacts(
      mapper(`<sql id="columns">id, <include refid="more"/></sql><sql id="more">a</sql>
        <select id="f">select <include refid="columns"/> from orders</select>
        <select id="g">select <include refid="shop.Other.columns"/> from orders</select>`),
    ).facts;
    assert.deepEqual(
      statements.map(({ sql, dynamic }) => [sql, dynamic]),
      [
        ["select id, a from orders", false],
        ["select from orders", true],
      ],
    );
  });

  it("survives fragments that include each other", () => {
    const { statements } = mapperFacts(
      mapper(
        '<sql id="a"><include refid="b"/></sql><sql id="b"><include refid="a"/></sql><select id="f">select 1 <include refid="a"/></select>',
      ),
    ).facts;
    assert.equal(statements[0]?.dynamic, true);
  });

  it("reads character data, comments, set and trim", () => {
    const { sql } = only(
      '<update id="f">update orders <set><if test="a">a = #{a},</if></set> <!-- the key --> where <![CDATA[ n < 3 ]]> <trim prefix="and (" prefixOverrides="and |or " suffix=")">or b = 1</trim></update>',
    );
    assert.equal(sql, "update orders SET a = #{a} where n < 3 and ( b = 1 )");
  });

  it("leaves other XML alone, and reads what it can of a broken mapper", () => {
    assert.deepEqual(mapperFacts("<beans><bean id='x'/></beans>").facts, { namespace: "", statements: [], resultMaps: [] });
    const { facts, problems } = mapperFacts('<mapper namespace="a.B"><select id="f">select 1</select><select id="g">select 2');
    assert.deepEqual(
      facts.statements.map(({ id }) => id),
      ["f", "g"],
    );
    assert.ok(problems.length > 0);
  });

  it("reads what result maps ask for by statements of their own", () => {
    const text = mapper(`<resultMap id="plain" type="Order"><id property="id" column="id"/></resultMap>
<resultMap id="whole" extends="plain" type="Order">
  <association property="owner" javaType="Owner"><collection property="pets" column="owner_id" select="shop.PetMapper.of" fetchType="lazy"/></association>
  <association property="shop" column="shop_id" select='shopOf'/>
</resultMap>
<select id="all" resultMap="whole">select * from orders</select>`);
    const { resultMaps, statements } = mapperFacts(text).facts;
    assert.equal(statements[0]?.resultMap, "whole");
    assert.deepEqual(
      resultMaps.map(({ id, nested, extends: above }) => [
        id,
        above,
        nested.map(({ kind, property, select, lazy, span }) => [kind, property, select, lazy, text.slice(span.start, span.end)]),
      ]),
      [
        [
          "whole",
          "plain",
          [
            ["collection", "pets", "shop.PetMapper.of", true, "shop.PetMapper.of"],
            ["association", "shop", "shopOf", false, "shopOf"],
          ],
        ],
      ],
    );
  });
});
