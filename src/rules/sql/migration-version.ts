import { defineRule } from "../rule.ts";

export const migrationVersion = defineRule({
  id: "sql/migration-version",
  title: "Migrations whose versions collide or leave a gap",
  language: "sql",
  certainty: "proven",
  cost: "Flyway refuses to migrate, and the application does not start",
  references: ["https://documentation.red-gate.com/fd/versioned-migrations-273973333.html"],
  messages: {
    duplicate: "Version {{version}} belongs to {{other}} too",
    gap: "Version {{version}} is missing between {{other}} and this migration",
  },

  check({ file, model, report }) {
    const problems = model.schema.problemsOf(file.file);
    const [first] = file.sql.statements;
    for (const { kind, other, version } of problems) {
      report({
        at: first?.span ?? { start: 0, end: file.lineStarts[1] ?? file.length },
        message: kind,
        data: { version, other: other.slice(other.lastIndexOf("/") + 1) },
        ...(kind === "gap" ? { certainty: "possible", cost: "a migration that got lost, or one that runs out of order later" } : {}),
      });
    }
  },
});
