import { defineRule } from "../rule.ts";
import { identityKey } from "./shared/mapping/generatedKeys.ts";

export const identityBlocksBatching = defineRule({
  id: "java/identity-blocks-batching",
  title: "Keys made by the column keep Hibernate from batching inserts",
  language: "java",
  certainty: "likely",
  cost: "N inserts sent one by one, whatever hibernate.jdbc.batch_size says",
  references: [
    "https://docs.jboss.org/hibernate/orm/6.6/userguide/html_single/Hibernate_User_Guide.html#batch-session-batch-insert",
    "https://docs.jboss.org/hibernate/orm/6.6/userguide/html_single/Hibernate_User_Guide.html#identifiers-generators-identity",
  ],
  messages: { identity: "{{entity}} has IDENTITY keys, so {{repository}}.saveAll inserts row by row" },

  check({ file, model, report }) {
    // MySQL has no sequences; there is nothing to choose there.
    if (file.java.types.length === 0 || !file.java.imports.some(({ name }) => /persistence/.test(name))) return;
    const bulk = model.persistence.bulkWrites();
    if (bulk.size === 0 || !usesPostgresOnly(model.configuration.buildOf(file.file))) return;
    const saved = [...bulk.values()].flat().filter(({ how }) => how === "saveAll");
    for (const type of file.java.types) {
      if (model.persistence.entity(type.qualified)?.kind !== "entity") continue;
      const key = identityKey(model, type.qualified);
      const writes = saved.filter((write) => model.persistence.savedBy(write) === type.qualified);
      const [write] = writes;
      if (key === undefined || write === undefined) continue;
      report({
        at: key.file === file.file ? key.annotation.span : type.nameSpan,
        message: "identity",
        data: { entity: type.name, repository: write.repository },
        // Rows that were loaded before are updated, and updates are batched: gakkaweo saves its sessions and tokens so.
        ...(writes.some(({ makes }) => makes.includes(type.name)) ? {} : { certainty: "possible" }),
        related: key.file === file.file ? [] : [{ at: { file: key.file, ...key.annotation.span }, message: "the key is made here" }],
      });
    }
  },
});

function usesPostgresOnly(build: { has(...artifacts: readonly string[]): boolean }): boolean {
  return build.has("postgresql") && !build.has("mysql-connector-j", "mysql-connector-java", "mariadb-java-client");
}
