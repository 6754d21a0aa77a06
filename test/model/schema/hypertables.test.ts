import assert from "node:assert/strict";
import type { SqlFile } from "../../../src/facts/fileFacts.ts";
import { foldFile } from "../../../src/model/schema/fold/fold.ts";
import { changesIn } from "../../../src/model/schema/fold/foldedFile.ts";
import { factsOf } from "../../harness/check.ts";

/** Name, keys, and the strategy of the table `readings` after a script. */
async function readings(script: string) {
  const facts = ((await factsOf("V1__a.sql", script)) as SqlFile).sql;
  const file = { file: "V1__a.sql", facts, seeds: true };
  const table = foldFile(new Map(), file, changesIn(file)).get("readings");
  return {
    indexes: table?.indexes.map(
      ({ name, keys }) => `${name}(${keys.map((key) => `${key.column}${key.descending ? " desc" : ""}`).join()})`,
    ),
    by: table?.partitionBy,
    nullable: table?.columns.get("time")?.nullable,
  };
}

const TABLE = "CREATE TABLE readings (time timestamptz, device_id int, value float8);\n";
const TIME = "readings_time_idx(time desc)";

describe("hypertables of TimescaleDB", () => {
  const forms: Readonly<Record<string, readonly [string, readonly string[]]>> = {
    "a table and its time": ["SELECT create_hypertable('readings', 'time');", [TIME]],
    "names with a schema, casts and options": [
      "SELECT public.create_hypertable('public.readings'::regclass, 'time'::name, if_not_exists := true, migrate_data => true);",
      [TIME],
    ],
    "a dimension by a function": ["SELECT create_hypertable('readings', by_range('time', INTERVAL '1 day'));", [TIME]],
    "all arguments by name": ["SELECT create_hypertable(relation => 'readings', time_column_name => 'time');", [TIME]],
    "a second dimension": [
      "SELECT * FROM create_hypertable('readings', 'time', 'device_id', 4);",
      [TIME, "readings_device_id_time_idx(device_id,time desc)"],
    ],
    "no indexes of its own": ["SELECT create_hypertable('readings', 'time', create_default_indexes => FALSE);", []],
    "an index of the time that is there": [
      "CREATE INDEX by_time ON readings (time); SELECT create_hypertable('readings', 'time');",
      ["by_time(time)"],
    ],
    "a key that begins with the time is none of it alone": [
      "ALTER TABLE readings ADD PRIMARY KEY (time, device_id); SELECT create_hypertable('readings', 'time');",
      ["readings_pkey(time,device_id)", TIME],
    ],
    "a block": [
      "DO $$ BEGIN IF EXISTS (SELECT 1 FROM pg_extension) THEN PERFORM create_hypertable('readings', 'time'); END IF; END $$;",
      [TIME],
    ],
  };
  for (const [name, [statement, indexes]] of Object.entries(forms))
    it(name, async () => assert.deepEqual(await readings(TABLE + statement), { indexes, by: "chunks", nullable: false }));

  it("options of the table", async () => {
    const made = await readings(
      "CREATE TABLE readings (time timestamptz, value float8) WITH (tsdb.hypertable, tsdb.partition_column = 'time');",
    );
    assert.deepEqual(made, { indexes: [TIME], by: "chunks", nullable: false });
    const first = await readings("CREATE TABLE readings (time timestamptz, value float8) WITH (timescaledb.hypertable);");
    assert.deepEqual(first.indexes, [TIME]);
  });

  it("nothing of what is put together at run time, or of a column that is not there", async () => {
    for (const statement of [
      "SELECT create_hypertable(name, 'time') FROM tables_to_cut;",
      "SELECT create_hypertable('readings', 'moment');",
    ])
      assert.deepEqual(await readings(TABLE + statement), { indexes: [], by: undefined, nullable: true });
  });
});
