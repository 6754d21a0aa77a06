import assert from "node:assert/strict";
import { lazyLoadNoTrans } from "../../../src/rules/config/lazy-load-no-trans.ts";
import { TestWorkspace } from "../../harness/check.ts";
import { parseFixture } from "../../harness/fixture.ts";
import { rule } from "../../harness/rule.ts";

const ON = "enable_lazy_load_no_trans opens a session and a connection for each lazy access";

rule(lazyLoadNoTrans, {
  reports: {
    "the setting in YAML": `
//- src/main/resources/application.yml
spring:
  jpa:
    properties:
      hibernate:
        enable_lazy_load_no_trans: true # since the upgrade
      # ^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 ${ON}
        order_inserts: true
`,
    "the setting in properties, for one profile": `
//- src/main/resources/application-prod.properties
  spring.jpa.properties.hibernate.enable_lazy_load_no_trans=true
# ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 ${ON}
`,
    // hmcts/bulk-scan-processor
    "the setting twice, in one profile as without any": `
//- src/main/resources/application-live.properties
  spring.jpa.properties.hibernate.enable_lazy_load_no_trans=true
# ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 ${ON}; 1 more alike
//- src/main/resources/application.properties
  spring.jpa.properties.hibernate.enable_lazy_load_no_trans=true
# ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ the same here
`,
  },
  ignores: {
    "switched off": `
//- src/main/resources/application.properties
spring.jpa.properties.hibernate.enable_lazy_load_no_trans=false
`,
    "another setting": `
//- src/main/resources/application.yml
spring.jpa.properties.hibernate.enable_lazy_load: true
`,
  },
  fixes: {
    "the setting in YAML": `
//- src/main/resources/application.yml
spring:
  jpa:
    properties:
      hibernate:
        enable_lazy_load_no_trans: false # since the upgrade
        order_inserts: true
`,
  },
});

describe("config/lazy-load-no-trans", () => {
  // YoonSHN/KODAnect-backend-springboot
  it("is a hint for tests and development, and an error elsewhere", async () => {
    const severityOf = async (name: string): Promise<string> => {
      const workspace = new TestWorkspace([lazyLoadNoTrans]);
      const setting = "spring.jpa.properties.hibernate.enable_lazy_load_no_trans=true";
      await workspace.put(parseFixture(`\n//- src/main/resources/${name}\n${setting}\n`).files);
      return workspace
        .findings()
        .map(({ severity }) => severity)
        .join();
    };
    assert.equal(await severityOf("application-test.properties"), "hint");
    assert.equal(await severityOf("application-local.properties"), "hint");
    assert.equal(await severityOf("application.properties"), "error");
    assert.equal(await severityOf("application-prod.properties"), "error");
  });
});
