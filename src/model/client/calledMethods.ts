import { creationOf, rootOf } from "../../facts/dart/chains.ts";
import type { DartNode } from "../../facts/dart/code.ts";
import type { DartField } from "../../facts/dart/dartFacts.ts";
import type { DartFile } from "../../facts/fileFacts.ts";
import { initializerOf } from "./bodies.ts";
import { type ClassEntry, type ClientModel, widgetNameOf } from "./clientModel.ts";
import { simpleName } from "./typeNames.ts";

/** Where a call stands; the class is undefined in a top-level function. */
interface CallPlace {
  readonly file: DartFile;
  readonly entry: ClassEntry | undefined;
}

export type CalledMethod = NonNullable<ReturnType<ClientModel["methodOf"]>>;

/**
 * The workspace's method that a chain ends by calling: of the same class, of a field's type, of the widget, of what a provider or
 * locator is asked for by type, or a static one.
 */
export function calledMethod(chain: DartNode, { entry, file }: CallPlace, model: ClientModel): CalledMethod | undefined {
  const asked = chain.children.findLastIndex((part) => part.kind === "call" && part.type !== "");
  const [property, call, ...rest] = chain.children.slice(asked + 1);
  if (asked > 0 && property?.kind === "property" && call?.kind === "call" && rest.every((part) => part.kind === "cascade")) {
    const type = model.classOf(simpleName(chain.children[asked]?.type ?? ""), file);
    return type === undefined ? undefined : model.methodOf(type, property.text);
  }
  return namedMethod(chain, { entry, file }, model);
}

function namedMethod(chain: DartNode, { entry, file }: CallPlace, model: ClientModel): CalledMethod | undefined {
  const root = rootOf(chain);
  if (root === undefined) return undefined;
  const names = [root.name, ...root.rest.filter((part) => part.kind !== "bang").map((part) => (part.kind === "property" ? part.text : ""))];
  const call = names.pop();
  if (call !== "" || names.includes("")) return undefined;
  const method = names.pop() as string;
  let at = entry;
  for (const name of names) {
    const next: ClassEntry | undefined =
      name === "widget" && at === entry
        ? entry && model.widgetOf(entry)
        : name === "controller" && at === entry && entry !== undefined && isGetView(entry)
          ? controllerOf(entry, model)
          : /^[A-Z]/.test(name)
            ? model.classOf(name, file)
            : (typeOfMember(at, name, model) ?? (at === entry ? typeOfVariable(name, model) : undefined));
    if (next === undefined) return undefined;
    at = next;
  }
  return at === undefined ? undefined : model.methodOf(at, method);
}

/** `GetView<HomeController>` has a `controller` of that type. */
const isGetView = ({ type }: ClassEntry): boolean => /^(?:\w+\.)?Get(?:View|Widget|ResponsiveView)</.test(type.superclass ?? "");

const controllerOf = ({ file, type }: ClassEntry, model: ClientModel): ClassEntry | undefined => {
  const name = widgetNameOf(type);
  return name === undefined ? undefined : model.classOf(name, file);
};

function typeOfMember(entry: ClassEntry | undefined, name: string, model: ClientModel): ClassEntry | undefined {
  const found = entry === undefined ? undefined : model.fieldOf(entry, name);
  if (found === undefined) return undefined;
  return typeOfField(found.field, found.owner.file, model);
}

function typeOfVariable(name: string, model: ClientModel): ClassEntry | undefined {
  const variable = model.variableOf(name);
  return variable === undefined ? undefined : typeOfField(variable.field, variable.file, model);
}

function typeOfField(field: DartField, file: DartFile, model: ClientModel): ClassEntry | undefined {
  if (field.type !== undefined) return model.classOf(simpleName(field.type), file);
  const initializer = initializerOf(field, file);
  const creation = initializer === undefined ? undefined : creationOf(initializer);
  return creation === undefined ? undefined : model.classOf(creation.type, file);
}
