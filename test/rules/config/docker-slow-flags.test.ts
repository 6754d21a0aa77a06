import { dockerSlowFlags } from "../../../src/rules/config/docker-slow-flags.ts";
import { rule } from "../../harness/rule.ts";
import { WORKLOAD } from "./builds.ts";

rule(dockerSlowFlags, {
  reports: {
    "flags of a command": `
//- Dockerfile
FROM eclipse-temurin:21-jre
ENTRYPOINT ["java", "-XX:TieredStopAtLevel=1", "-jar", "app.jar"]
                   //^^^^^^^^^^^^^^^^^^^^^^^ 💡 -XX:TieredStopAtLevel=1: hot code is never optimized
`,
    // bcgov/EDUC-GRAD-TRAX-API
    "flags on lines of their own": `
//- Dockerfile
FROM eclipse-temurin:21-jre
ENTRYPOINT ["java","-Xms412m",\\
            "-XX:TieredStopAtLevel=1",\\
           //^^^^^^^^^^^^^^^^^^^^^^^ 💡 -XX:TieredStopAtLevel=1: hot code is never optimized
            "-XX:CICompilerCount=2","-jar","app.jar"]
`,
    "a variable of the image": `
//- Dockerfile
FROM eclipse-temurin:21-jre
ENV JAVA_TOOL_OPTIONS="-Xmx1g -Xint"
                            //^^^^^ 💡 -Xint: nothing is compiled
ENTRYPOINT ["java", "-jar", "app.jar"]
`,
    "a JVM that would not start without the flag": `
//- Dockerfile
FROM eclipse-temurin:21-jre
ENTRYPOINT java -XX:TieredStopAtLevel=1 -XX:CICompilerCount=1 -jar app.jar
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
    "one flag of many in a compose file": `
//- docker-compose.prod.yml
services:
  app:
    environment:
      JAVA_OPTS: "-Xmx1g -Xint -XX:+UseZGC"
               //^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 -Xint: nothing is compiled
`,
    "an item of a list": `
//- docker-compose.prod.yml
services:
  app:
    command:
      - java
      - -Xint
      //^^^^^ 💡 -Xint: nothing is compiled
      - -jar
      - app.jar
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
  fixes: {
    "flags of a command": `
//- Dockerfile
FROM eclipse-temurin:21-jre
ENTRYPOINT ["java", "-jar", "app.jar"]
`,
    "flags on lines of their own": `
//- Dockerfile
FROM eclipse-temurin:21-jre
ENTRYPOINT ["java","-Xms412m",\\
            "-XX:CICompilerCount=2","-jar","app.jar"]
`,
    "a variable of the image": `
//- Dockerfile
FROM eclipse-temurin:21-jre
ENV JAVA_TOOL_OPTIONS="-Xmx1g"
ENTRYPOINT ["java", "-jar", "app.jar"]
`,
    "one flag of many in a compose file": `
//- docker-compose.prod.yml
services:
  app:
    environment:
      JAVA_OPTS: "-Xmx1g -XX:+UseZGC"
`,
    "an item of a list": `
//- docker-compose.prod.yml
services:
  app:
    command:
      - java
      - -jar
      - app.jar
`,
  },
});
