import assert from "node:assert/strict";
import { modelOf } from "../../harness/model.ts";

/** What a native query asks of the parcels that it comes to: "column:test", with ^ where the rows of a query inside may lead there. */
async function askedOfParcels(sql: string): Promise<string> {
  const model = await modelOf(`
//- a/Parcel.java
package a;
@Entity @Table(name = "parcels") class Parcel { @Id Long id; String code; Long shelf; Long parent; }
//- a/Repo.java
package a;
interface Repo extends JpaRepository<Parcel, Long> {
  @Query(value = "${sql}", nativeQuery = true) List<Parcel> asked(Long id, List<Long> ids);
}
`);
  const [query] = model.persistence.queriesOf("a.Repo");
  const scans = query?.scans.filter(({ table }) => table === "parcels") ?? [];
  return scans.map(({ tests }) => tests.map(({ column, test, derived }) => `${column}:${test}${derived ? "^" : ""}`).join(" ")).join("; ");
}

describe("a column that is compared with rows of no table", () => {
  it("is joined with those of a query inside", async () => {
    assert.equal(
      await askedOfParcels("select p.* from parcels p join (select item, count(*) n from moves group by item) m on p.id = m.item"),
      "id:join^",
    );
    assert.equal(
      await askedOfParcels("with moved as (select item from moves) select p.* from moved m join parcels p on p.id = m.item"),
      "id:join^",
    );
    assert.equal(
      await askedOfParcels(
        "select p.* from parcels p, (select item, until from moves) m where p.shelf > m.until and lower(p.code) = m.item",
      ),
      "shelf:other^ code:other^",
    );
  });

  it("is looked up by a value where that query has one row", async () => {
    const oneRow = ["select max(shelf) shelf from moves", "select :id as shelf", "select shelf from moves order by at limit 1"];
    for (const select of oneRow)
      assert.equal(await askedOfParcels(`select p.* from parcels p, (${select}) m where p.shelf = m.shelf`), "shelf:equals", select);
  });

  it("is joined where an aggregate has a window or a UNION adds rows", async () => {
    const rows = ["select max(shelf) over () shelf from moves", "select 1 as shelf union select 2"];
    for (const select of rows)
      assert.equal(await askedOfParcels(`select p.* from parcels p, (${select}) m where p.shelf = m.shelf`), "shelf:join^", select);
  });

  it("is looked up by what each step of a recursion has found", async () => {
    assert.equal(
      await askedOfParcels(
        "with recursive inside as (select id from parcels where id = :id union all select p.id from parcels p join inside i on p.parent = i.id) select * from inside",
      ),
      "id:equals; parent:equals",
    );
  });

  it("is one of a list where a function makes rows of what it is given", async () => {
    assert.equal(await askedOfParcels("select p.* from unnest(:ids) as u(id) join parcels p on p.shelf = u.id"), "shelf:in");
  });
});
