import { dockerLayers } from "../../../src/rules/config/docker-layers.ts";
import { rule } from "../../harness/rule.ts";

rule(dockerLayers, {
  reports: {
    "a jar with everything in it": `
//- Dockerfile
FROM maven:3.9 AS build
COPY . .
FROM eclipse-temurin:21-jre
COPY --from=build target/shop.jar app.jar
   //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ shop.jar is copied as one layer: each build ships all libraries again
ENTRYPOINT ["java", "-jar", "app.jar"]
`,
  },
  ignores: {
    "a jar without libraries, which lie beside it": `
//- Dockerfile
FROM eclipse-temurin:21-jre
COPY target/lib /app/lib
COPY target/shop.jar /app/shop.jar
ENTRYPOINT ["java", "-Xmx1g", "-jar", "/app/shop.jar"]
`,
    "a build that puts no libraries into its jar": `
//- pom.xml
<project><artifactId>tool</artifactId></project>
//- Dockerfile
FROM eclipse-temurin:21-jre
COPY target/tool.jar tool.jar
ENTRYPOINT ["java", "-Xmx1g", "-jar", "tool.jar"]
`,
    "layers that are taken apart": `
//- Dockerfile
FROM eclipse-temurin:21-jre AS build
COPY target/shop.jar app.jar
RUN java -Djarmode=tools -jar app.jar extract --layers
FROM eclipse-temurin:21-jre
COPY --from=build app/dependencies/ ./
COPY --from=build app/application/ ./
ENTRYPOINT ["java", "-jar", "app.jar"]
`,
    "an agent beside classes": `
//- Dockerfile
FROM eclipse-temurin:21-jre
COPY agent.jar .
COPY classes classes
ENTRYPOINT ["java", "-cp", "classes", "shop.Main"]
`,
  },
});
