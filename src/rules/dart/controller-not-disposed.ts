import { rootAbove, rootOf } from "../../facts/dart/chains.ts";
import type { DartNode } from "../../facts/dart/code.ts";
import type { DartMethod } from "../../facts/dart/dartFacts.ts";
import { bodiesOf, type ClassBodies } from "../../model/client/bodies.ts";
import type { ClassEntry } from "../../model/client/clientModel.ts";
import type { ClientKind, Disposal } from "../../model/client/flutterNames.ts";
import { isOwnSubscription, isSingleton, isUnused, mayOwn, type OwnedField, ownedField, weightOf } from "../../model/client/ownership.ts";
import { isReleased, membersReleasedIn } from "../../model/client/released.ts";
import { unkeptIn } from "../../model/client/unkept.ts";
import type { Certainty, Fix } from "../finding.ts";
import { defineRule, type Report } from "../rule.ts";
import { CLOSE, DISPOSE, intoLifecycle, isCurrent, type Lifecycle, ON_CLOSE } from "./edits/members.ts";

/** The classes whose fields live as long as they do, and the method in which they let go. */
const OWNERS: Readonly<Partial<Record<ClientKind, Lifecycle | "ref.onDispose">>> = {
  state: DISPOSE,
  notifier: DISPOSE,
  stateNotifier: DISPOSE,
  bloc: CLOSE,
  getx: ON_CLOSE,
  riverpod: "ref.onDispose",
};

export const controllerNotDisposed = defineRule({
  id: "dart/controller-not-disposed",
  title: "Controller, subscription or timer that its owner never lets go",
  language: "dart",
  certainty: "proven",
  cost: "its object, its listeners and all that they hold stay in memory each time that the owner goes away",
  references: [
    "https://api.flutter.dev/flutter/widgets/State/dispose.html",
    "https://api.flutter.dev/flutter/foundation/ChangeNotifier/dispose.html",
    "https://dart.dev/tools/linter-rules/cancel_subscriptions",
  ],
  messages: {
    disposed: "{{field}}: this {{type}} is never disposed",
    closed: "{{field}}: this {{type}} is never closed",
    cancelled: "{{field}}: this {{type}} is never cancelled",
    unkept: "{{made}}: this {{type}} is kept nowhere and never cancelled",
  },

  check({ file, model, report }) {
    if (file.dart.generated || file.dart.tooling) return;
    const mayStart = file.dart.code.strings.some((text) => text === "listen" || text === "periodic");
    let members: ReadonlySet<string> | undefined;
    const elsewhere = () => (members ??= membersReleasedIn(file));
    for (const type of file.dart.classes) {
      const entry = { file, type };
      if (mayStart && model.client.kindOf(entry) === "state") {
        for (const { made, type: kept, start, end } of unkeptIn(entry, model.client))
          report({ at: { start, end }, message: "unkept", data: { made, type: kept }, certainty: "likely" });
      }
      if (!type.fields.some((field) => mayOwn(field, entry, model.client))) continue;
      const kind = model.client.kindOf(entry);
      const owner = kind === undefined ? undefined : OWNERS[kind];
      if (owner === undefined || (kind === "state" ? model.client.isRoot(entry) : isSingleton(entry))) continue;
      const bodies = bodiesOf(entry);
      for (const field of type.fields) {
        const owned = ownedField(field, bodies, model.client);
        if (owned === undefined || isReleased(field.name, bodies, model.client, elsewhere)) continue;
        if (isOwnSubscription(owned, bodies, model.client)) continue;
        const weight = weightOf(owned, bodies, model.client);
        // What nobody has heard of keeps nobody in memory.
        const isOwnType = model.client.classOf(owned.type, file) !== undefined;
        if (weight === "hygiene" && !isOwnType && isUnused(field, bodies)) continue;
        // A notifier made of notifiers goes as a whole: flutter/samples compass_app, `late final Command0 load`.
        if (kind === "notifier" && weight === "hygiene" && isOwnType) continue;
        report({
          at: field.nameSpan,
          message: owned.disposal.method === "cancel" ? "cancelled" : owned.disposal.method.endsWith("close") ? "closed" : "disposed",
          data: { field: field.name, type: owned.type },
          ...(isCertain(owned, weight) ? {} : { certainty: certaintyOf(owned, weight, kind), ...costOf(owned, weight) }),
          related:
            owned.assignedIn === undefined
              ? []
              : [{ at: { file: file.file, ...spanOf(owned) }, message: `created in ${owned.assignedIn.name}()` }],
          fixes: owner === "ref.onDispose" || !canTell(owned, entry) ? [] : [release(owned, entry, bodies, owner)],
        });
      }
    }
  },
});

