import { responseCompression } from "../../../src/rules/config/response-compression.ts";
import { rule } from "../../harness/rule.ts";
import { pom } from "./builds.ts";

const web = `${pom("spring-boot-starter-web")}
//- src/main/java/shop/Api.java
package shop;
@RestController
class Api {
    @GetMapping("/items")
    List<Item> items() {
        return List.of();
    }
}
`;

rule(responseCompression, {
  reports: {
    "nobody compresses": `${web}
//- src/main/resources/application.yml
server:
//^^^^ 💡 server.compression.enabled is not set, and no proxy here compresses: GET /items answers in full size
  port: 8080
`
      .replace("server:\n//^^^^", "  server:\n# ^^^^^^")
      .replace("  port", "    port"),
  },
  ignores: {
    "it is on, or off on purpose": `${web}
//- src/main/resources/application.yml
server.compression.enabled: false
`,
    "nginx in front": `${web}
//- src/main/resources/application.yml
server.port: 8080
//- deploy/nginx.conf
http { gzip on; }
`,
    "a proxy of a compose file": `${web}
//- src/main/resources/application.yml
server.port: 8080
//- compose.yml
services:
  proxy: { image: "traefik:v3" }
`,
    "no endpoints": `${pom("spring-boot-starter-web")}
//- src/main/resources/application.yml
server.port: 8080
`,
  },
  fixes: {
    "nobody compresses": `
//- src/main/resources/application.yml
  server:
    port: 8080
    compression:
      enabled: true
`,
  },
});
