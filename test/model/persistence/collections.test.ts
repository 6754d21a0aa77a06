import assert from "node:assert/strict";
import type { Query } from "../../../src/model/persistence/scans/query.ts";
import { modelOf } from "../../harness/model.ts";
import { sqlOf } from "./ticketModel.ts";

const MODEL = `
//- src/main/resources/db/migration/V1__all.sql
CREATE TABLE devices (id bigint PRIMARY KEY, room_id bigint);
CREATE TABLE rooms (id bigint PRIMARY KEY, name text);
CREATE TABLE device_marks (device_id bigint REFERENCES devices (id), mark text);
CREATE TABLE device_settings (device_id bigint REFERENCES devices (id), setting text, settings text);
CREATE TABLE device_ports (dev bigint REFERENCES devices (id), port_no int, speed int, settings_key text);
CREATE TABLE device_states (device_id bigint REFERENCES devices (id), states text);
CREATE TABLE device_twins (device_id bigint, twin_id bigint);
//- src/main/java/a/Device.java
package a;
@Entity @Table(name = "devices") class Device {
  @Id Long id; @ManyToOne Room room;
  @ElementCollection @CollectionTable(name = "device_marks", joinColumns = @JoinColumn(name = "device_id")) @Column(name = "mark") Set<String> marks;
  @ElementCollection @JoinTable(name = "device_settings", joinColumns = @JoinColumn(name = "device_id")) @MapKeyColumn(name = "setting") Map<String, String> settings;
  @ElementCollection @CollectionTable(name = "device_ports", joinColumns = @JoinColumn(name = "dev")) @AttributeOverride(name = "number", column = @Column(name = "port_no")) List<Port> ports;
  @ElementCollection @CollectionTable(name = "device_states", joinColumns = @JoinColumn(name = "device_id")) Set<State> states;
  @ManyToMany @JoinTable(name = "device_twins", joinColumns = @JoinColumn(name = "device_id"), inverseJoinColumns = @JoinColumn(name = "twin_id")) Set<Device> twins;
}
//- src/main/java/a/Room.java
package a;
@Entity @Table(name = "rooms") class Room { @Id Long id; String name; @OneToMany(mappedBy = "room") List<Device> devices; }
//- src/main/java/a/Port.java
package a;
@Embeddable class Port { int number; int speed; }
//- src/main/java/a/State.java
package a;
enum State { ON, OFF }
//- src/main/java/a/DeviceRepository.java
package a;
import org.springframework.data.jpa.repository.*;
interface DeviceRepository extends JpaRepository<Device, Long> {
`;

const jpql = (text: string): string => `@Query("${text}") List<Device> q(@Param("x") Object x);`;

