import { type CodeNode, childOf, childrenOf } from "../../../../facts/java/code.ts";
import { BodyCode } from "../../../../model/calls/bodyCode.ts";
import type { MethodNode } from "../../../../model/calls/callGraph.ts";
import { versionAtLeast } from "../../../../model/configuration/versions.ts";
import type { Model } from "../../../../model/model.ts";
import { simpleName } from "../../../../model/types/type.ts";
import { indentAt, indentStep, insertAt, lineBreakOf, replace } from "../../../../text/edits.ts";
import type { Fix } from "../../../finding.ts";
import { importEdits } from "../imports.ts";
import { freeVariable } from "../tryWithResource.ts";

/**
 * `Set<String> keys = redis.keys(pattern);` → a set that a cursor fills, which reads a thousand keys at a time. Of StringRedisTemplate
 * alone: other templates may write their keys in another way than a pattern of SCAN is sent. `scan` is there since Spring Boot 2.7.
 */
export function scanKeys(model: Model, method: MethodNode, call: CodeNode): readonly Fix[] {
  const { file } = method.declared.owner;
  const { boot } = model.configuration.buildOf(file.file);
  const [receiver, pattern, local] = [childOf(call, "receiver"), childOf(call, "argument"), call.parent];
  if (boot === undefined || !versionAtLeast(boot, "2.7") || receiver?.kind !== "name" || pattern === undefined) return [];
  if (local?.kind !== "local" || local.parent?.kind !== "block" || !/^(?:java\.util\.)?Set<String>$/.test(local.type)) return [];
  const code = new BodyCode(model.calls, method);
  const type = code.typer.typeOf(receiver);
  const cursor = freeVariable(code, "cursor", "scanned", "found");
  if (type === undefined || simpleName(type) !== "StringRedisTemplate" || cursor === undefined) return [];
  if (childrenOf(call, "argument").length > 1) return [];
  return [
    {
      title: "Read the keys with SCAN",
      safe: false,
      edits(sources) {
        const text = sources.text(file.file);
        if (text === undefined || !text.startsWith(call.text, call.nameStart) || text.charAt(call.end) !== ";") return undefined;
        const indent = indentAt(text, local.start);
        const [lineBreak, unit] = [lineBreakOf(text), indentStep(text)];
        const options = `ScanOptions.scanOptions().match(${text.slice(pattern.start, pattern.end)}).count(1000).build()`;
        const lines = [
          `try (Cursor<String> ${cursor} = ${receiver.text}.scan(${options})) {`,
          `${unit}${cursor}.forEachRemaining(${local.text}::add);`,
          "}",
        ];
        const added = lines.map((line) => `${lineBreak}${indent}${line}`).join("");
        return [
          {
            kind: "change",
            file: file.file,
            edits: [...importEdits(file, text, IMPORTS), replace(call, "new HashSet<>()"), insertAt(call.end + 1, added)],
          },
        ];
      },
    },
  ];
}

const IMPORTS = ["java.util.HashSet", "org.springframework.data.redis.core.Cursor", "org.springframework.data.redis.core.ScanOptions"];
