import assert from "node:assert/strict";
import { sequenceAllocation } from "../../../src/rules/java/sequence-allocation.ts";
import { TestWorkspace } from "../../harness/check.ts";
import { parseFixture } from "../../harness/fixture.ts";

const zoo = (increment: number): string => `
//- src/main/resources/db/migration/V1__zoo.sql
CREATE SEQUENCE animal_seq INCREMENT BY ${increment};
//- src/zoo/Animal.java
package zoo;
import jakarta.persistence.*;
@Entity
class Animal {
  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "animals")
  @SequenceGenerator(name = "animals", sequenceName = "animal_seq", allocationSize = 50)
  Long id;
}
`;

async function severityWhere(increment: number): Promise<readonly string[]> {
  const workspace = new TestWorkspace([sequenceAllocation]);
  await workspace.put(parseFixture(zoo(increment)).files);
  return workspace.findings().map(({ severity }) => severity);
}

describe("how loud java/sequence-allocation is", () => {
  it("is an error where keys are given out twice", async () => assert.deepEqual(await severityWhere(1), ["error"]));
  it("is a warning where numbers are left out", async () => assert.deepEqual(await severityWhere(100), ["warning"]));
  it("says nothing where both are the same", async () => assert.deepEqual(await severityWhere(50), []));
});
