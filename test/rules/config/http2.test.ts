import { http2 } from "../../../src/rules/config/http2.ts";
import { rule } from "../../harness/rule.ts";
import { pom } from "./builds.ts";

const web = pom("spring-boot-starter-web");

rule(http2, {
  reports: {
    "TLS of the application's own": `${web}
//- src/main/resources/application.yml
  server:
# ^^^^^^ 💡 server.http2.enabled is not set: the application ends TLS itself and speaks HTTP/1.1
    ssl:
      key-store: classpath:shop.p12
`,
    "a bundle": `${web}
//- src/main/resources/application.properties
  server.ssl.bundle=shop
# ^^^^^^^^^^^^^^^^^ 💡
`,
  },
  ignores: {
    "Java 8, which cannot": `${web.replace("  <dependencies>", "  <properties><java.version>1.8</java.version></properties>\n  <dependencies>").replace("3.5.6", "2.3.12.RELEASE")}
//- src/main/resources/application.properties
server.ssl.key-store=classpath:shop.p12
`,
    "on, or off on purpose": `${web}
//- src/main/resources/application.yml
server:
  ssl.bundle: shop
  http2.enabled: false
`,
    "no TLS, or TLS for development": `${web}
//- src/main/resources/application.yml
server.port: 8080
//- src/main/resources/application-dev.yml
server.ssl.key-store: dev.p12
`,
    "TLS that is switched off, or perhaps": `${web}
//- src/main/resources/application.yml
server.ssl:
  enabled: "\${TLS:false}"
  key-store: shop.p12
`,
  },
  fixes: {
    "TLS of the application's own": `
//- src/main/resources/application.yml
  server:
    ssl:
      key-store: classpath:shop.p12
    http2:
      enabled: true
`,
  },
});
