import { routineWithoutIndex } from "../../../src/rules/sql/routine-without-index.ts";
import { rule } from "../../harness/rule.ts";

const TABLES = `
//- db/migration/V1__init.sql
CREATE TABLE readings (id bigint PRIMARY KEY, meter_code text NOT NULL, taken_at timestamptz NOT NULL, amount numeric);
CREATE TABLE meter_sessions (id bigint PRIMARY KEY, holder text, expires_at timestamptz);
`;
const METER = `
//- src/Meter.java
@Entity @Table(name = "readings") class Reading { @Id Long id; @Column(name = "meter_code") String meterCode; }
//- src/MeterController.java
@RestController class MeterController { Readings readings; MeterController(Readings readings) { this.readings = readings; }
  @GetMapping("/usage") Object usage(String code) { return readings.usageOf(code); } }
`;
const USAGE = `
//- db/migration/V2__usage.sql
CREATE FUNCTION usage_of(wanted text) RETURNS numeric AS $$
DECLARE total numeric;
BEGIN
  SELECT sum(amount) INTO total FROM readings WHERE meter_code = wanted;
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 usage_of() filters readings by meter_code without an index
  RETURN total;
END $$ LANGUAGE plpgsql;
`;

rule(routineWithoutIndex, {
  reports: {
    "a function that a native query calls": `${TABLES}${METER}
//- src/Readings.java
interface Readings extends JpaRepository<Reading, Long> {
  @Query(value = "select usage_of(:code)", nativeQuery = true) BigDecimal usageOf(@Param("code") String code); }
${USAGE}`,
    "a function that @Procedure names": `${TABLES}${METER}
//- src/Readings.java
interface Readings extends JpaRepository<Reading, Long> { @Procedure("usage_of") BigDecimal usageOf(String code); }
${USAGE}`,
    "a function in SQL that JdbcTemplate calls": `${TABLES}
//- src/MeterStore.java
@RestController class MeterStore { JdbcTemplate jdbc; MeterStore(JdbcTemplate jdbc) { this.jdbc = jdbc; }
  @GetMapping("/last") Object last(String code) { return jdbc.queryForList("select * from public.last_of(?)", code); } }
//- db/migration/V2__last.sql
CREATE FUNCTION last_of(wanted text) RETURNS SETOF readings LANGUAGE sql AS $$
  SELECT * FROM readings WHERE meter_code = wanted ORDER BY taken_at DESC LIMIT 10;
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 last_of() filters readings by meter_code without an index
$$;
`,
    "a function that another one calls, and a procedure that the database's clock starts": `${TABLES}
//- db/migration/V2__tidy.sql
CREATE FUNCTION forget(who text) RETURNS void AS $$
BEGIN
  UPDATE meter_sessions SET expires_at = now() WHERE holder = who;
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡
END $$ LANGUAGE plpgsql;
CREATE PROCEDURE tidy() AS $$
BEGIN
  DELETE FROM meter_sessions WHERE expires_at < now() - interval '7 days';
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 tidy() deletes from meter_sessions by expires_at, which no index starts with
  PERFORM forget('nobody');
END $$ LANGUAGE plpgsql;
SELECT cron.schedule('tidy', '0 3 * * *', 'CALL tidy()');
`,
    "a trigger's function that joins": `${TABLES}
//- db/migration/V2__trigger.sql
CREATE FUNCTION check_reading() RETURNS trigger AS $$
BEGIN
  PERFORM 1 FROM readings r JOIN meter_sessions s ON s.id = r.id WHERE r.meter_code = NEW.meter_code;
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡
  RETURN NEW;
END $$ LANGUAGE plpgsql;
CREATE TRIGGER check_reading BEFORE INSERT ON readings FOR EACH ROW EXECUTE FUNCTION check_reading();
`,
  },
  ignores: {
    "a function that nobody is known to call": `${TABLES}
//- db/migration/V2__usage.sql
CREATE FUNCTION usage_of(wanted text) RETURNS numeric LANGUAGE sql AS $$ SELECT sum(amount) FROM readings WHERE meter_code = wanted $$;
`,
    "rows that an index finds, or that a later migration's function finds": `${TABLES}
//- db/migration/V2__usage.sql
CREATE FUNCTION usage_of(wanted text) RETURNS numeric LANGUAGE sql AS $$ SELECT sum(amount) FROM readings WHERE meter_code = wanted $$;
CREATE FUNCTION used_by(wanted text) RETURNS bigint LANGUAGE sql AS $$ SELECT count(*) FROM meter_sessions WHERE holder = wanted $$;
CREATE INDEX ON readings (meter_code);
//- db/migration/V3__used.sql
CREATE OR REPLACE FUNCTION used_by(wanted text) RETURNS bigint LANGUAGE sql AS $$ SELECT count(*) FROM meter_sessions WHERE id = 1 $$;
//- src/MeterStore.java
@RestController class MeterStore { JdbcTemplate jdbc; MeterStore(JdbcTemplate jdbc) { this.jdbc = jdbc; }
  @GetMapping("/used") Object used(String code) {
    jdbc.queryForObject("select usage_of(?)", BigDecimal.class, code);
    return jdbc.queryForObject("select used_by(?)", Long.class, code); } }
`,
    "what is looked up once for each row, which sql/scan-per-row says": `${TABLES}
//- db/migration/V2__trigger.sql
CREATE FUNCTION check_reading() RETURNS trigger AS $$
BEGIN
  PERFORM 1 FROM readings r WHERE r.meter_code = NEW.meter_code;
  RETURN NEW;
END $$ LANGUAGE plpgsql;
CREATE TRIGGER check_reading BEFORE INSERT ON readings FOR EACH ROW EXECUTE FUNCTION check_reading();
`,
    "an index that a query of the application lacks as well": `${TABLES}
//- src/MeterStore.java
@RestController class MeterStore { JdbcTemplate jdbc; MeterStore(JdbcTemplate jdbc) { this.jdbc = jdbc; }
  @GetMapping("/used") Object used(String code) {
    jdbc.queryForObject("select usage_of(?)", BigDecimal.class, code);
    return jdbc.queryForList("select * from readings where meter_code = ?", code); } }
//- db/migration/V2__usage.sql
CREATE FUNCTION usage_of(wanted text) RETURNS numeric LANGUAGE sql AS $$ SELECT sum(amount) FROM readings WHERE meter_code = wanted $$;
`,
  },
});
