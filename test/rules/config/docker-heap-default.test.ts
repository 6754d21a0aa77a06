import { dockerHeapDefault } from "../../../src/rules/config/docker-heap-default.ts";
import { rule } from "../../harness/rule.ts";

rule(dockerHeapDefault, {
  reports: {
    "a jar and no heap, as a list": `
//- Dockerfile
FROM maven:3.9 AS build
RUN mvn package
FROM eclipse-temurin:21-jre
COPY --from=build app.jar .
  ENTRYPOINT ["java", "-jar", "app.jar"]
# ^^^^^^^^^^ 💡 ENTRYPOINT starts Java without a heap size: it takes 25 % of the container's memory
`,
    "a list without blanks behind an agent": `
//- Dockerfile
FROM eclipse-temurin:21-jre
  ENTRYPOINT ["java","-javaagent:/app/agent.jar","-jar","/app/app.jar"]
# ^^^^^^^^^^ 💡
`,
    // navikt/familie-tilbake: what stands behind the jar goes to the application
    "a heap size behind the jar": `
//- a/Dockerfile
FROM eclipse-temurin:21-jre
  ENTRYPOINT ["java", "-jar", "/app/app.jar", "-XX:MaxRAMPercentage=75.0"]
# ^^^^^^^^^^ 💡
//- b/Dockerfile
FROM eclipse-temurin:21-jre
  ENTRYPOINT ["java", "-jar", "app.jar"]
# ~~~~~~~~~~ the same here
CMD ["-Xmx512m"]
`,
    "in a shell, where a variable has a say": `
//- app/Dockerfile-17
FROM eclipse-temurin:17-jre
  CMD exec java -Dname="$NAME" $JAVA_OPTS -jar /app.jar
# ^^^ 💡
`,
    // CMSgov/ab2d
    "flags on lines of their own": `
//- Dockerfile
FROM eclipse-temurin:17-jre
  CMD java \\
# ^^^ 💡
    -XX:+UseContainerSupport \\
    -jar app.jar
`,
    "a variable that only start scripts read": `
//- app/Dockerfile
FROM eclipse-temurin:21-jre
  ENTRYPOINT ["java", "-jar", "app.jar"]
# ^^^^^^^^^^ 💡 ENTRYPOINT starts Java by itself, which does not read JAVA_OPTS: the heap takes 25 % of the container's memory
//- docker-compose.yml
services:
  app:
    build: ./app
    environment:
      JAVA_OPTS: -Xmx1g
`,
  },
  ignores: {
    // ftgo-application starts a stand-in for Amazon's database.
    "an image of a database that runs in Java": `
//- dynamodb/Dockerfile
FROM amazon/dynamodb-local:2.0.0
ENTRYPOINT java -jar DynamoDBLocal.jar -inMemory
`,
    "Kubernetes gives the JVM its size": `
//- Dockerfile
FROM eclipse-temurin:21-jre
ENTRYPOINT ["java", "-jar", "app.jar"]
//- k8s/shop.yaml
kind: Deployment
metadata: { name: shop }
spec:
  template:
    spec:
      containers:
        - { name: shop, image: example/shop, env: [{ name: JAVA_TOOL_OPTIONS, value: "-XX:MaxRAMPercentage=70" }] }
`,
    "arguments in a file": `
//- Dockerfile
FROM eclipse-temurin:21-jre
ENTRYPOINT ["java", "@/app/jvm.args", "-jar", "app.jar"]
`,
    "a variable that the script of an image may read": `
//- Dockerfile
FROM acme/java-with-start-script:21
ENV JAVA_OPTS="-Xmx512m"
CMD ["java", "-jar", "app.jar"]
`,
    "a share of the memory, or a size": `
//- a/Dockerfile
FROM eclipse-temurin:21-jre
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=75", "-jar", "app.jar"]
//- b/Dockerfile
FROM eclipse-temurin:21-jre
ENV JAVA_TOOL_OPTIONS="-Xmx512m"
ENTRYPOINT ["java", "-jar", "app.jar"]
`,
    "a compose service that sets it": `
//- app/Dockerfile
FROM eclipse-temurin:21-jre
ENTRYPOINT exec java $JAVA_OPTS -jar app.jar
//- docker-compose.yml
services:
  app:
    build: ./app
    environment:
      - JAVA_OPTS=-Xmx1g
`,
    // Buildpacks put a memory calculator in front.
    "images of buildpacks, other languages and development": `
//- a/Dockerfile
FROM paketobuildpacks/run:base
ENTRYPOINT ["java", "-jar", "app.jar"]
//- b/Dockerfile
FROM node:22
CMD ["node", "java.js"]
//- c/Dockerfile.dev
FROM eclipse-temurin:21-jdk
CMD java -jar app.jar
//- d/Dockerfile
`,
  },
  fixes: {
    "flags on lines of their own": `
//- Dockerfile
FROM eclipse-temurin:17-jre
  CMD java \\
    -XX:+UseContainerSupport \\
    -XX:MaxRAMPercentage=70 \\
    -jar app.jar
`,
    "in a shell, where a variable has a say": `
//- app/Dockerfile-17
FROM eclipse-temurin:17-jre
  CMD exec java -Dname="$NAME" -XX:MaxRAMPercentage=70 $JAVA_OPTS -jar /app.jar
`,
    "a jar and no heap, as a list": `
//- Dockerfile
FROM maven:3.9 AS build
RUN mvn package
FROM eclipse-temurin:21-jre
COPY --from=build app.jar .
  ENTRYPOINT ["java", "-XX:MaxRAMPercentage=70", "-jar", "app.jar"]
`,
    "a list without blanks behind an agent": `
//- Dockerfile
FROM eclipse-temurin:21-jre
  ENTRYPOINT ["java","-javaagent:/app/agent.jar","-XX:MaxRAMPercentage=70","-jar","/app/app.jar"]
`,
  },
});
