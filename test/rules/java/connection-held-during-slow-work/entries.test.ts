import assert from "node:assert/strict";
import { connectionHeldDuringSlowWork } from "../../../../src/rules/java/connection-held-during-slow-work.ts";
import { TestWorkspace } from "../../../harness/check.ts";
import { parseFixture } from "../../../harness/fixture.ts";

/** A desk that pays by whichever provider there is, of which one asks another machine in its transaction. */
const shop = (others: string): string => `
//- src/shop/Payment.java
package shop;
@Entity class Payment { @Id Long id; }
//- src/shop/PaymentRepository.java
package shop;
import org.springframework.data.jpa.repository.JpaRepository;
interface PaymentRepository extends JpaRepository<Payment, Long> {}
//- src/shop/Provider.java
package shop;
interface Provider { void pay(Payment payment); }
//- src/shop/Cards.java
package shop;
import org.springframework.web.client.RestTemplate;
@Service @Transactional
class Cards implements Provider {
  private PaymentRepository payments;
  private RestTemplate rest;
  public void pay(Payment payment) { payments.save(payment); rest.postForObject("/charge", payment, String.class); }
}
${others}
//- src/shop/Desk.java
package shop;
@RestController
class Desk {
  private Provider provider;
  @PostMapping("/pay") void pay(@RequestBody Payment payment) { provider.pay(payment); }
}
`;

describe("what a connection is held for, by the request that comes there", () => {
  const found = async (source: string) => {
    const workspace = new TestWorkspace([connectionHeldDuringSlowWork]);
    await workspace.put(parseFixture(source).files);
    return workspace.findings().map(({ cost, related }) => ({ cost, ways: related.map(({ message }) => message) }));
  };

  it("names the request, and the way on which it comes", async () => {
    const [only, ...more] = await found(shop(""));
    assert.deepEqual(more, []);
    assert.equal(only?.cost, "one connection for as long as RestTemplate.postForObject takes, for each POST /pay");
    assert.ok(only?.ways.includes("POST /pay"));
  });

  // alf.io's webhook of one provider does not come to another one.
  it("says no more than that it may come there where several classes run in one's place", async () => {
    const [only, ...more] = await found(
      shop("//- src/shop/Cash.java\npackage shop;\n@Service class Cash implements Provider { public void pay(Payment payment) {} }"),
    );
    assert.deepEqual(more, []);
    assert.equal(only?.cost, "one connection for as long as RestTemplate.postForObject takes, each time POST /pay comes to it");
  });
});
