import { ancestorsOf, type CodeNode, childOf, childrenOf, nodesOf } from "../../facts/java/code.ts";
import { iterationsAround } from "../../model/calls/iteration/iteration.ts";
import { defineRule } from "../rule.ts";
import { bodiesWith } from "./shared/running/hotPath.ts";

export const exceptionControlFlow = defineRule({
  id: "java/exception-control-flow",
  title: "An exception is the branch that a loop takes",
  language: "java",
  certainty: "possible",
  cost: "fills in a stack trace for each element that does not parse: microseconds instead of nanoseconds",
  references: ["https://shipilev.net/blog/2014/exceptional-performance/"],
  messages: { branch: "{{call}} throws for each element of {{over}} that it does not take" },

  check({ file, model, report }) {
    for (const body of bodiesWith(model, file, PARSERS, ["try"])) {
      for (const attempt of body.nodes) {
        if (attempt.kind !== "try") continue;
        const call = parserIn(attempt);
        if (call === undefined || isChecked(call)) continue;
        const { iterations, excuses } = iterationsAround(attempt, body.typer);
        const [innermost] = iterations;
        if (innermost === undefined || excuses.length > 0) continue;
        report({
          at: call,
          message: "branch",
          data: { call: call.text, over: innermost.over },
          related: [{ at: { file: file.file, ...innermost.at }, message: `once per element of ${innermost.over}` }],
        });
      }
    }
  },
});

const PARSERS = ["parseInt", "parseLong", "parseDouble", "parseFloat", "fromString", "parse", "valueOf"];
const THROWN = /^(?:.*\.)?(NumberFormatException|IllegalArgumentException|DateTimeParseException|ParseException)$/;
const OWNERS =
  /^(Integer|Long|Double|Float|Short|Byte|UUID|LocalDate|LocalDateTime|LocalTime|Instant|OffsetDateTime|ZonedDateTime|BigDecimal)$/;

/** A `try` around one parser whose `catch` goes on with something else: a default, the next format, the next element. */
function parserIn(attempt: CodeNode): CodeNode | undefined {
  const body = childOf(attempt, "body");
  const [caught, ...more] = childrenOf(attempt, "catch");
  if (body === undefined || caught === undefined || more.length > 0 || !THROWN.test(caught.type)) return undefined;
  const calls = nodesOf(body).filter(
    (node) => node.kind === "call" && PARSERS.includes(node.text) && OWNERS.test(childOf(node, "receiver")?.text ?? ""),
  );
  return calls.length === 1 && !reportsIt(caught) ? calls[0] : undefined;
}

/** `if (NumberUtils.isParsable(text))` around it lets hardly anything through that the parser does not take. */
function isChecked(call: CodeNode): boolean {
  let inner = call;
  for (const around of ancestorsOf(call)) {
    const condition = around.kind === "if" && inner.role === "then" ? childOf(around, "condition") : undefined;
    if (condition !== undefined && nodesOf(condition).some(({ kind, text }) => kind === "call" && CHECKS.test(text))) return true;
    inner = around;
  }
  return false;
}

const CHECKS = /^(?:isParsable|isCreatable|isDigits|isNumeric|isNumber|isUuid|matches)$/i;

/** What is thrown on, returned or told at warning level is a rare error, not a branch. */
function reportsIt(caught: CodeNode): boolean {
  return nodesOf(caught).some(
    ({ kind, text }) =>
      kind === "throw" ||
      kind === "return" ||
      kind === "break" ||
      (kind === "call" && /^(warn|error|add|addError|rejectValue|fail)/.test(text)),
  );
}
