import type { Model } from "../../model/model.ts";
import { flywayName } from "../../model/schema/sets/versions.ts";
import { defineRule } from "../rule.ts";

export const migrationVersion = defineRule({
  id: "sql/migration-version",
  title: "Migrations whose versions collide, leave a gap, or change afterwards",
  language: "sql",
  certainty: "proven",
  cost: "Flyway refuses to migrate, and the application does not start",
  references: ["https://documentation.red-gate.com/fd/versioned-migrations-273973333.html"],
  messages: {
    duplicate: "Version {{version}} belongs to {{other}} too",
    edited: "Version {{version}} has other text here than where it has run: its checksum differs",
    gap: "Version {{version}} is missing between {{other}} and this migration",
  },

  check({ file, model, report }) {
    const [edited] = model.pending.editedLines(file.file) ?? [];
    const version = edited === undefined ? undefined : flywayName(file.file.slice(file.file.lastIndexOf("/") + 1))?.versionText;
    if (edited !== undefined && version !== undefined) {
      const start = file.lineStarts[edited.first - 1] ?? 0;
      const statement = file.sql.statements.find(({ span }) => span.end > start);
      const at = statement?.span ?? { start: 0, end: file.lineStarts[1] ?? file.length };
      report({ at, message: "edited", data: { version }, certainty: "likely", severity: "warning" });
    }
    const problems = model.schema.problemsOf(file.file);
    const [first] = file.sql.statements;
    const unrun = problems.length > 0 && !isFlywayBuilt(model);
    for (const { kind, other, version } of problems) {
      report({
        at: first?.span ?? { start: 0, end: file.lineStarts[1] ?? file.length },
        message: kind,
        data: { version, other: other.slice(other.lastIndexOf("/") + 1) },
        ...(kind === "gap" ? { certainty: "possible", cost: "a migration that got lost, or one that runs out of order later" } : {}),
        ...(kind === "duplicate" && unrun ? { certainty: "possible", cost: "Flyway would refuse to migrate; no build here has it" } : {}),
      });
    }
  },
});

/** Also where no build of Spring Boot is known: Flyway runs from its command line, too. */
function isFlywayBuilt({ configuration }: Model): boolean {
  const builds = configuration.modules().map((module) => configuration.buildOf(module === "" ? "_" : `${module}/_`));
  return (
    builds.every(({ boot }) => boot === undefined) ||
    builds.some(({ artifacts, plugins }) => [...Object.keys(artifacts), ...plugins].some((name) => /flyway/i.test(name)))
  );
}
