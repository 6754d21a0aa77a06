import { connectionPoolsShared } from "../../../src/rules/config/connection-pools-shared.ts";
import { rule } from "../../harness/rule.ts";
import { pomIn } from "./builds.ts";

const STARTERS = ["spring-boot-starter-web", "spring-boot-starter-data-jpa"];
const NAMES = ["cart", "stock", "order", "price", "login", "media", "store", "staff", "label", "route"];
const builds = (names: readonly string[]): string => names.map((name) => pomIn(name, ...STARTERS)).join("");

/** Services of the images of a shop, or built here, with a database of their own on one server. */
const compose = (names: readonly string[], server: string, more = ""): string => `
${builds(names)}//- docker-compose.yml
services:
${names
  .map(
    (name) => `  ${name}:
    image: example/shop-${name}
    environment:
      SPRING_DATASOURCE_URL: jdbc:postgresql://db:5432/${name}
${more}`,
  )
  .join("")}${server}
`;

rule(connectionPoolsShared, {
  reports: {
    // yas told its server to allow 500 when there were ten services: commit a373e6b7.
    "ten applications with the default pool": compose(
      NAMES,
      `  db:
//^^ db allows 97 connections, and 10 services hold up to 100
    image: postgres:16`,
    ),
    "pools that the variables of two services size, and the server's own number": compose(
      NAMES.slice(0, 2),
      `  db:
//^^ db allows 47 connections, and 2 services hold up to 60
    image: postgres:16
    command: postgres -c max_connections=50`,
      `      SPRING_DATASOURCE_HIKARI_MAXIMUM_POOL_SIZE: \${POOL:-30}\n`,
    ),
    "images that are built here, several of each, and a size in the configuration": `
${pomIn("apps/cart", ...STARTERS)}${pomIn("apps/stock", ...STARTERS)}//- apps/cart/src/main/resources/application.properties
spring.datasource.hikari.maximum-pool-size=\${POOL_SIZE:40}
//- docker-compose.yml
services:
  carts:
    build: apps/cart
    deploy:
      replicas: 2
    environment:
      - SPRING_DATASOURCE_URL=jdbc:postgresql://db/cart
      //~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ a pool of 80
  stocks:
    build: apps/stock
    deploy:
      replicas: 2
    environment:
      - SPRING_DATASOURCE_URL=jdbc:postgresql://db/stock
      //~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ a pool of 20
  db:
//^^ db allows 97 connections, and 2 services hold up to 100
    image: images.example.com/postgis/postgis:16-3.4
`,
  },
  ignores: {
    "nine applications": compose(NAMES.slice(1), "  db:\n    image: postgres:16"),
    "a server that allows more": compose(NAMES, "  db:\n    image: postgres:16\n    command: postgres -c 'max_connections=500'"),
    "a server whose configuration is another file": compose(
      NAMES,
      "  db:\n    image: postgres:16\n    volumes:\n      - ./postgresql.conf:/etc/postgresql/postgresql.conf",
    ),
    "a server whose image is made here": compose(NAMES, "  db:\n    image: example/postgres\n    build: database"),
    "a pooler in between": compose(NAMES, "  db:\n    image: edoburu/pgbouncer"),
    "smaller pools": compose(NAMES, "  db:\n    image: postgres:16", "      HIKARI_MAX_POOL_SIZE: 5\n"),
    "sizes that nobody knows": compose(NAMES, "  db:\n    image: postgres:16", `      HIKARI_MAX_POOL_SIZE: \${POOL}\n`),
    "servers of their own": `
${builds(NAMES)}//- docker-compose.yml
services:
${NAMES.map((name) => `  ${name}:\n    image: ${name}\n    environment:\n      SPRING_DATASOURCE_URL: jdbc:postgresql://${name}-db/${name}\n  ${name}-db:\n    image: postgres:16\n`).join("")}`,
    "applications that a configuration server sizes": `${compose(NAMES, "  db:\n    image: postgres:16")}
${NAMES.map((name) => `//- ${name}/src/main/resources/application.properties\nspring.config.import=configserver:http://config\n`).join("")}`,
    "programs that are not of this workspace": compose(NAMES, "  db:\n    image: postgres:16").replaceAll(
      "spring-boot-starter-data-jpa",
      "other",
    ),
    "a file for trying out": compose(NAMES, "  db:\n    image: postgres:16").replace("docker-compose.yml", "docker-compose.local.yml"),
  },
});
