import { saveInLoop } from "../../../../src/rules/java/save-in-loop.ts";
import { rule } from "../../../harness/rule.ts";

/** A class that writes with jOOQ, whose generated classes are not kept beside the code. */
const shelves = (members: string): string => `
//- src/main/java/depot/Shelves.java
package depot;
import static depot.db.Tables.SHELF;
import depot.db.tables.daos.ShelfDao;
import depot.db.tables.records.ShelfRecord;
import java.util.*;
import org.jooq.*;
class Shelves {
    private final DSLContext dsl;
    private final ShelfDao dao;
${members}
}
`;

rule(saveInLoop, {
  reports: {
    "a record for each, made in the loop": shelves(`
    void add(List<String> names) {
        names.forEach(name -> dsl.newRecord(SHELF, name).store());
                                                       //^^^^^^^ UpdatableRecord.store sends a statement for every element of names
    }`),
    "records that are read, changed and stored": shelves(`
    void close(List<ShelfRecord> open) {
        for (ShelfRecord shelf : open) shelf.setOpen(false).update();
                                                          //^^^^^^^^ ShelfRecord.update sends a statement for every element of open
    }
    void clear() {
        for (ShelfRecord shelf : dsl.selectFrom(SHELF).where(SHELF.OPEN.eq(false)).fetchInto(ShelfRecord.class)) {
            if (shelf.getSize() == 0) shelf.delete();
                                    //^^^^^^^^^^^^^^ ShelfRecord.delete sends a statement for every element of dsl.selectFrom(…).where(…).fetchInto(…)
        }
    }`),
    "the rows of a query, whose type nobody writes down": shelves(`
    void close() {
        dsl.selectFrom(SHELF).where(SHELF.OPEN.eq(true)).fetch().forEach(shelf -> shelf.setOpen(false).store());
                                                                                                     //^^^^^^^ UpdatableRecord.store sends a statement for every element of dsl.selectFrom(…).where(…).fetch()
    }
    void shut(List<Long> ids) {
        for (Long id : ids) dsl.fetchOne(SHELF, SHELF.ID.eq(id)).setOpen(false).update();
                                                                              //^^^^^^^^ UpdatableRecord.update sends a statement for every element of ids
    }`),
    "a generated DAO, and the context": shelves(`
    void keep(List<Shelf> all, List<ShelfRecord> records) {
        for (Shelf shelf : all) dao.insert(shelf);
                              //^^^^^^^^^^^^^^^^^ ShelfDao.insert sends a statement for every element of all
        for (ShelfRecord one : records) dsl.executeUpdate(one);
                                      //^^^^^^^^^^^^^^^^^^^^^^ DSLContext.executeUpdate sends a statement for every element of records
    }`),
    "records of a whole package": shelves(`
    void close(List<BoxRecord> open) {
        for (BoxRecord box : open) box.store();
                                 //^^^^^^^^^^^ BoxRecord.store sends a statement for every element of open
    }`).replace("import java.util.*;", "import depot.db.tables.records.*;\nimport java.util.*;"),
    "records whose classes are kept beside the code": `
//- src/main/java/depot/db/tables/records/ShelfRecord.java
package depot.db.tables.records;
import org.jooq.impl.UpdatableRecordImpl;
public class ShelfRecord extends UpdatableRecordImpl<ShelfRecord> {
    public ShelfRecord setOpen(Boolean value) { set(0, value); return this; }
}
${shelves(`
    void close(List<ShelfRecord> open) {
        open.forEach(shelf -> shelf.setOpen(false).store());
                                                 //^^^^^^^ ShelfRecord.store sends a statement for every element of open
    }`).trimStart()}`,
    "only what a text may throw is caught": shelves(`
    void read(List<String> lines) {
        for (String line : lines) {
            try {
                dsl.newRecord(SHELF).setName(parse(line)).store();
                                                        //^^^^^^^ UpdatableRecord.store sends a statement for every element of lines
            } catch (java.text.ParseException | JsonProcessingException e) {
                System.err.println(e);
            }
        }
    }`),
  },
  ignores: {
    "a batch of each part": shelves(`
    void add(List<List<ShelfRecord>> parts) {
        for (List<ShelfRecord> part : parts) dsl.batchStore(part).execute();
        for (List<ShelfRecord> part : parts) dsl.batchInsert(part).execute();
        for (List<Shelf> part : shelves(parts)) dao.insert(part);
    }`),
    "a value of a record, whose type is another library's": shelves(`
    void trim(List<ShelfRecord> all) {
        for (ShelfRecord shelf : all) shelf.getLabel().delete(0, 2);
    }`),
    "each by itself": shelves(`
    void add(List<ShelfRecord> all) {
        for (ShelfRecord shelf : all) {
            try { shelf.store(); } catch (org.jooq.exception.DataAccessException | IllegalStateException e) { System.err.println(e); }
        }
    }`),
    "records of a project's own": `
//- src/main/java/depot/Track.java
package depot;
import java.util.*;
import depot.audio.TrackRecord;
class Track {
    void all(List<TrackRecord> records) { for (TrackRecord one : records) one.store(); }
}
`,
  },
});