/** Declaration of a method, what it looks at behind the devices, and its SQL. */
const CASES: Readonly<Record<string, readonly [method: string, scans: string, sql: string]>> = {
  "an alias of values": [
    jpql("select d from Device d join d.marks m where m = :x"),
    "device_marks[device_id:join mark:equals]",
    "SELECT t1.* FROM devices t1 JOIN device_marks t2 ON t1.id = t2.device_id WHERE t2.mark = $1",
  ],
  "values that are selected": [
    '@Query("select m from Device d join d.marks m where d.id = :x") List<String> q(@Param("x") Long x);',
    "device_marks[device_id:join]",
    "SELECT t2.mark FROM devices t1 JOIN device_marks t2 ON t1.id = t2.device_id WHERE t1.id = $1",
  ],
  "the key of a map": [
    jpql("select d from Device d join d.settings s where key(s) in :x"),
    "device_settings[device_id:join setting:in]",
    "SELECT t1.* FROM devices t1 JOIN device_settings t2 ON t1.id = t2.device_id WHERE t2.setting = ANY ($1)",
  ],
  "the value of a map": [
    jpql("select d from Device d join d.settings s where VALUE(s) = :x"),
    "device_settings[device_id:join settings:equals]",
    "SELECT t1.* FROM devices t1 JOIN device_settings t2 ON t1.id = t2.device_id WHERE t2.settings = $1",
  ],
  "a property of an embeddable with a column of its own": [
    jpql("select d from Device d join d.ports p where p.number = :x"),
    "device_ports[dev:join port_no:equals]",
    "SELECT t1.* FROM devices t1 JOIN device_ports t2 ON t1.id = t2.dev WHERE t2.port_no = $1",
  ],
  "what a collection has, owner by owner": [
    jpql("select d from Device d where :x member of d.marks"),
    "device_marks[device_id:equals mark:other]",
    "SELECT t1.* FROM devices t1 WHERE $1 IN (SELECT t2.mark FROM device_marks t2 WHERE t1.id = t2.device_id)",
  ],
  "the same in Hibernate's words, denied": [
    jpql("select d from Device d where :x not in elements(d.marks)"),
    "device_marks[device_id:equals mark:other]",
    "SELECT t1.* FROM devices t1 WHERE $1 NOT IN (SELECT t2.mark FROM device_marks t2 WHERE t1.id = t2.device_id)",
  ],
  "what a pair of keys has": [
    jpql("select d from Device d where :x member of d.twins"),
    "device_twins[device_id:equals twin_id:other]",
    "SELECT t1.* FROM devices t1 WHERE $1 IN (SELECT t2.id FROM device_twins t3 JOIN devices t2 ON t3.twin_id = t2.id WHERE t1.id = t3.device_id)",
  ],
  "a derived list of values": [
    "List<Device> findByMarksIn(Collection<String> marks);",
    "device_marks[device_id:join mark:in]",
    "SELECT t1.* FROM devices t1 JOIN device_marks t2 ON t1.id = t2.device_id WHERE t2.mark = ANY ($1)",
  ],
  "a derived value": [
    "List<Device> findByMarks(String mark);",
    "device_marks[device_id:join mark:equals]",
    "SELECT t1.* FROM devices t1 JOIN device_marks t2 ON t1.id = t2.device_id WHERE t2.mark = $1",
  ],
  "a derived value of an enum": [
    "List<Device> findByStates(State state);",
    "device_states[device_id:join states:equals~]",
    "SELECT t1.* FROM devices t1 JOIN device_states t2 ON t1.id = t2.device_id WHERE t2.states = $1",
  ],
  "a derived property of embeddables": [
    "List<Device> findByPortsSpeed(int speed);",
    "device_ports[dev:join speed:equals]",
    "SELECT t1.* FROM devices t1 JOIN device_ports t2 ON t1.id = t2.dev WHERE t2.speed = $1",
  ],
  "a derived question for one value": [
    "List<Device> findByMarksContaining(String mark);",
    "device_marks[device_id:equals mark:other]",
    "SELECT t1.* FROM devices t1 WHERE $1 IN (SELECT t2.mark FROM device_marks t2 WHERE t1.id = t2.device_id)",
  ],
};

describe("collections of values in queries", () => {
  for (const [name, [method, scans, sql]] of Object.entries(CASES)) {
    it(name, async () => {
      const model = await modelOf(`${MODEL}  ${method}\n}\n`);
      const [query] = model.persistence.queriesOf("a.DeviceRepository");
      assert.equal(shown(query), scans);
      assert.equal(sqlOf(model, "a.DeviceRepository"), sql);
    });
  }
});

describe("tables of collections of values", () => {
  it("are looked up by the key of their owner, of which a query gives rows; nothing else is known of them", async () => {
    const { usage } =
      await modelOf(`${MODEL.slice(0, MODEL.indexOf("//- src/main/java/a/DeviceRepository.java"))}//- src/main/java/a/Devices.java
package a;
import jakarta.persistence.EntityManager;
class Devices {
  private EntityManager em;
  List<Device> in(Room room) { return em.createQuery("select d from Device d where d.room = :room", Device.class).setParameter("room", room).getResultList(); }
}
`);
    const asked = (table: string, column: string) => usage.lookupsBy(table, column, "");
    assert.deepEqual(asked("device_marks", "device_id"), [[]]);
    assert.deepEqual([asked("device_marks", "mark"), usage.purgesBy("device_marks", "mark", "")], [undefined, undefined]);
    assert.deepEqual([usage.deletesFrom("device_marks", ""), usage.deletesFrom("devices", "")], [undefined, false]);
  });
});

/** "table[column:test …]" of what is looked at behind the first table. */
function shown(query: Query | undefined): string {
  const behind = (query?.scans ?? []).slice(1);
  return behind
    .map(
      ({ table, tests }) => `${table}[${tests.map(({ column, test, fewValues }) => `${column}:${test}${fewValues ? "~" : ""}`).join(" ")}]`,
    )
    .join("; ");
}
