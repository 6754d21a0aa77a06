import { migrationScript } from "../../../../facts/java/migrationSql.ts";
import { defineRule, type RuleContext, type RuleDefinition } from "../../../rule.ts";

type MigrationRule<M extends string> = Omit<RuleDefinition<"sql", M>, "language">;

/** A rule on what migrations do: of scripts, and of the texts in those that are written in Java. */
export function defineMigrationRule<const M extends string>(rule: MigrationRule<M>): RuleDefinition<"sql" | "java", M> {
  return defineRule({
    language: ["sql", "java"],
    ...rule,
    check(context: RuleContext<"sql" | "java", M>) {
      const file = context.file.language === "sql" ? context.file : migrationScript(context.file);
      if (file !== undefined) rule.check({ ...context, file });
    },
  });
}
