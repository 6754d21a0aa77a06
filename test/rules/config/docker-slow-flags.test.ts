import { dockerSlowFlags } from "../../../src/rules/config/docker-slow-flags.ts";
import { rule } from "../../harness/rule.ts";
import { WORKLOAD } from "./builds.ts";

rule(dockerSlowFlags, {
  reports: {
    "flags of a command": `
//- Dockerfile
FROM eclipse-temurin:21-jre
ENTRYPOINT ["java", "-XX:TieredStopAtLevel=1", "-jar", "app.jar"]
                   //^^^^^^^^^^^^^^^^^^^^^^^ -XX:TieredStopAtLevel=1: hot code is never optimized
`,
    "a debugger in a compose file": `
//- docker-compose.prod.yml
services:
  app:
    environment:
      JAVA_OPTS: -agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=5005
               //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ -agentlib:jdwp: a debugger may attach
`,
    "a container of Kubernetes": `
${WORKLOAD}
          env:
            - name: JAVA_TOOL_OPTIONS
              value: -XX:TieredStopAtLevel=1
                   //^^^^^^^^^^^^^^^^^^^^^^^ -XX:TieredStopAtLevel=1: hot code is never optimized
`,
  },
  ignores: {
    "a debugger in what people start on their own machines": `
//- docker-compose.yml
services:
  app:
    ports: ["5005:5005"]
    environment:
      JAVA_TOOL_OPTIONS: -agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=*:5005
`,
    "flags of production": `
//- Dockerfile
FROM eclipse-temurin:21-jre
RUN java -Xint -version
ENTRYPOINT ["java", "-XX:+UseZGC", "-Xdebug", "-jar", "app.jar"]
`,
    "an image for development": `
//- docker-compose.override.yml
services:
  app:
    environment:
      JAVA_OPTS: -Xint
//- dev/Dockerfile
FROM eclipse-temurin:21-jdk
CMD java -XX:TieredStopAtLevel=1 -jar app.jar
`,
  },
});
