import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { controllerText } from "./corpusControllers.ts";
import { dtoText, entityText, mapperText, migrationText, repositoryText, utilText } from "./corpusData.ts";
import { serviceText } from "./corpusServices.ts";
import { Random } from "./random.ts";

/** One aggregate of the made-up system: everything about it is named after it. */
export interface Aggregate {
  readonly module: string;
  readonly name: string;
  readonly table: string;
  readonly fields: readonly Field[];
  /** Another aggregate that this one belongs to. */
  readonly parent: Pick<Aggregate, "module" | "name" | "table"> | undefined;
}

export interface Field {
  readonly name: string;
  readonly type: "String" | "Integer" | "Long" | "Boolean" | "BigDecimal" | "Instant";
}

/**
 * 20 Java files a module, of 5 KB on average: what layered Spring applications are made of. Held against thingsboard, mojito and
 * alf.io: 113 to 128 nodes of the syntax tree a KB, 29 to 34 of them lowered code, 5 to 8 methods a file, 11 to 17 % comments,
 * a finding in every third to seventh file.
 */
const AGGREGATES_A_MODULE = 3;
const OWNERS = ["Customer", "Tenant", "Billing", "Warehouse", "Partner", "Account", "Platform"];
const NOUNS = [
  "Order",
  "Invoice",
  "Customer",
  "Shipment",
  "Ticket",
  "Device",
  "Payment",
  "Product",
  "Contract",
  "Event",
  "Report",
  "Asset",
];
const FIELD_NAMES = [
  "status",
  "code",
  "title",
  "amount",
  "createdAt",
  "updatedAt",
  "active",
  "quantity",
  "reference",
  "priority",
  "region",
];
const FIELD_TYPES: readonly Field["type"][] = ["String", "Integer", "Long", "Boolean", "BigDecimal", "Instant"];

/** The file that keystrokes are measured in: more than 1,000 lines. */
export const LARGE_FILE = "src/main/java/com/example/m000/LargeService.java";

/** The same texts for the same count of Java files. By path relative to the root. */
export function* corpus(javaFiles: number): Generator<readonly [string, string]> {
  const random = new Random(20_260_101);
  yield ["pom.xml", POM];
  yield ["src/main/resources/application.yml", APPLICATION];
  yield ["src/main/java/com/example/Caching.java", CACHING];
  let written = 2;
  let before: Aggregate | undefined;
  for (let m = 0; written < javaFiles; m++) {
    const module = `m${String(m).padStart(3, "0")}`;
    const base = `src/main/java/com/example/${module}`;
    const aggregates: Aggregate[] = [];
    for (let a = 0; a < AGGREGATES_A_MODULE; a++) {
      const aggregate: Aggregate = aggregateOf(module, m * AGGREGATES_A_MODULE + a, before, random);
      aggregates.push(aggregate);
      before = aggregate;
    }
    if (m === 0) yield [LARGE_FILE, serviceText(aggregates[0] as Aggregate, random, { name: "LargeService", methods: 76 })];
    const files: (readonly [string, string])[] = aggregates.flatMap((aggregate) => [
      [`${base}/${aggregate.name}.java`, entityText(aggregate, random)] as const,
      [`${base}/${aggregate.name}Repository.java`, repositoryText(aggregate, random)] as const,
      [`${base}/${aggregate.name}Service.java`, serviceText(aggregate, random, { name: `${aggregate.name}Service`, methods: 14 })] as const,
      [`${base}/${aggregate.name}Controller.java`, controllerText(aggregate, random)] as const,
      [`${base}/${aggregate.name}Dto.java`, dtoText(aggregate, "Dto", random)] as const,
      [`${base}/${aggregate.name}Mapper.java`, mapperText(aggregate, random)] as const,
    ]);
    files.push([`${base}/Support.java`, utilText(module, "Support", random)], [`${base}/Texts.java`, utilText(module, "Texts", random)]);
    for (const file of files.slice(0, javaFiles - written)) {
      yield file;
      written++;
    }
    yield [`src/main/resources/db/migration/V${m + 1}__${module}.sql`, aggregates.map((one) => migrationText(one, random)).join("\n")];
  }
}

/** Writes the corpus below `folder`, which is emptied by the caller. */
export function writeCorpus(folder: string, javaFiles: number): { readonly files: number; readonly bytes: number } {
  let files = 0;
  let bytes = 0;
  const made = new Set<string>();
  for (const [file, text] of corpus(javaFiles)) {
    const path = join(folder, file);
    if (!made.has(dirname(path))) mkdirSync(dirname(path), { recursive: true });
    made.add(dirname(path));
    writeFileSync(path, text);
    files++;
    bytes += Buffer.byteLength(text);
  }
  return { files, bytes };
}

function aggregateOf(module: string, index: number, before: Aggregate | undefined, random: Random): Aggregate {
  const noun = NOUNS[index % NOUNS.length] as string;
  const name = `${OWNERS[index % OWNERS.length]}${noun}${index}`;
  const names = FIELD_NAMES.filter(() => random.chance(75));
  const fields = names.map((field) => ({ name: field, type: random.oneOf(FIELD_TYPES) }));
  return {
    module,
    name,
    table: `${noun.toLowerCase()}_${index}`,
    fields: fields.length === 0 ? [{ name: "status", type: "String" }] : fields,
    parent: before !== undefined && random.chance(80) ? { module: before.module, name: before.name, table: before.table } : undefined,
  };
}

const CACHING = `package com.example;

import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.annotation.Configuration;

@Configuration
@EnableCaching
public class Caching {
}
`;

const POM = `<?xml version="1.0" encoding="UTF-8"?>
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <parent>
    <groupId>org.springframework.boot</groupId>
    <artifactId>spring-boot-starter-parent</artifactId>
    <version>3.4.1</version>
  </parent>
  <groupId>com.example</groupId>
  <artifactId>corpus</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>org.springframework.boot</groupId>
      <artifactId>spring-boot-starter-web</artifactId>
    </dependency>
    <dependency>
      <groupId>org.springframework.boot</groupId>
      <artifactId>spring-boot-starter-data-jpa</artifactId>
    </dependency>
    <dependency>
      <groupId>org.springframework.boot</groupId>
      <artifactId>spring-boot-starter-cache</artifactId>
    </dependency>
  </dependencies>
</project>
`;

const APPLICATION = `spring:
  datasource:
    url: jdbc:postgresql://localhost/corpus
  jpa:
    hibernate:
      ddl-auto: validate
`;
