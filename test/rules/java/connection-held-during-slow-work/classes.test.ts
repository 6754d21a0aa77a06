import assert from "node:assert/strict";
import { connectionHeldDuringSlowWork } from "../../../../src/rules/java/connection-held-during-slow-work.ts";
import { TestWorkspace } from "../../../harness/check.ts";
import { parseFixture } from "../../../harness/fixture.ts";
import { rule } from "../../../harness/rule.ts";
import { DOMAIN } from "./orders.ts";

const DESK = `${DOMAIN}
//- src/shop/Desk.java
package shop;
import org.springframework.web.bind.annotation.*;
@RestController class Desk {
  private PayService service;
  @PostMapping("/refunds") void refund(Long id) { service.refund(id); }
}`;

/** A class whose methods all have its transaction. */
const transactional = (name: string, methods: string): string => `@Service @Transactional
class ${name} {
  private final OrderRepository orders;
  private final Payments payments;
${methods}}
`;
const paying = (methods: string): string => `${DESK}\n//- src/shop/PayService.java\npackage shop;\n${transactional("PayService", methods)}`;

/** A method that pays for an order; with a marker where that is told of a transaction. */
const charging = (declared: string, told?: string): string => `  ${declared} {
    Order order = orders.findById(id).orElseThrow();
    payments.charge(order);
${told === undefined ? "" : `  //^^^^^^^^^^^^^^^^^^^^^^ charge runs RestTemplate.postForObject inside the transaction of ${told}\n`}  }
`;

rule(connectionHeldDuringSlowWork, {
  reports: {
    // alf.io: five methods of the class that pays through a provider.
    "a class whose annotation holds it in several methods, by what is slowest": `${DESK}
//- src/shop/PayService.java
package shop;
import org.springframework.security.crypto.password.PasswordEncoder;
@Service @Transactional
       //~~~~~~~~~~~~~~ the transaction begins here
class PayService {
  private final OrderRepository orders;
  private final Payments payments;
  private final PasswordEncoder encoder;
  public boolean sign(Long id, String code) {
    Order order = orders.findById(id).orElseThrow();
    return encoder.matches(code, order.code());
         //~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ PasswordEncoder.matches runs inside the transaction of PayService.sign
  }
  public void charge(Long id) {
    Order order = orders.findById(id).orElseThrow();
    payments.charge(order);
  //~~~~~~~~~~~~~~~~~~~~~~ charge runs RestTemplate.postForObject inside the transaction of PayService.charge
  }
  public void refund(Long id) {
    Order order = orders.findById(id).orElseThrow();
    payments.charge(order);
  //^^^^^^^^^^^^^^^^^^^^^^ charge runs RestTemplate.postForObject inside the transaction of PayService.refund; 2 more alike
  }
}
`,
    "methods with annotations of their own, one by one": paying(
      charging("@Transactional(timeout = 5) public void charge(Long id)", "PayService.charge") +
        charging("public void refund(Long id)", "PayService.refund"),
    ),
    "two classes of a file, each by itself":
      paying(charging("public void refund(Long id)", "PayService.refund")) +
      transactional("TipService", charging("public void tip(Long id)", "TipService.tip")),
  },
  ignores: {},
});

describe("java/connection-held-during-slow-work, of a class that accepts one of its methods", () => {
  it("tells what is left", async () => {
    const workspace = new TestWorkspace([connectionHeldDuringSlowWork]);
    await workspace.put(
      parseFixture(
        paying(`  public void refund(Long id) {
    Order order = orders.findById(id).orElseThrow();
    // perf-ignore java/connection-held-during-slow-work: the row stays locked until the money is back
    payments.charge(order);
  }
${charging("public void charge(Long id)")}`),
      ).files,
    );
    assert.deepEqual(
      workspace.findings().map(({ message }) => message),
      ["charge runs RestTemplate.postForObject inside the transaction of PayService.charge"],
    );
  });
});
