import { pageSizeUnbounded } from "../../../src/rules/java/page-size-unbounded.ts";
import { rule } from "../../harness/rule.ts";

const workspace = (handler: string, body = "return users.findAll(PageRequest.of(page, size));"): string => `
//- src/shop/UserController.java
package shop;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
@RestController
class UserController {
  private final UserService service;
  private final UserRepository users;
${handler}
}
//- src/shop/UserService.java
package shop;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
@Service
class UserService {
  private final UserRepository users;
  Page<User> list(int page, int size) { ${body} }
}
//- src/shop/UserRepository.java
package shop;
import org.springframework.data.jpa.repository.JpaRepository;
interface UserRepository extends JpaRepository<User, Long> {}
`;

const TWICE = `return users.findAll(PageRequest.of(page, size)); }
  Page<User> more(int page, int size) { return users.findAll(PageRequest.of(page + 1, size));`;

/** The controller alone. */
const handled = (handler: string): string => workspace(handler).split("//- src/shop/UserService")[0] ?? "";

rule(pageSizeUnbounded, {
  reports: {
    "a size that is passed on": workspace(`
  @GetMapping("/users") Page<User> list(@RequestParam int page, @RequestParam(defaultValue = "20") int size) {
                                                              //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 GET /users reads pages of any size
    return service.list(page, size);
  }`),
    "a size that an interface names without a bound": workspace(`
  @Override public Page<User> list(int page, int size) { return service.list(page, size); }
                                           //^^^^^^^^ 💡 GET /users reads pages of any size`)
      .replace("class UserController", "class UserController implements UserPages")
      .concat(`//- src/shop/UserPages.java
package shop;
import org.springframework.data.domain.Page;
interface UserPages {
  @GetMapping("/users") Page<User> list(@RequestParam int page, @RequestParam int size);
}
`),
    // bigbulgogiburger/Zeom
    "a size that two methods of a service are given": workspace(
      `
  @GetMapping("/users") Page<User> list(@RequestParam String city, @RequestParam int page, @RequestParam int size) {
                                                                                         //^^^^^^^^^^^^^^^^^^^^^^ 💡
    return city.isEmpty() ? service.list(page, size) : service.more(page, size);
  }`,
      TWICE,
    ),
    "a size in the handler": workspace(`
  @GetMapping("/users") Page<User> list(@RequestParam int page, @RequestParam int size) {
                                                              //^^^^^^^^^^^^^^^^^^^^^^ 💡 GET /users reads pages of any size
    return users.findAll(PageRequest.of(page, size));
  }`),
    "a size that is larger where nobody names it": workspace(`
  private static final String USUAL = "250";
  @GetMapping("/users") Page<User> list(@RequestParam int page, @RequestParam(defaultValue = USUAL) Integer size) {
                                                              //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 GET /users reads pages of any size
    return service.list(page, size);
  }`),
    // NgocAnhDo26/bus-ticket-booking-system: its documentation promises 200.
    "a size of which the documentation says how large it may be": workspace(`
  @GetMapping("/users") Page<User> list(@RequestParam int page, @Parameter(schema = @Schema(maximum = "200")) @RequestParam int size) {
                                                              //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 GET /users reads pages of any size
    return service.list(page, size);
  }`),
    "a size that may be null, which the service may have an answer to": workspace(`
  @GetMapping("/users") Page<User> list(@RequestParam int page, @RequestParam(required = false) Integer size) {
                                                              //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ GET /users reads pages of any size
    return service.list(page, size);
  }`),
    // deepak-dev-mindmanthan/college-management-backend: 108 endpoints of 27 classes.
    "the sizes of one class, once": workspace(`
  @GetMapping("/users") Page<User> list(@RequestParam int page, @RequestParam int size) { return service.list(page, size); }
                                                              //^^^^^^^^^^^^^^^^^^^^^^ 💡 GET /users and 2 more read pages of any size
  @GetMapping("/users/old") Page<User> old(@RequestParam int page, @RequestParam(defaultValue = "400") int size) {
                                                                 //~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ GET /users/old, too
    return service.list(page, size);
  }
  @GetMapping("/users/new") Page<User> fresh(@RequestParam int page, @RequestParam int size) {
                                                                   //~~~~~~~~~~~~~~~~~~~~~~ GET /users/new, too
    return users.findAll(PageRequest.of(page, size));
  }`),
    "a size and a limit of one class": workspace(`
  @GetMapping("/users") Page<User> list(@RequestParam int page, @RequestParam int size) { return service.list(page, size); }
                                                              //^^^^^^^^^^^^^^^^^^^^^^ 💡 GET /users reads pages of any size
  @GetMapping("/first") List<User> first(@RequestParam int most) { return users.findByCity("Bern", Limit.of(most)); }
                                       //^^^^^^^^^^^^^^^^^^^^^^ 💡 GET /first reads pages of any most`),
    "a limit": workspace(`
  @GetMapping("/users") List<User> list(@RequestParam int most) { return users.findByCity("Bern", Limit.of(most)); }
                                      //^^^^^^^^^^^^^^^^^^^^^^ 💡 GET /users reads pages of any most`),
  },
  ignores: {
    "a bound by an annotation": workspace(`
  @GetMapping("/users") Page<User> list(@RequestParam int page, @RequestParam @Max(100) int size) { return service.list(page, size); }`),
    // pagopa/pagopa-debt-position
    "a bound by an annotation of the interface": workspace(`
  @Override public Page<User> list(int page, int size) { return service.list(page, size); }`)
      .replace("class UserController", "class UserController implements UserPages")
      .concat(`//- src/shop/UserPages.java
package shop;
import org.springframework.data.domain.Page;
interface UserPages {
  @GetMapping("/users") Page<User> list(@RequestParam int page, @RequestParam @Max(50) int size);
}
`),
    // festa-go's aspect compares what the annotation names.
    "a bound by an annotation of one's own": workspace(`
  @ValidPageable(maxSize = 20) @GetMapping("/users") Page<User> list(@RequestParam int page, @RequestParam int size) {
    return service.list(page, size);
  }`),
    "a bound in the handler, or in the service": workspace(
      `
  @GetMapping("/users") Page<User> list(@RequestParam int page, @RequestParam int size) { return service.list(page, Math.min(size, 50)); }
  @GetMapping("/more") Page<User> more(@RequestParam int page, @RequestParam int size) { return service.list(page, size); }`,
      "if (size > 100) throw new IllegalArgumentException(); return users.findAll(PageRequest.of(page, size));",
    ),
    // Spring Data's resolver keeps to 2,000 rows.
    "a Pageable": workspace(`  @GetMapping("/users") Page<User> list(Pageable page) { return users.findAll(page); }`),
  },
  fixes: {
    // Whoever else asks the service for pages goes on as before.
    "a size that two methods of a service are given": `
//- src/shop/UserController.java
package shop;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
@RestController
class UserController {
  private final UserService service;
  private final UserRepository users;

  @GetMapping("/users") Page<User> list(@RequestParam String city, @RequestParam int page, @RequestParam int size) {
    return city.isEmpty() ? service.list(page, Math.min(size, 100)) : service.more(page, Math.min(size, 100));
  }
}
`,
    "a size that is passed on": handled(`
  @GetMapping("/users") Page<User> list(@RequestParam int page, @RequestParam(defaultValue = "20") int size) {
    return service.list(page, Math.min(size, 100));
  }`),
    "a size that is larger where nobody names it": handled(`
  private static final String USUAL = "250";
  @GetMapping("/users") Page<User> list(@RequestParam int page, @RequestParam(defaultValue = USUAL) Integer size) {
    return service.list(page, Math.min(size, 250));
  }`),
    "a size of which the documentation says how large it may be": handled(`
  @GetMapping("/users") Page<User> list(@RequestParam int page, @Parameter(schema = @Schema(maximum = "200")) @RequestParam int size) {
    return service.list(page, Math.min(size, 200));
  }`),
    "a size in the handler": handled(`
  @GetMapping("/users") Page<User> list(@RequestParam int page, @RequestParam int size) {
    return users.findAll(PageRequest.of(page, Math.min(size, 100)));
  }`),
    "the sizes of one class, once": handled(`
  @GetMapping("/users") Page<User> list(@RequestParam int page, @RequestParam int size) { return service.list(page, Math.min(size, 100)); }
  @GetMapping("/users/old") Page<User> old(@RequestParam int page, @RequestParam(defaultValue = "400") int size) {
    return service.list(page, Math.min(size, 400));
  }
  @GetMapping("/users/new") Page<User> fresh(@RequestParam int page, @RequestParam int size) {
    return users.findAll(PageRequest.of(page, Math.min(size, 100)));
  }`),
  },
});
