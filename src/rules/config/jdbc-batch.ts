import { identityKey } from "../java/shared/generatedKeys.ts";
import { defineRule } from "../rule.ts";
import { decidesForApplication, forProduction, isSetOutside, placeFor, setKey } from "./application.ts";

const KEY = "spring.jpa.properties.hibernate.jdbc.batch_size";

export const jdbcBatch = defineRule({
  id: "config/jdbc-batch",
  title: "Bulk writes without JDBC batches",
  language: "config",
  certainty: "likely",
  cost: "N statements sent one by one, where batches of 50 need N / 50 round trips",
  references: [
    "https://docs.jboss.org/hibernate/orm/6.6/userguide/html_single/Hibernate_User_Guide.html#batch-jdbcbatch",
    "https://docs.spring.io/spring-boot/how-to/data-access.html#howto.data-access.configure-hibernate-properties",
  ],
  messages: { unset: "hibernate.jdbc.batch_size is not set: {{repository}}.saveAll sends row by row" },
  toldOnce: ["unset"],

  check({ file, model, report }) {
    const { configuration, persistence } = model;
    if (!decidesForApplication(file, configuration)) return;
    const build = configuration.buildOf(file.file);
    if (!build.has("spring-boot-starter-data-jpa", "hibernate-core")) return;
    const set = configuration.everyValueBelow("spring.jpa", file.file).filter(({ key }) => /jdbc[._-]?batch[_-]?size$/i.test(key));
    if (forProduction(set, configuration).length > 0 || isSetOutside(configuration, file.file, KEY)) return;
    const modules = new Set([build.module, ...build.dependsOn]);
    const saved = [...persistence.bulkWrites()]
      .filter(([writer]) => modules.has(configuration.moduleOf(writer)))
      .flatMap(([, writes]) => writes);
    const write = saved.find((one) => {
      const entity = persistence.savedBy(one);
      // Keys that the column makes keep inserts from being batched at all: another rule says so.
      return entity !== undefined && persistence.entity(entity)?.kind === "entity" && identityKey(model, entity) === undefined;
    });
    const at = placeFor(KEY, file.config);
    if (write === undefined || at === undefined) return;
    report({ at, message: "unset", data: { repository: write.repository }, fixes: [setKey(file.file, KEY, "50")] });
  },
});
