import type { JavaFile } from "../../facts/fileFacts.ts";
import type { MethodNode } from "../../model/calls/callGraph.ts";
import { isSettledAround, isWholeHere } from "../../model/configuration/wholeApplication.ts";
import type { Model } from "../../model/model.ts";
import { annotationNamed } from "../../model/types/constants.ts";
import type { Place } from "../../text/positions.ts";
import { defineRule } from "../rule.ts";
import { SLOW } from "./shared/transactions/slowInTransaction.ts";

export const asyncNotEnabled = defineRule({
  id: "java/async-not-enabled",
  title: "@Async without @EnableAsync: the caller waits",
  language: "java",
  certainty: "likely",
  severity: "warning",
  cost: "the caller's thread for as long as the work takes, as if the annotation were not there",
  references: [
    "https://docs.spring.io/spring-framework/reference/integration/scheduling.html#scheduling-enable-annotation-support",
    "https://docs.spring.io/spring-boot/reference/features/task-execution-and-scheduling.html",
  ],
  messages: {
    one: "{{method}} runs in its caller's thread: nothing here has @EnableAsync",
    several: "{{method}} and {{more}} more run in their callers' threads: nothing here has @EnableAsync",
  },

  check({ file, model, report }) {
    const marked = file.java.types.some(({ methods }) =>
      methods.some(({ annotations }) => annotationNamed(annotations, "Async") !== undefined),
    );
    if (!marked || !isSprings(file) || !isNeverEnabled(model, file.file)) return;
    const [first, ...others] = slowAround(model, file.file);
    if (first === undefined || first.at.file !== file.file) return;
    report({
      at: first.at,
      message: others.length === 0 ? "one" : "several",
      data: { method: first.label, more: others.length },
      cost: `the caller's thread for as long as ${first.work} takes`,
      related: others.map(({ at, label }) => ({ at, message: `so does ${label}` })),
    });
  },
});

/** A method that is marked, with what is slow in it. */
interface SlowMethod {
  readonly at: Place;
  readonly label: string;
  readonly work: string;
}

/** What the way to the work may lead through: behind more, nobody knows. */
const MOST_CANDIDATES = 3;

/** One finding a module: one annotation mends them all. */
function slowAround(model: Model, file: string): readonly SlowMethod[] {
  const module = model.configuration.moduleOf(file);
  return model.asynchronousFiles
    .all()
    .filter((other) => model.configuration.moduleOf(other) === module)
    .flatMap((other) => model.calls.methodsIn(other))
    .flatMap((method) => slowMethod(model, method) ?? []);
}

function slowMethod(model: Model, { key, declared: { owner, method } }: MethodNode): SlowMethod | undefined {
  const marked = annotationNamed(method.annotations, "Async");
  if (marked === undefined || method.body < 0 || !isSprings(owner.file)) return undefined;
  const [effect] = SLOW.flatMap((kind) => model.effects.of(key, kind) ?? []);
  if (effect === undefined || effect.candidates > MOST_CANDIDATES) return undefined;
  return { at: { file: owner.file.file, ...marked.span }, label: `${owner.type.name}.${method.name}`, work: effect.label };
}

/** Quarkus and others have an annotation of the same name. */
const isSprings = ({ java }: JavaFile): boolean =>
  !java.imports.some(({ name }) => name.endsWith(".Async") && !name.startsWith("org.springframework.scheduling."));

/** Whether the whole application is here, and none of it has methods run apart. */
const isNeverEnabled = ({ configuration }: Model, file: string): boolean =>
  isWholeHere(configuration, file, mayHide) && !isSettledAround(configuration, "async-switch", file);

/** Libraries whose own configuration switches it on: Spring Modulith, and what has to do with it by name. */
const mayHide = (name: string): boolean => /async|modulith/i.test(name);
