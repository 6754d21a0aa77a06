import assert from "node:assert/strict";
import { modelOf } from "../../harness/model.ts";

const BASE = `
//- a/Base.java
package a;
abstract class Base<D> {
  @GetMapping List<D> all() { return null; }
  @GetMapping("/{id}") D one(Long id) { return null; }
  @PostMapping abstract D add(D row);
  void helper() {}
}
//- a/Owners.java
package a;
@RestController @RequestMapping("/owners")
class Owners extends Base<Owner> { @Override D add(D row) { return row; } }
//- a/Pets.java
package a;
@RestController @RequestMapping("/pets")
class Pets extends Middle<Pet> { @Override Pet one(Long id) { return null; } }
//- a/Middle.java
package a;
abstract class Middle<D> extends Base<D> {}
`;

describe("endpoints that controllers inherit", () => {
  it("are one for each controller below that leaves the method alone", async () => {
    const model = await modelOf(BASE);
    assert.deepEqual(
      model.web.endpoints().map(({ label, method }) => `${label} ${method}`),
      [
        "GET /owners a.Base#all()",
        "GET /pets a.Base#all()",
        "GET /owners/{id} a.Base#one(Long)",
        "POST /owners a.Owners#add(D)",
        "GET /pets/{id} a.Pets#one(Long)",
      ],
    );
  });

  it("reach what the body calls", async () => {
    const model = await modelOf(`${BASE}
//- a/Tree.java
package a;
interface Tree { @GetMapping("/tree") default Object tree() { return grow(); } default Object grow() { return null; } }
//- a/Trees.java
package a;
@RestController class Trees implements Tree {}
`);
    assert.equal(model.effects.reachedFrom("a.Tree#grow()")?.label, "GET /tree");
  });

  it("are none where nothing below is a controller", async () => {
    const model = await modelOf(`
//- a/Client.java
package a;
abstract class Client { @GetMapping("/x") Object x() { return null; } }
//- a/Http.java
package a;
class Http extends Client {}
`);
    assert.deepEqual(model.web.endpoints(), []);
  });
});
