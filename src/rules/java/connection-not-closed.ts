import { ancestorsOf, type CodeNode, childOf, childrenOf, mentions, stringsNamed } from "../../facts/java/code.ts";
import { BodyCode } from "../../model/calls/bodyCode.ts";
import { runsAtStartUp } from "../../model/web/startUp.ts";
import { defineRule } from "../rule.ts";
import { closeConnection } from "./edits/closeConnection.ts";
import { connectionFate } from "./shared/transactions/connectionFate.ts";

export const connectionNotClosed = defineRule({
  id: "java/connection-not-closed",
  title: "A connection is taken from the pool and not given back",
  language: "java",
  certainty: "proven",
  cost: "one connection of the pool for each call; when none is left, every query waits for 30 s and fails",
  references: [
    "https://github.com/brettwooldridge/HikariCP#gear-configuration-knobs-baby",
    "https://docs.oracle.com/javase/tutorial/essential/exceptions/tryResourceClose.html",
  ],
  messages: {
    kept: "{{source}}.getConnection() is never closed",
    skipped: "{{source}}.getConnection() stays open when {{call}} fails",
  },

  check({ file, model, report }) {
    const { code: packed } = file.java;
    const named = stringsNamed(packed, ["getConnection"]);
    // `@Cleanup` closes what nobody else does.
    if (named === undefined || file.java.imports.some(({ name }) => name === "lombok.Cleanup")) return;
    for (const method of model.calls.methodsIn(file.file)) {
      if (!mentions(packed, method.declared.method.body, named) || runsAtStartUp(method)) continue;
      const code = new BodyCode(model.calls, method);
      for (const node of code.nodes) {
        const source = poolOf(code, node);
        if (source === undefined) continue;
        const { kind, used, lent } = connectionFate(model, method, code, node);
        if (kind !== "kept" && kind !== "skipped") continue;
        const isRare = kind === "skipped" || [...ancestorsOf(node)].some((around) => around.kind === "throw" || around.kind === "catch");
        report({
          at: { start: node.nameStart, end: node.end },
          message: kind,
          data: { source, call: used?.text ?? "" },
          ...(isRare
            ? { certainty: "likely", severity: "information", cost: "one connection of the pool for each time that it fails" }
            : {}),
          related: lent,
          fixes: kind === "kept" ? closeConnection(method, code, node) : [],
        });
      }
    }
  },
});

const POOLS: ReadonlySet<string> = new Set([
  "DataSource",
  "HikariDataSource",
  "DruidDataSource",
  "BasicDataSource",
  "ComboPooledDataSource",
  "AbstractRoutingDataSource",
]);

/** The data source that `source.getConnection()` takes a connection from, as written. */
function poolOf({ typer }: BodyCode, node: CodeNode): string | undefined {
  if (node.kind !== "call" || node.text !== "getConnection" || childrenOf(node, "argument").length === 1) return undefined;
  const on = childOf(node, "receiver");
  if (on === undefined || on.kind === "super" || on.kind === "this") return undefined;
  return typer.isA(typer.typeOf(on), POOLS) ? (on.kind === "call" ? `${on.text}()` : on.text) : undefined;
}
