import assert from "node:assert/strict";
import { type AnyRule, defineRule } from "../../src/rules/rule.ts";
import type { FileEdit } from "../../src/text/edits.ts";
import { inFolder } from "./shell.ts";

const BASE = "src/shop/Base.java";
const NAMES = "src/shop/Names.java";

/** One body that reads other rows in each class below. */
const SHARED = `
//- ${BASE}
package shop;
import java.util.List;
abstract class Base<T> {
  protected Rows<T> rows;
  List<T> all() { return rows.findAll(); }
}
//- src/shop/Rows.java
package shop;
import org.springframework.data.jpa.repository.JpaRepository;
@org.springframework.data.repository.NoRepositoryBean
interface Rows<T> extends JpaRepository<T, Long> {}
//- src/shop/Shops.java
package shop;
import jakarta.persistence.*;
import org.springframework.stereotype.Service;
@Entity class Tag { @Id Long id; }
@Entity class Town { @Id Long id; }
interface Tags extends Rows<Tag> {}
interface Towns extends Rows<Town> {}
@Service class TagService extends Base<Tag> {}
@Service class TownService extends Base<Town> {}
//- ${NAMES}
class Names {}
`;

const changeOf = (file: string): FileEdit => ({ kind: "change", file, edits: [{ span: { start: 0, end: 0 }, text: "// seen\n" }] });

/** Tells of each class's own run of a body in the base; its fixes edit the base, and another file. */
const told: AnyRule = defineRule({
  id: "java/told",
  title: "A body",
  language: "java",
  certainty: "proven",
  cost: "one",
  references: ["https://example.org"],
  messages: { runs: "{{name}} runs" },
  check({ file, model, report }) {
    if (file.file !== BASE) return;
    for (const { declared, key } of model.calls.running(file.file)) {
      const name = key.slice(key.indexOf("#") + 1);
      report({
        at: declared.method.nameSpan,
        message: "runs",
        data: { name },
        fixes: [
          { title: "Change the base", safe: true, edits: () => [changeOf(BASE)] },
          { title: "Change the names", safe: false, edits: () => [changeOf(NAMES)] },
        ],
      });
    }
  },
});

describe("fixes in lines that several classes run", () => {
  it("are not listed where they would edit these lines", () =>
    inFolder(
      SHARED,
      async (folder) => {
        const { findings } = await folder.check(".");
        assert.equal(findings.length, 1);
        assert.match(findings[0]?.message ?? "", /as shop\.TagService runs; 1 more alike$/);
        assert.deepEqual(findings[0]?.fixes, [{ title: "Change the names", safe: false }]);
        const { out } = await folder.run("check", ".", "--no-cache");
        assert.doesNotMatch(out, /with a safe fix/);
        assert.match(out, /1 with a suggestion/);
      },
      [told],
    ));

  it("are not tried, nor said to be left out", () =>
    inFolder(
      SHARED,
      async (folder) => {
        const safe = await folder.run("fix", ".");
        assert.deepEqual([safe.out, safe.err], ["Nothing to fix.\n", ""]);
        const { err } = await folder.run("fix", ".", "--suggestions");
        assert.match(err, /^left out: "Change the names" [^\n]*\n$/);
      },
      [told],
    ));
});