const spanOf = ({ creation }: OwnedField) => ({ start: creation.start, end: creation.end });

/** Who listens to a stream of the class itself is known, and goes with it; of a notifier's objects nobody knows who listens. */
const certaintyOf = ({ type }: OwnedField, weight: Disposal["weight"], kind: ClientKind | undefined): Certainty =>
  weight === "hygiene" && (kind !== "state" || type === "StreamController") ? "possible" : "likely";

/** What is collected with its owner is kept only by those who still hold it. */
function costOf({ type }: OwnedField, weight: Disposal["weight"]): Pick<Report, "cost"> {
  if (weight === "leak") return {};
  if (type === "AnimationController") return { cost: "the animation goes on to its end, and a debug build fails where it still runs" };
  return { cost: "whoever else still holds it keeps its listeners, and all that they hold, in memory" };
}

/** An animation that ends, and what only its own widget listens to, is collected with that; so is a timer that fires once. */
function isCertain({ type, creation, borrowedAs }: OwnedField, weight: Disposal["weight"]): boolean {
  if (weight === "hygiene" || borrowedAs !== undefined) return false;
  return type !== "Timer" || creation.children.some((part) => part.text === "periodic");
}

/** Lets go in the method in which the framework says goodbye, before super does. */
function release(owned: OwnedField, entry: ClassEntry, bodies: ClassBodies, owner: Lifecycle): Fix {
  const { field, disposal, borrowedAs } = owned;
  const statement = `${field.name}${isNullable(owned, bodies) ? "?" : ""}.${disposal.method}()`;
  return {
    title: `Call ${statement} in ${owner.name}()`,
    safe: borrowedAs === undefined && isInitialized(owned, bodies) && !goesOnHearing(bodies),
    edits(sources) {
      const { file } = entry.file;
      const text = sources.text(file);
      if (text === undefined || !isCurrent(text, entry)) return undefined;
      const condition = borrowedAs === undefined ? "" : `if (${text.slice(borrowedAs.start, borrowedAs.end)} == null) `;
      const edit = intoLifecycle(text, entry, owner, `${condition}${statement};`);
      return edit === undefined ? undefined : [{ kind: "change", file, edits: [edit] }];
    },
  };
}

/** `widget.pages.addListener(…)` that nothing takes back: what it runs later may still use what has gone. */
const goesOnHearing = ({ names }: ClassBodies): boolean =>
  names.get("removeListener").length === 0 &&
  names.rootedAt("widget").some(({ children }) => children.some(({ text }) => text === "addListener"));

/** Whether the object's giver can be asked again when the owner goes: a field of the class or of its widget. */
function canTell({ borrowedAs }: OwnedField, { type }: ClassEntry): boolean {
  if (borrowedAs === undefined) return true;
  const root = rootOf(borrowedAs);
  if (root === undefined || root.rest.some(({ kind }) => kind !== "property" && kind !== "bang")) return false;
  return root.name === "widget" || type.fields.some(({ name }) => name === root.name);
}

/** Before null safety, a field that a method assigns was null until then, whatever its type. */
function isNullable(owned: OwnedField, bodies: ClassBodies): boolean {
  const { field, assignedIn, mayBeNull } = owned;
  if (mayBeNull || field.type?.endsWith("?") === true) return true;
  return !field.isLate && field.initializer < 0 && assignedIn !== undefined && !isSetEarly(owned, bodies);
}

/** Whether a method that surely runs assigns the field on its way. */
function isSetEarly({ field, assignedIn }: OwnedField, { names }: ClassBodies): boolean {
  const isOwnStep = (node: DartNode) => node.role === "target" && node.parent?.parent?.parent === rootAbove(node);
  return isEarly(assignedIn) && names.rootedAt(field.name).some(isOwnStep);
}

/**
 * Whether the field surely has its object when the owner goes. A `late` field that is assigned on some path only throws when it is
 * touched before, and one with an initializer that nothing has touched creates its object only to dispose of it.
 */
function isInitialized(owned: OwnedField, bodies: ClassBodies): boolean {
  const { field, assignedIn } = owned;
  if (!field.isLate) return true;
  if (field.initializer >= 0) return bodies.names.rootedAt(field.name).some((node) => isEarly(bodies.methodOf.get(rootAbove(node))));
  return assignedIn === undefined || isSetEarly(owned, bodies);
}

const isEarly = (method: DartMethod | undefined): boolean => /^(?:build|initState|didChangeDependencies|onInit)$/.test(method?.name ?? "");
