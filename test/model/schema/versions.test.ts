import assert from "node:assert/strict";
import { compareVersions, flywayName, nextVersion, numberedName, styledDescription } from "../../../src/model/schema/sets/versions.ts";

describe("migration versions", () => {
  const next: Record<string, string> = {
    "1": "2",
    "9": "10",
    "009": "010",
    "99": "100",
    "1.9": "1.10",
    "1_2": "1_3",
    "204_2.0.0.43": "204_2.0.0.44",
    "59.1": "59.2",
    "1.0.09": "1.0.10",
    "20261231T235959Z": "20270101T000000Z",
    "20240131T1200": "20240131T1201",
    "2026.05.17.22.00": "2026.05.17.22.01",
    "2026.12.31.23.59": "2027.01.01.00.00",
    "2026.05.17.22.00.59": "2026.05.17.22.01.00",
    "2024.02.28": "2024.02.29",
    "2023-02-28": "2023-03-01",
    "20231231": "20240101",
    "202312312359": "202401010000",
    "20231231235959": "20240101000000",
    "20231231_01": "20231231_02",
    "20231231235959123": "20231231235959124",
    "20239999": "20240000",
    "2023.13.01": "2023.13.02",
  };
  for (const [last, expected] of Object.entries(next))
    it(`${last} is followed by ${expected}`, () => assert.equal(nextVersion(last), expected));

  it("compares as numbers, however long, a missing part being 0", () => {
    const versions = ["10", "9", "1.10", "1.9", "1", "1.0.1", "20231231235959124", "20231231235959123"];
    const sorted = [...versions].sort((a, b) => compareVersions(a.split("."), b.split(".")));
    assert.deepEqual(sorted, ["1", "1.0.1", "1.9", "1.10", "9", "10", "20231231235959123", "20231231235959124"]);
    assert.equal(compareVersions(["1"], ["01", "0"]), 0);
  });

  it("knows Flyway's names", () => {
    const kinds = [
      "V1__a.sql",
      "V1.2_3__a_b.sql",
      "R__views.sql",
      "U1__a.sql",
      "B3__base.sql",
      "afterMigrate__x.sql",
      "afterMigrate.sql",
      "beforeMigrate.sql",
      "v1__a.sql",
      "V__a.sql",
      "init.sql",
      "V1_a.sql",
    ];
    assert.deepEqual(
      kinds.map((name) => flywayName(name)?.kind),
      [
        "versioned",
        "versioned",
        "repeatable",
        "ignored",
        "baseline",
        "callback",
        "callback",
        "ignored",
        "versioned",
        undefined,
        undefined,
        undefined,
      ],
    );
    assert.deepEqual(flywayName("V204_2.0.0.43__ADD__X.sql")?.version, ["204", "2", "0", "0", "43"]);
    assert.equal(flywayName("V204_2.0.0.43__ADD__X.sql")?.description, "ADD__X");
  });

  it("knows numbers and dates in front", () => {
    const read = (name: string) =>
      numberedName(name) && [numberedName(name)?.kind, numberedName(name)?.versionText, numberedName(name)?.description];
    assert.deepEqual(read("001_init.sql"), ["numbered", "001", "init"]);
    assert.deepEqual(read("2024-01-31-users.sql"), ["numbered", "2024-01-31", "users"]);
    assert.deepEqual(read("20240131120000_users.up.sql"), ["numbered", "20240131120000", "users"]);
    assert.deepEqual(read("20240131120000_users.down.sql"), ["ignored", "20240131120000", "users"]);
    assert.equal(read("schema.sql"), undefined);
  });

  it("writes a description as the project writes its own", () => {
    const style = (like: string) => styledDescription("add_index_a", like);
    assert.deepEqual(["add users", "ADD_USERS", "add-users", "Add_users", "AddUsers", ""].map(style), [
      "add_index_a",
      "ADD_INDEX_A",
      "add-index-a",
      "Add_index_a",
      "AddIndexA",
      "add_index_a",
    ]);
  });
});
