import { dockerStartup } from "../../../src/rules/config/docker-startup.ts";
import { rule } from "../../harness/rule.ts";
import { pom } from "./builds.ts";

const boot = pom("spring-boot-starter-web");

rule(dockerStartup, {
  reports: {
    "a plain start": `${boot}
//- Dockerfile
FROM eclipse-temurin:21-jre
COPY target/shop.jar app.jar
  ENTRYPOINT ["java", "-jar", "app.jar"]
//^^^^^^^^^^ ENTRYPOINT starts Spring Boot 3.5.6 without an archive of its classes
`,
  },
  ignores: {
    "an archive, made in the image": `${boot}
//- Dockerfile
FROM eclipse-temurin:21-jre
RUN java -Djarmode=tools -jar app.jar extract && java -XX:ArchiveClassesAtExit=app.jsa -Dspring.context.exit=onRefresh -jar app.jar
ENTRYPOINT ["java", "-XX:SharedArchiveFile=app.jsa", "-jar", "app.jar"]
`,
    "a cache of a newer JVM": `${boot}
//- Dockerfile
FROM eclipse-temurin:25-jre
ENV JAVA_TOOL_OPTIONS=-XX:AOTCache=app.aot
ENTRYPOINT ["java", "-jar", "app.jar"]
`,
    "an older Spring Boot, another language, development": `${boot.replace("3.5.6", "3.2.1")}
//- Dockerfile
FROM eclipse-temurin:21-jre
ENTRYPOINT ["java", "-jar", "app.jar"]
//- web/Dockerfile
FROM nginx
CMD ["nginx"]
//- Dockerfile.dev
FROM eclipse-temurin:21
ENTRYPOINT ["java", "-jar", "app.jar"]
`,
  },
});
