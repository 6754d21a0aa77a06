import { virtualThreads } from "../../../src/rules/config/virtual-threads.ts";
import { rule } from "../../harness/rule.ts";
import { pom } from "./builds.ts";

const web = (java: number, boot = "3.5.6"): string =>
  pom("spring-boot-starter-web")
    .replace("3.5.6", boot)
    .replace("  <dependencies>", `  <properties><java.version>${java}</java.version></properties>\n  <dependencies>`);

rule(virtualThreads, {
  reports: {
    "Java 24 and nothing said": `${web(24)}
//- src/main/resources/application.properties
  spring.application.name=shop
# ^^^^^^^^^^^^^^^^^^^^^^^ 💡 spring.threads.virtual.enabled is not set: Java 24 serves requests on 200 platform threads
`,
    "Java 21, where synchronized still pins": `${web(21)}
//- src/main/resources/application.properties
  spring.application.name=shop
# ^^^^^^^^^^^^^^^^^^^^^^^ spring.threads.virtual.enabled is not set: Java 21 serves requests on 200 platform threads
`,
    "a number of threads beside virtual ones": `${web(21)}
//- src/main/resources/application.yml
spring.threads.virtual.enabled: true
server:
  tomcat:
    threads:
      max: 400
    //^^^ server.tomcat.threads.max has no effect on virtual threads, which are switched on
`,
  },
  ignores: {
    "switched off, which is a decision": `${web(24)}
//- src/main/resources/application.properties
spring.threads.virtual.enabled=false
`,
    "an older Java": `${web(17)}
//- src/main/resources/application.properties
spring.application.name=shop
`,
    "an older Spring Boot": `${web(21, "3.1.12")}
//- src/main/resources/application.properties
spring.application.name=shop
`,
    "threads that someone counted": `${web(21)}
//- src/main/resources/application.properties
server.tomcat.threads.max=50
`,
  },
  fixes: {
    "Java 24 and nothing said": `
//- src/main/resources/application.properties
  spring.application.name=shop
spring.threads.virtual.enabled=true
`,
  },
});
