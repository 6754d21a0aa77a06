import { dockerHeapLimit } from "../../../src/rules/config/docker-heap-limit.ts";
import { rule } from "../../harness/rule.ts";
import { WORKLOAD } from "./builds.ts";

rule(dockerHeapLimit, {
  reports: {
    "a heap of all that the container may use": `
//- docker-compose.yml
services:
  api:
    image: example/api
    environment:
      - JAVA_OPTS=-Xms256m -Xmx512m
      //^^^^^^^^^^^^^^^^^^^^^^^^^^^ api may use 512 MiB of heap and 512 MiB in all: the kernel ends it first
    deploy:
      resources:
        limits:
          memory: 512M
                //~~~~ the limit of the container
`,
    "too little beside the heap, which the image names": `
//- app/Dockerfile
FROM eclipse-temurin:21-jre
ENTRYPOINT ["java", "-Xmx1g", "-jar", "app.jar"]
//- compose.prod.yml
services:
  app:
    build: app
    mem_limit: 1100m
             //^^^^^ app may use 1 GiB of heap of 1100 MiB in all: 76 MiB are left for the rest of the JVM
`,
    "a manifest, and what was made of it in another folder, once": `
${WORKLOAD.replace("k8s/shop.yaml", "kubernetes-manifests/shop.yaml")}
          env:
            - name: JAVA_TOOL_OPTIONS
              value: -Xmx2048m
                   //^^^^^^^^^ shop may use 2 GiB of heap and 2 GiB in all: the kernel ends it first; 1 more alike
          resources: { limits: { memory: 2Gi } }
                                       //~~~ the limit of the container
${WORKLOAD.replace("k8s/shop.yaml", "shop/k8s/base/shop.yaml")}
          env:
            - name: JAVA_TOOL_OPTIONS
              value: -Xmx2048m
                   //~~~~~~~~~ the same here
          resources: { limits: { memory: 2Gi } }
`,
    "all that Kubernetes allows": `
${WORKLOAD}
          env:
            - name: JAVA_TOOL_OPTIONS
              value: -Xmx2048m
                   //^^^^^^^^^ shop may use 2 GiB of heap and 2 GiB in all: the kernel ends it first
          resources: { limits: { memory: 2Gi } }
                                       //~~~ the limit of the container
`,
  },
  ignores: {
    "half of what Kubernetes allows": `
${WORKLOAD}
          env: [{ name: JAVA_TOOL_OPTIONS, value: -Xmx1g }]
          resources: { limits: { memory: 2Gi } }
`,
    "a variable that the JVM does not read": `
//- app/Dockerfile
FROM eclipse-temurin:21-jre
ENTRYPOINT ["java", "-jar", "app.jar"]
//- docker-compose.yml
services:
  app:
    build: ./app
    mem_limit: 512m
    environment:
      JAVA_OPTS: -Xmx1g
`,
    "room for the rest, and the service's own flags before the image's": `
//- app/Dockerfile
FROM eclipse-temurin:21-jre
ENV JAVA_TOOL_OPTIONS=-Xmx4g
ENTRYPOINT ["java", "-jar", "app.jar"]
//- docker-compose.yml
services:
  app:
    build: app
    mem_limit: 1g
    environment:
      JAVA_TOOL_OPTIONS: -Xmx640m
`,
    "no limit, no heap, a heap that follows the limit, a file for development": `
//- docker-compose.yml
services:
  free: { image: example/a, environment: { JAVA_OPTS: -Xmx8g } }
  plain: { image: example/b, mem_limit: 512m }
  share: { image: example/c, mem_limit: 512m, environment: { JAVA_OPTS: "-XX:MaxRAMPercentage=70" } }
  open: { image: example/d, mem_limit: 512m, environment: { JAVA_OPTS: "-Xmx\${HEAP}" } }
//- docker-compose.dev.yml
services:
  app: { image: example/a, mem_limit: 512m, environment: { JAVA_OPTS: -Xmx512m } }
`,
  },
});
