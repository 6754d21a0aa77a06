import { connectionPoolOversized } from "../../../src/rules/config/connection-pool-oversized.ts";
import { rule } from "../../harness/rule.ts";
import { webAndJpa } from "./builds.ts";

rule(connectionPoolOversized, {
  reports: {
    "more than the default allows": `${webAndJpa}
//- src/main/resources/application.yml
spring:
  datasource:
    url: jdbc:postgresql://db/shop
    hikari:
      maximum-pool-size: 200
                       //^^^ 200 connections without a profile, where PostgreSQL allows 97
`,
    "more than a compose file allows, in one profile": `${webAndJpa}
//- src/main/resources/application.yml
spring.datasource.url: jdbc:postgresql://db/shop
//- src/main/resources/application-prod.yml
spring.datasource.hikari.maximumPoolSize: 300
                                        //^^^ 300 connections in profile prod, where PostgreSQL allows 197
//- compose.yml
services:
  db: { image: "postgres:17", command: "postgres -c max_connections=200" }
`,
    "as many as fit, in each of several replicas": `${webAndJpa}
//- src/main/resources/application.yml
spring.datasource.url: jdbc:postgresql://db/shop
spring.datasource.hikari.maximum-pool-size: 40
                                          //^^ 40 connections in each of 3 replicas, where PostgreSQL allows 97
//- compose.yml
services:
  shop: { build: ., deploy: { replicas: 3 } }
`,
    // steady's rest-backend: two replicas of 50 beside a PostgreSQL as it comes.
    "replicas of a deployment": `${webAndJpa}
//- src/main/resources/application.yml
spring.application.name: shop
spring.datasource.url: jdbc:postgresql://db/shop
spring.datasource.hikari.maximum-pool-size: 50
                                          //^^ 50 connections in each of 2 replicas, where PostgreSQL allows 97
//- deploy/deployments/shop-deployment.yaml
apiVersion: apps/v1
kind: Deployment
metadata: { name: shop }
spec:
  replicas: 2
  template: { spec: { containers: [{ name: shop, image: "images.example.com/team/shop:1.2" }] } }
//- k8s/database.yaml
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db }
spec: { template: { spec: { containers: [{ name: db, image: "postgres:17" }] } } }
`,
    "the most that a scaler allows, of a pool that nobody sized": `${webAndJpa}
//- src/main/resources/application.yml
spring:
  datasource:
    url: jdbc:postgresql://db/shop
  //~~~ 10 connections, the default, in each of 20 replicas, where PostgreSQL allows 97
//- k8s/all.yaml
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec: { replicas: 2, template: { spec: { containers: [{ name: web, image: shop }] } } }
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: web }
spec: { scaleTargetRef: { kind: Deployment, name: web }, minReplicas: 2, maxReplicas: 20 }
`.replace("//~~~", "//^^^"),
  },
  ignores: {
    "deployments of other applications, that size their pools, that fit, or that no number is said for": `${webAndJpa}
//- src/main/resources/application.yml
spring.application.name: shop
spring.datasource.url: jdbc:postgresql://db/shop
spring.datasource.hikari.maximum-pool-size: 40
//- k8s/shop.yaml
apiVersion: apps/v1
kind: Deployment
metadata: { name: shop-api }
spec: { replicas: 2, template: { spec: { containers: [{ name: shop, image: shop }] } } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: front }
spec: { replicas: 9, template: { spec: { containers: [{ name: front, image: front }] } } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: shop-service }
spec:
  replicas: 9
  template: { spec: { containers: [{ name: shop, image: shop, env: [{ name: SPRING_DATASOURCE_HIKARI_MAXIMUM_POOL_SIZE, value: "5" }] }] } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: shop }
spec: { replicas: "{{ .Values.replicas }}" }
`,
    // An invitation app: the dashboard alone runs in Kubernetes, and the backend elsewhere.
    "the one deployment of another image that is built here": `${webAndJpa}
//- src/main/resources/application.yml
spring.application.name: shop-backend
spring.datasource.url: jdbc:postgresql://db/shop
spring.datasource.hikari.maximum-pool-size: 40
//- Dockerfile
FROM eclipse-temurin:21
//- dashboard/Dockerfile
FROM nginx:1.27
//- k8s/dashboard.yaml
apiVersion: apps/v1
kind: Deployment
metadata: { name: shop-dashboard }
spec: { replicas: 9, template: { spec: { containers: [{ name: dashboard, image: shop-dashboard }] } } }
`,
    "a server of a manifest that takes more": `${webAndJpa}
//- src/main/resources/application.yml
spring.application.name: shop
spring.datasource.url: jdbc:postgresql://db/shop
spring.datasource.hikari.maximum-pool-size: 50
//- k8s/shop.yaml
kind: Deployment
metadata: { name: shop }
spec: { replicas: 3, template: { spec: { containers: [{ name: shop, image: shop }] } } }
---
kind: StatefulSet
metadata: { name: db }
spec: { template: { spec: { containers: [{ name: db, image: "postgres:17", args: ["-c", "max_connections=300"] }] } } }
`,
    "replicas that fit, of another service, or with a size of their own": `${webAndJpa}
//- src/main/resources/application.yml
spring.datasource.url: jdbc:postgresql://db/shop
spring.datasource.hikari.maximum-pool-size: 40
//- compose.yml
services:
  shop: { build: ., scale: 2 }
  front: { build: front, scale: 9 }
  batch: { build: ., scale: 4, environment: { SPRING_DATASOURCE_HIKARI_MAXIMUMPOOLSIZE: 5 } }
  idle: { build: ., scale: "\${IDLE:-9}" }
`,
    "sizes that fit": `${webAndJpa}
//- src/main/resources/application.yml
spring.datasource:
  url: jdbc:postgresql://db/shop
  hikari.maximum-pool-size: 97
`,
    "a pooler in between, another database, development": `${webAndJpa}
//- src/main/resources/application.yml
spring.datasource:
  url: jdbc:postgresql://pgbouncer:6432/shop
  hikari.maximum-pool-size: 200
`,
    "another database": `${webAndJpa}
//- src/main/resources/application.yml
spring.datasource:
  url: jdbc:mysql://db/shop
  hikari.maximum-pool-size: 200
//- src/main/resources/application-dev.yml
spring.datasource.url: jdbc:h2:mem:shop
`,
  },
});
