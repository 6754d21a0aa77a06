import { identityKey } from "../java/shared/mapping/generatedKeys.ts";
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
  messages: {
    unset: "hibernate.jdbc.batch_size is not set: {{repository}}.saveAll sends row by row",
    each: "hibernate.jdbc.batch_size is not set: {{repository}}.{{call}} in a loop sends row by row",
  },
  toldOnce: ["unset", "each"],

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
    const batched = saved.filter((one) => {
      const entity = persistence.savedBy(one);
      if (entity === undefined || persistence.entity(entity)?.kind !== "entity") return false;
      // Keys that the column makes keep inserts from being batched at all: another rule says so.
      return one.how === "delete" || identityKey(model, entity) === undefined;
    });
    const all = batched.find(({ how }) => how === "saveAll");
    const write = all ?? batched[0];
    const at = placeFor(KEY, file.config);
    if (write === undefined || at === undefined) return;
    report({
      at,
      message: all === undefined ? "each" : "unset",
      data: { repository: write.repository, call: write.how },
      // A loop may be one over few.
      ...(all === undefined ? { certainty: "possible" } : {}),
      fixes: [setKey(file.file, KEY, "50")],
    });
  },
});
