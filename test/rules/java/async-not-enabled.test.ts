import { asyncNotEnabled } from "../../../src/rules/java/async-not-enabled.ts";
import { rule } from "../../harness/rule.ts";
import { pom, pomIn } from "../config/builds.ts";

const application = (annotations = ""): string => `
//- src/main/java/ferry/Application.java
package ferry;
${annotations}
@SpringBootApplication
class Application {}
`;
const tickets = (marker = "", imports = ""): string => `//- src/main/java/ferry/Tickets.java
package ferry;
import org.springframework.mail.javamail.JavaMailSender;
${imports}
@Service
class Tickets {
  private final JavaMailSender mail;
  @Async public void send(String to) { mail.send(letter(to)); }
${marker === "" ? "" : `//^^^^^^ ${marker}\n`}}
`;
const ONE = "Tickets.send runs in its caller's thread: nothing here has @EnableAsync";
const build = pom("spring-boot-starter-web", "spring-boot-starter-mail").trimEnd();
const also = (text: string): string => `${build}${application()}${tickets()}${text}`;

rule(asyncNotEnabled, {
  reports: {
    "an application that never runs methods apart": `${build}${application()}${tickets(ONE)}`,
    "Spring's annotation by name": `${build}${application()}${tickets(ONE, "import org.springframework.scheduling.annotation.Async;")}`,
    "one finding for all of an application": `${build}${application()}//- src/main/java/ferry/Boats.java
package ferry;
@Service
class Boats {
  @Async public void count() { total = total + 1; }
}
//- src/main/java/ferry/Letters.java
package ferry;
@Service
class Letters {
  private final RestTemplate rest;
  @Async public void post(String to) { rest.postForObject("/post", to, String.class); }
//^^^^^^ Letters.post and 2 more run in their callers' threads: nothing here has @EnableAsync
}
//- src/main/java/ferry/Tickets.java
package ferry;
@Service
class Tickets {
  private final RestTemplate rest;
  @Async public void count() { total = total + 1; }
  @Async public void print(String to) { rest.postForObject("/print", to, String.class); }
  @Async public void cancel(String to) { rest.delete("/print/" + to); }
}
`,
    "another application that does": `${pomIn("ferry", "spring-boot-starter-web").trimEnd()}
//- ferry/src/main/java/ferry/Application.java
package ferry;
@SpringBootApplication
class Application {}
//- ferry/src/main/java/ferry/Tickets.java
package ferry;
@Service
class Tickets {
  private final RestTemplate rest;
  @Async public void print(String to) { rest.postForObject("/print", to, String.class); }
//^^^^^^ Tickets.print runs in its caller's thread: nothing here has @EnableAsync
}
${pomIn("harbour", "spring-boot-starter-web").trimEnd()}
//- harbour/src/main/java/harbour/Application.java
package harbour;
@SpringBootApplication @EnableAsync
class Application {}
`,
  },
  ignores: {
    "switched on": `${build}${application("@EnableAsync")}${tickets()}`,
    "switched on beside the application": also(`//- src/main/java/ferry/Threads.java
package ferry;
@Configuration @org.springframework.scheduling.annotation.EnableAsync
class Threads {}
`),
    "configuration that is not read": `${build}${application('@ImportResource("classpath:threads.xml")')}${tickets()}`,
    "a library that stands alone": `${build}\n${tickets()}`,
    "an annotation of another framework": `${build}${application()}${tickets("", "import io.micronaut.scheduling.annotation.Async;")}`,
    "a library whose own configuration does it": `${pom("spring-boot-starter-web", "spring-modulith-starter-core").trimEnd()}${application()}${tickets()}`,
    "work that takes no time": `${build}${application()}//- src/main/java/ferry/Tickets.java
package ferry;
@Service
class Tickets {
  @Async public void count() { total = total + 1; }
}
`,
    "a library's method, which the application around it runs apart": `${pomIn("tickets", "spring-boot-starter-mail").trimEnd()}
//- tickets/src/main/java/ferry/Tickets.java
package ferry;
@Service
class Tickets {
  private final RestTemplate rest;
  @Async public void print(String to) { rest.postForObject("/print", to, String.class); }
}
//- ferry/pom.xml
<project><artifactId>ferry</artifactId><dependencies>
<dependency><groupId>shop</groupId><artifactId>tickets</artifactId></dependency>
<dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-web</artifactId></dependency>
</dependencies></project>
//- ferry/src/main/java/ferry/Application.java
package ferry;
@SpringBootApplication @EnableAsync
class Application {}
`,
  },
});
