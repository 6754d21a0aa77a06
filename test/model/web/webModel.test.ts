import assert from "node:assert/strict";
import type { Model } from "../../../src/model/model.ts";
import { TestWorkspace } from "../../harness/check.ts";
import { modelOf } from "../../harness/model.ts";

const labels = (model: Model): readonly string[] => model.web.endpoints().map(({ label }) => label);

describe("endpoints", () => {
  it("have characters of constants, and the defaults of properties", async () => {
    const model = await modelOf(`
//- a/OwnerController.java
package a;
@RestController
@RequestMapping("\${api.base:/rest}/v1")
class OwnerController {
  private static final String OWNERS = "/api" + '/' + "owners";
  @GetMapping(OWNERS) Object list() { return null; }
}
`);
    assert.deepEqual(labels(model), ["GET /rest/v1/api/owners"]);
  });

  it("are called by their variables, without the patterns of these", async () => {
    const model = await modelOf(`
//- a/PlanResource.java
package a;
@Path("/plans/{plan : \\d+}")
class PlanResource {
  @GET @Path("rooms/{room:[A-Z]{3}}/{day}") Object room() { return null; }
}
`);
    assert.deepEqual(labels(model), ["GET /plans/{plan}/rooms/{room}/{day}"]);
  });

  it("have the type's path and the method's, constants put in, one for each verb and path", async () => {
    const model = await modelOf(`
//- a/Paths.java
package a;
interface Paths { String API = "/api"; String OWNERS = API + "/owners"; }
//- a/OwnerController.java
package a;
import static a.Paths.API;
@RestController
@RequestMapping(Paths.OWNERS)
class OwnerController {
  @GetMapping Object list() { return null; }
  @GetMapping({"/{id}", "by/{id}/"}) Object one() { return null; }
  @RequestMapping(path = "/both", method = {RequestMethod.GET, RequestMethod.POST}) void both() {}
  @RequestMapping("/any") void any() {}
  @DeleteMapping(value = "/" + "x") void drop() {}
  void helper() {}
}
//- a/Root.java
package a;
@Controller
class Root { @GetMapping("/") String home() { return "home"; } @GetMapping(Unknown.PATH) String odd() { return "odd"; } }
//- a/NoController.java
package a;
class NoController { @GetMapping("/nothing") void nothing() {} }
`);
    assert.deepEqual(labels(model), [
      "GET /api/owners",
      "GET /api/owners/{id}",
      "GET /api/owners/by/{id}",
      "GET /api/owners/both",
      "POST /api/owners/both",
      "ANY /api/owners/any",
      "DELETE /api/owners/x",
      "GET /",
      "GET odd",
    ]);
  });

  it("may be declared by an interface, and their controller by an annotation of its own", async () => {
    const model = await modelOf(`
//- a/ApiController.java
package a;
@RestController @interface ApiController {}
//- a/OwnersApi.java
package a;
@RequestMapping("/v1")
interface OwnersApi { @GetMapping("/owners/{id}") Object one(@PathVariable("id") long id, @RequestParam String q); }
//- a/OwnersController.java
package a;
@ApiController
class OwnersController implements OwnersApi { @Override public Object one(long id, String q) { return null; } }
`);
    const [one] = model.web.endpoints();
    assert.deepEqual([one?.label, one?.method], ["GET /v1/owners/{id}", "a.OwnersController#one(long,String)"]);
    assert.deepEqual(
      one?.inputs.map(({ name, kind }) => `${name}:${kind}`),
      ["id:path", "q:query"],
    );
    assert.equal(one?.mapping.file, "a/OwnersApi.java");
  });

  it("know what their input says", async () => {
    const model = await modelOf(`
//- a/C.java
package a;
@RestController
class C {
  @GetMapping("/x")
  Object x(@PathVariable long id, @RequestParam String term, @RequestParam int page, Pageable paging, Sort sort, @RequestParam Locale lang, Principal who,
    @AuthenticationPrincipal Jwt jwt, @RequestHeader String agent, HttpServletRequest request, @CurrentUser Person me, @RequestBody Form form, Model model,
    @Valid Form filter) { return null; }
}
`);
    assert.deepEqual(
      model.web.endpoints()[0]?.inputs.map(({ name, kind }) => `${name}:${kind}`),
      [
        "id:path",
        "term:query",
        "page:paging",
        "paging:paging",
        "sort:paging",
        "lang:paging",
        "who:user",
        "jwt:user",
        "agent:user",
        "request:user",
        "me:user",
        "form:body",
        "model:injected",
        "filter:query",
      ],
    );
  });

  it("are resources of JAX-RS, too", async () => {
    const model = await modelOf(`
//- a/Orders.java
package a;
@Path("/orders")
public class Orders {
  @GET public List<Order> all(@QueryParam("size") int size, @HeaderParam("agent") String agent) { return null; }
  @POST @Path("{id}/lines") public void add(@PathParam("id") long id, Line line) {}
}
//- a/OrdersClient.java
package a;
@Path("/orders")
interface OrdersClient { @GET List<Order> all(); }
`);
    assert.deepEqual(
      model.web.endpoints().map(({ label, inputs }) => `${label} ${inputs.map(({ kind }) => kind).join()}`),
      ["GET /orders paging,user", "POST /orders/{id}/lines path,body"],
    );
  });

  it("are for few where their path, their name or their profile says so", async () => {
    const model = await modelOf(`
//- a/A.java
package a;
@RestController
@RequestMapping("/ops-admin/orders")
class A { @GetMapping Object all() { return null; } }
//- a/B.java
package a;
@RestController
class B {
  @GetMapping("/v1/supervision/orders") Object few() { return null; }
  @GetMapping("/v1/administrators/orders") Object many() { return null; }
}
//- a/C.java
package a;
@RestController
@Profile({Profiles.INTEGRATION_TEST, "local"})
class C { @GetMapping("/reset") Object reset() { return null; } }
//- a/D.java
package a;
@RestController
@Profile("prod | local")
class D { @GetMapping("/orders") Object orders() { return null; } }
//- a/E.java
package a;
@RestController
class E {
  @PreAuthorize("@guard.isAdmin()") @GetMapping("/all") Object all() { return null; }
  @PreAuthorize("@guard.isAdmin() or @guard.owns(#id)") @GetMapping("/one") Object one() { return null; }
  @PreAuthorize("hasAuthority('TENANT_ADMIN')") @GetMapping("/chains") Object chains() { return null; }
  @PreAuthorize("hasAuthority('SYS_ADMIN')") @GetMapping("/tenants") Object tenants() { return null; }
  @PatchMapping("/members/me/password") Object password() { return null; }
  @PostMapping("/login-with-password") Object login() { return null; }
  @PostMapping("/api/users/register") Object register() { return null; }
  @PostMapping("/events/{id}/register") Object come() { return null; }
}
`);
    assert.deepEqual(
      model.web.endpoints().map(({ label, forFew }) => `${label} ${forFew}`),
      [
        "GET /ops-admin/orders true",
        "GET /v1/supervision/orders true",
        "GET /v1/administrators/orders false",
        "GET /reset true",
        "GET /orders false",
        "GET /all true",
        "GET /one false",
        "GET /chains false",
        "GET /tenants true",
        "PATCH /members/me/password true",
        "POST /login-with-password false",
        "POST /api/users/register true",
        "POST /events/{id}/register false",
      ],
    );
  });

  it("come and go with their files", async () => {
    const workspace = new TestWorkspace([]);
    const { model } = workspace.workspace;
    await workspace.put([["a/P.java", 'package a; class P { static final String X = "/one"; }']]);
    await workspace.put([["a/C.java", "package a; @RestController class C { @GetMapping(P.X) void x() {} }"]]);
    assert.deepEqual(labels(model), ["GET /one"]);
    await workspace.put([["a/P.java", 'package a; class P { static final String X = "/two"; }']]);
    assert.deepEqual(labels(model), ["GET /two"]);
    await workspace.put([["a/C.java", undefined]]);
    assert.deepEqual(labels(model), []);
  });
});
