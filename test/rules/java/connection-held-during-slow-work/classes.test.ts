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
    "methods with annotations of their own, one by one": `${DESK}
//- src/shop/PayService.java
package shop;
@Service @Transactional
class PayService {
  private final OrderRepository orders;
  private final Payments payments;
  @Transactional(timeout = 5) public void charge(Long id) {
    Order order = orders.findById(id).orElseThrow();
    payments.charge(order);
  //^^^^^^^^^^^^^^^^^^^^^^ charge runs RestTemplate.postForObject inside the transaction of PayService.charge
  }
  public void refund(Long id) {
    Order order = orders.findById(id).orElseThrow();
    payments.charge(order);
  //^^^^^^^^^^^^^^^^^^^^^^ charge runs RestTemplate.postForObject inside the transaction of PayService.refund
  }
}
`,
    "two classes of a file, each by itself": `${DESK}
//- src/shop/PayService.java
package shop;
@Service @Transactional
class PayService {
  private final OrderRepository orders;
  private final Payments payments;
  public void refund(Long id) {
    Order order = orders.findById(id).orElseThrow();
    payments.charge(order);
  //^^^^^^^^^^^^^^^^^^^^^^ charge runs RestTemplate.postForObject inside the transaction of PayService.refund
  }
}
@Service @Transactional
class TipService {
  private final OrderRepository orders;
  private final Payments payments;
  public void tip(Long id) {
    Order order = orders.findById(id).orElseThrow();
    payments.charge(order);
  //^^^^^^^^^^^^^^^^^^^^^^ charge runs RestTemplate.postForObject inside the transaction of TipService.tip
  }
}
`,
  },
  ignores: {},
});

describe("java/connection-held-during-slow-work, of a class that accepts one of its methods", () => {
  it("tells what is left", async () => {
    const workspace = new TestWorkspace([connectionHeldDuringSlowWork]);
    await workspace.put(
      parseFixture(`${DESK}
//- src/shop/PayService.java
package shop;
@Service @Transactional
class PayService {
  private final OrderRepository orders;
  private final Payments payments;
  public void refund(Long id) {
    Order order = orders.findById(id).orElseThrow();
    // perf-ignore java/connection-held-during-slow-work: the row stays locked until the money is back
    payments.charge(order);
  }
  public void charge(Long id) {
    Order order = orders.findById(id).orElseThrow();
    payments.charge(order);
  }
}
`).files,
    );
    assert.deepEqual(
      workspace.findings().map(({ message }) => message),
      ["charge runs RestTemplate.postForObject inside the transaction of PayService.charge"],
    );
  });
});
