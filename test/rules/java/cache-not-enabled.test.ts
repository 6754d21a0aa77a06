import { cacheNotEnabled } from "../../../src/rules/java/cache-not-enabled.ts";
import { rule } from "../../harness/rule.ts";
import { pom, pomIn } from "../config/builds.ts";

const build = pom("spring-boot-starter-web", "spring-boot-starter-cache", "caffeine").trimEnd();
const application = `
//- src/main/java/tide/Application.java
package tide;
@SpringBootApplication
class Application {}
`;
const tides = (marker = "", imports = ""): string => `//- src/main/java/tide/Tides.java
package tide;
${imports}
@Service
class Tides {
  @Cacheable("tides") public Table of(String harbour) { return ask(harbour); }
${marker === "" ? "" : `//^^^^^^^^^^^^^^^^^^^ ${marker}\n`}}
`;
const ONE = "Tides.of is not cached: nothing here has @EnableCaching";
const also = (text: string): string => `${build}${application}${tides()}${text}`;

rule(cacheNotEnabled, {
  reports: {
    "an application that never switches caches on": `${build}${application}${tides(ONE)}`,
    "Spring's annotation by name": `${build}${application}${tides(ONE, "import org.springframework.cache.annotation.Cacheable;")}`,
    "one finding for all": `${build}${application}${tides("Tides.of and 1 more methods are not cached: nothing here has @EnableCaching")}//- src/main/java/tide/Winds.java
package tide;
@Service
class Winds {
  @Cacheable("winds") public Rose of(String harbour) { return ask(harbour); }
}
`,
    "another application that does": `${pomIn("tide", "spring-boot-starter-cache").trimEnd()}
//- tide/src/main/java/tide/Application.java
package tide;
@SpringBootApplication
class Application {}
//- tide/src/main/java/tide/Tides.java
package tide;
@Service
class Tides {
  @Cacheable("tides") public Table of(String harbour) { return ask(harbour); }
//^^^^^^^^^^^^^^^^^^^ ${ONE}
}
${pomIn("ferry", "spring-boot-starter-cache").trimEnd()}
//- ferry/src/main/java/ferry/Application.java
package ferry;
@SpringBootApplication @EnableCaching
class Application {}
`,
  },
  ignores: {
    "code of the same house that is built elsewhere": `${pomIn("tide-tables", "spring-boot-starter-cache", "tide-common").trimEnd()}
//- tide-tables/src/main/java/tide/Application.java
package tide;
@SpringBootApplication
class Application {}
//- tide-tables/src/main/java/tide/Tides.java
package tide;
@Service
class Tides { @Cacheable("tides") public Table of(String harbour) { return ask(harbour); } }
`,
    "switched on": also(`//- src/main/java/tide/Caches.java
package tide;
@Configuration @org.springframework.cache.annotation.EnableCaching
class Caches {}
`),
    "switched on by an annotation of the project's own": also(`//- src/main/java/tide/Defaults.java
package tide;
@EnableCaching
@interface Defaults {}
`),
    "an annotation of a library": also(`//- src/main/java/tide/Caches.java
package tide;
@Configuration @EnableGemfireCaching
class Caches {}
`),
    "configuration in XML": also(`//- src/main/java/tide/Caches.java
package tide;
@Configuration @ImportResource("classpath:caches.xml")
class Caches {}
`),
    "a starter that may do it": `${pom("spring-boot-starter-web", "harbour-cache-starter").trimEnd()}${application}${tides()}`,
    "sources in Kotlin": `${pom("spring-boot-starter-web", "kotlin-stdlib").trimEnd()}${application}${tides()}`,
    "the annotation of somebody else": `${build}${application}${tides("", "import io.micronaut.cache.annotation.Cacheable;")}`,
    "a library without its application": `${build}\n${tides()}`,
    "no build": `${application}${tides()}`,
  },
});
