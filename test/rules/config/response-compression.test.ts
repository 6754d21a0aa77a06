import { responseCompression } from "../../../src/rules/config/response-compression.ts";
import { rule } from "../../harness/rule.ts";
import { pom, pomIn } from "./builds.ts";

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
    // Seen on woowacourse-teams/2023-zipgo: the example was a POST of an administrator that answers nothing.
    "it names a read of many, where there is one": `${pom("spring-boot-starter-web")}
//- src/main/java/shop/Api.java
package shop;
@RestController
class Api {
    @PostMapping("/admin/items")
    ResponseEntity<Void> add() {
        return null;
    }
    @GetMapping("/admin/items")
    List<Item> all() {
        return null;
    }
    @PostMapping("/items")
    Item create() {
        return null;
    }
    @GetMapping("/items/{id}")
    Item item(@PathVariable Long id) {
        return null;
    }
    @GetMapping("/items")
    ResponseEntity<List<Item>> items() {
        return null;
    }
}
//- src/main/resources/application.yml
  server.port: 8080
# ^^^^^^^^^^^ 💡 server.compression.enabled is not set, and no proxy here compresses: GET /items answers in full size
`,
    "one of many services": `${web}
//- src/main/resources/application.yml
  server.port: 8080
# ^^^^^^^^^^^ 💡
${["a", "b", "c", "d"].map((name) => `//- ${name}/pom.xml\n<project><artifactId>${name}</artifactId></project>\n//- ${name}/src/main/java/${name}/Start.java\npackage ${name};\n@org.springframework.boot.autoconfigure.SpringBootApplication class Start {}\n`).join("")}`,
  },
  ignores: {
    "pictures and files, which are compressed already": `${pom("spring-boot-starter-web")}
//- src/main/java/shop/Pictures.java
package shop;
@RestController
class Pictures {
    @GetMapping("/pictures/{name}")
    ResponseEntity<byte[]> one() {
        return null;
    }
    @GetMapping("/files/{name}")
    ResponseEntity<Resource> file() {
        return null;
    }
    @PostMapping("/pictures")
    PictureName add() {
        return null;
    }
}
//- src/main/resources/application.yml
server:
  port: 8080
`,
    "the same, its type imported with others": `${web}
//- src/main/java/shop/Server.java
package shop;
import org.springframework.boot.web.server.*;
class Server { void tell(ConfigurableWebServerFactory factory, Compression compression) { factory.setCompression(compression); } }
//- src/main/resources/application.yml
server.port: 8080
`,
    // ewolff/microservice-kubernetes: Debian's Apache compresses pages.
    "an image of Apache in front": `${web}
//- src/main/resources/application.yml
server.port: 8080
//- apache/Dockerfile
FROM ubuntu:24.04
RUN apt-get update && apt-get install -y apache2 && a2enmod proxy proxy_http
`,
    "a service behind a gateway": `${web}
//- src/main/resources/application.yml
server.port: 8080
${pomIn("gateway", "spring-cloud-starter-gateway")}`,
    "code that tells the server to": `${web}
//- src/main/java/shop/Server.java
package shop;
import org.springframework.boot.web.server.Compression;
class Server { Compression compression = new Compression(); }
//- src/main/resources/application.yml
server.port: 8080
`,
    "nothing is answered": `${pom("spring-boot-starter-web")}
//- src/main/java/shop/Api.java
package shop;
@RestController
class Api {
    @PostMapping("/items")
    ResponseEntity<Void> add() {
        return null;
    }
}
//- src/main/resources/application.properties
server.port=8080
`,
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
