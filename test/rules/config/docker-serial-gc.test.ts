import { dockerSerialGc } from "../../../src/rules/config/docker-serial-gc.ts";
import { rule } from "../../harness/rule.ts";
import { WORKLOAD } from "./builds.ts";

const image = (flags = ""): string => `
//- app/Dockerfile
FROM eclipse-temurin:21-jre
ENTRYPOINT ["java", ${flags}"-jar", "app.jar"]
`;

rule(dockerSerialGc, {
  reports: {
    "little memory": `${image()}
//- docker-compose.yml
services:
  app:
    build: app
    deploy:
      resources:
        limits:
          memory: 1G
                //^^ app has less than 1792 MiB: its JVM chooses the serial collector
`,
    "one processor, of an image from elsewhere": `
//- docker-compose.prod.yaml
services:
  api:
    image: example/api
    cpus: 1
        //^ api has one processor: its JVM chooses the serial collector
    mem_limit: 4g
    environment:
      JAVA_TOOL_OPTIONS: -Xmx3g
`,
    "a container of Kubernetes, of the only image here": `${image()}
${WORKLOAD}
          image: example/shop:1
          resources:
            limits: { cpu: 500m, memory: 4Gi }
                         //^^^^ shop has one processor: its JVM chooses the serial collector
`,
  },
  ignores: {
    "the JVM is told to act as on a server": `${image('"-XX:+AlwaysActAsServerClassMachine", ')}
//- docker-compose.yml
services:
  app:
    build: app
    mem_limit: 1g
`,
    "a database beside the application in Kubernetes": `${image()}
//- k8s/db.yaml
kind: StatefulSet
metadata: { name: db }
spec:
  template:
    spec:
      containers:
        - name: db
          image: postgres:17
          resources: { limits: { memory: 512Mi } }
`,
    "a collector is named": `${image('"-XX:+UseG1GC", ')}
//- docker-compose.yml
services:
  app:
    build: { context: ./app }
    mem_limit: 512m
`,
    "enough of both": `${image()}
//- docker-compose.yml
services:
  app:
    build: app
    mem_limit: 2g
    cpus: "2"
`,
    "no Java, no limit, a limit from the environment": `
//- docker-compose.yml
services:
  db:
    image: postgres:17
    mem_limit: 512m
  api:
    image: example/api
    mem_limit: \${LIMIT}
    environment: [JAVA_OPTS=-Xss1m]
`,
  },
});
