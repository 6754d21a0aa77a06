import { dockerDevProfile } from "../../../src/rules/config/docker-dev-profile.ts";
import { rule } from "../../harness/rule.ts";

rule(dockerDevProfile, {
  reports: {
    "a variable of the image": `
//- Dockerfile
FROM eclipse-temurin:21-jre
ENV SPRING_PROFILES_ACTIVE=dev
  //^^^^^^^^^^^^^^^^^^^^^^^^^^ The image runs with profile dev wherever nobody says otherwise
ENTRYPOINT ["java", "-jar", "app.jar"]
`,
    "an argument of the command": `
//- Dockerfile
FROM eclipse-temurin:21-jre
ENTRYPOINT ["java", "-Dspring.profiles.active=local", "-jar", "app.jar"]
                   //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ The image runs with profile local wherever nobody says otherwise
`,
    "a service of production": `
//- docker-compose.prod.yml
services:
  api:
    image: example/api
    environment:
      SPRING_PROFILES_ACTIVE: dev
    //^^^^^^^^^^^^^^^^^^^^^^ api runs in production with profile dev
`,
    "workloads of Kubernetes, by a variable, a config map and a flag": `
//- k8s/api.yaml
kind: Deployment
metadata: { name: api }
spec:
  template:
    spec:
      containers:
        - name: api
          image: example/api
          env:
            - name: SPRING_PROFILES_ACTIVE
                  //^^^^^^^^^^^^^^^^^^^^^^ api runs in production with profile dev
              value: dev
---
kind: ConfigMap
metadata: { name: orders }
data:
  SPRING_PROFILES_ACTIVE: local,h2
//^^^^^^^^^^^^^^^^^^^^^^ orders runs in production with profile local,h2
---
kind: Deployment
metadata: { name: stock }
spec:
  template:
    spec:
      containers:
        - name: stock
          args: ["--spring.profiles.active=dev"]
               //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ stock runs in production with profile dev
`,
    "the default of a chart, and of a variable": `
//- charts/api/templates/deployment.yaml
kind: Deployment
        - name: SPRING_PROFILES_ACTIVE
          value: {{ .Values.profile }}
//- charts/api/values.yaml
  profile: dev # until it is installed
         //^^^ api runs with profile dev wherever nobody says otherwise
//- compose.prod.yml
services:
  tax:
    image: example/tax
    environment:
      SPRING_PROFILES_ACTIVE: "\${PROFILE:-dev}"
    //^^^^^^^^^^^^^^^^^^^^^^ tax runs with profile dev wherever nobody says otherwise
`,
    "the default of an argument": `
//- Dockerfile
FROM eclipse-temurin:21-jre
ARG PROFILE=dev
ENV SPRING_PROFILES_ACTIVE=\${PROFILE}
  //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ The image runs with profile dev wherever nobody says otherwise
`,
  },
  ignores: {
    "an argument without a default": `
//- Dockerfile
FROM eclipse-temurin:21-jre
ARG PROFILE
ENV SPRING_PROFILES_ACTIVE=\${PROFILE}
`,
    "profiles of production, and several": `
//- Dockerfile
FROM eclipse-temurin:21-jre
ENV SPRING_PROFILES_ACTIVE=docker,dev-defaults,prod
ENTRYPOINT ["java", "-Dspring.profiles.active=prod", "-jar", "app.jar"]
`,
    "images and services for development, and a stage that only builds": `
//- Dockerfile.dev
FROM eclipse-temurin:21
ENV SPRING_PROFILES_ACTIVE=dev
//- Dockerfile
FROM eclipse-temurin:21 AS build
ENV SPRING_PROFILES_ACTIVE=test
FROM eclipse-temurin:21-jre
CMD ["java", "-jar", "app.jar"]
//- docker-compose.yml
services:
  api: { image: example/api, environment: { SPRING_PROFILES_ACTIVE: dev } }
//- docker-compose.prod.yml
services:
  api: { image: example/api, environment: { SPRING_PROFILES_ACTIVE: "\${PROFILE:-prod}" } }
//- k8s/overlays/dev/api.yaml
kind: ConfigMap
metadata: { name: api }
data: { SPRING_PROFILES_ACTIVE: dev }
//- k8s/api.yaml
kind: ConfigMap
metadata: { name: api }
data: { SPRING_PROFILES_ACTIVE: "$(STAGE)" }
`,
    // What starts an image says more than the image.
    "an image whose containers of production have another one": `
//- api/Dockerfile
FROM eclipse-temurin:21-jre
ENV SPRING_PROFILES_ACTIVE=prod
//- k8s/api.yaml
kind: ConfigMap
metadata: { name: api }
data: { SPRING_PROFILES_ACTIVE: live }
`,
  },
});
