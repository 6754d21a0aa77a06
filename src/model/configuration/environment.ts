import type { ComposeService, PlacedVariable } from "../../facts/container/containerFacts.ts";
import type { ContainerFile } from "../../facts/fileFacts.ts";
import type { Place, Span } from "../../text/positions.ts";
import { composedOwner, imageName, isForDevelopment, isForProduction } from "../deployment/containerFiles.ts";
import { folderOf } from "./builds.ts";

/** A property that whatever starts an application sets: a variable of its container, a flag of its command. Plain data. */
export interface EnvironmentSetting {
  /** As written: "SPRING_JPA_OPENINVIEW", "spring.jpa.open-in-view". */
  readonly name: string;
  /** Letters and digits alone: `SPRING_JPA_OPENINVIEW`, `SPRING_JPA_OPEN_IN_VIEW` and `spring.jpa.open-in-view` are one. */
  readonly squeezed: string;
  readonly value: string;
  readonly at: Place;
  /** Whether the file that sets it starts production. */
  readonly production: boolean;
  /** Whether it stands as a variable of a container by itself. */
  readonly isVariable: boolean;
  /** The folder of the image, or the names by which the application is called. */
  readonly image: string | undefined;
  readonly names: readonly string[];
}

/**
 * Spring Boot takes dots for underscores and leaves dashes out, or, as it did before, takes underscores for them too
 * (`SystemEnvironmentPropertyMapper`).
 */
export const squeezed = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, "");

/** What a container file sets for the applications that it starts; nothing for files that are made for development. */
export function environmentOf(of: ContainerFile): readonly EnvironmentSetting[] {
  const { file, container } = of;
  if (isForDevelopment(file)) return [];
  const production = isForProduction(of);
  if (container.kind === "dockerfile") {
    const instructions = container.stages.at(-1)?.instructions ?? [];
    const owner = { file, production, image: folderOf(file), names: [] };
    return instructions.flatMap(({ keyword, value, valueSpan }) =>
      keyword === "ENV"
        ? pairsIn(value, valueSpan.start).flatMap((variable) => settingsOf(variable, owner))
        : keyword === "ENTRYPOINT" || keyword === "CMD"
          ? flagsIn(value, valueSpan, owner)
          : [],
    );
  }
  if (container.kind === "compose")
    return container.services.flatMap((service) => {
      const { image, names } = composedOwner(of, service);
      return givenTo(service, { file, production, image, names });
    });
  if (container.kind !== "kubernetes") return [];
  return [
    ...container.workloads.flatMap(({ name, images, containers }) => {
      const owner = { file, production, image: undefined, names: [name, ...images.map(imageName)] };
      return containers.flatMap((one) => givenTo(one, owner));
    }),
    ...container.configMaps.flatMap(({ name, variables }) => {
      const owner = { file, production, image: undefined, names: [name] };
      return variables.flatMap((variable) => settingsOf(variable, owner));
    }),
  ];
}

/** Who is given a setting, and where it stands. */
export interface Owner {
  readonly file: string;
  readonly production: boolean;
  readonly image: string | undefined;
  readonly names: readonly string[];
}

/** Its variables, and the flags of its command, each where it is written. */
function givenTo({ variables, command, nameSpan, texts }: ComposeService, owner: Owner): readonly EnvironmentSetting[] {
  const flags = flagsIn(command, nameSpan, owner).map((flag) => {
    const written = texts.find(({ text }) => text.includes(`${flag.name}=${flag.value}`));
    return written === undefined ? flag : { ...flag, at: { file: owner.file, ...written.at } };
  });
  return [...variables.flatMap((variable) => settingsOf(variable, owner)), ...flags];
}

/** A variable, and the properties in it: flags of the JVM, a document of settings. */
export function settingsOf({ name, value, at }: PlacedVariable, owner: Owner): readonly EnvironmentSetting[] {
  if (squeezed(name) === "springapplicationjson") {
    const keys = flattened(value);
    if (keys !== undefined) return keys.map(([key, text]) => setting(key, text, at, false, owner));
  }
  const own = setting(name, value, at, true, owner);
  return /OPT|ARG|JVM|FLAGS|COMMAND/i.test(name) ? [own, ...flagsIn(value, at, owner)] : [own];
}

/** The keys of a JSON document; undefined where it is none, such as one that is filled in later. */
function flattened(json: string): readonly (readonly [key: string, value: string])[] | undefined {
  const keys: [string, string][] = [];
  const visit = (value: unknown, key: string): void => {
    if (typeof value === "object" && value !== null)
      for (const [name, inner] of Object.entries(value)) visit(inner, key === "" ? name : `${key}.${name}`);
    else keys.push([key, String(value)]);
  };
  try {
    visit(JSON.parse(json), "");
  } catch {
    // Variables that are filled in, and commas too many: keys in one piece can be read all the same.
    const pieces = [...json.matchAll(/"([\w-]+(?:\.[\w-]+)+)"\s*:\s*"?([^",\n]*?)(?=\s*(?:"|,|\}\s*$|\n))/g)];
    return pieces.length === 0 ? undefined : pieces.map(([, key = "", value = ""]) => [key, value.trim()] as const);
  }
  return keys;
}

const setting = (
  name: string,
  value: string,
  at: Span,
  isVariable: boolean,
  { file, production, image, names }: Owner,
): EnvironmentSetting => ({
  name,
  squeezed: squeezed(name),
  value,
  at: { file, ...at },
  production,
  isVariable,
  image,
  names,
});

/** `-Dserver.port=80` for the JVM, `--server.port=80` for the application. */
function flagsIn(text: string, at: Span, owner: Owner): readonly EnvironmentSetting[] {
  return [...text.matchAll(/(?:-D|--)([A-Za-z][\w.-]*\.[\w.-]+)=([^\s"',\]]*)/g)].map(([, name = "", value = ""]) =>
    setting(name, value, at, false, owner),
  );
}

/** `A=1 B="2 3"`, or `A 1` as it was written before. */
function pairsIn(value: string, start: number): readonly PlacedVariable[] {
  const pairs = [...value.matchAll(/(?<![^\s\\])([A-Za-z_][\w.]*)=("(?:[^"\\]|\\[\s\S])*"|'[^']*'|(?:[^\s"'\\]|\\.)*)/g)];
  const spanOf = (name: string, index: number) => ({ start: start + index, end: start + index + name.length });
  if (pairs.length > 0 && /^[\w.]+=/.test(value))
    return pairs.map(({ 1: name = "", 2: text = "", index }) => ({
      name,
      value: text.replace(/^(["'])([\s\S]*)\1$/, "$2"),
      at: spanOf(name, index),
    }));
  const [, name, text = ""] = /^([\w.]+)\s+([\s\S]*)$/.exec(value) ?? [];
  return name === undefined ? [] : [{ name, value: text, at: spanOf(name, 0) }];
}

/**
 * Whether a setting may be one of a module's application: by where its image is built, and otherwise by its names. What no
 * module answers for may be anybody's.
 */
export function isFor({ image, names }: EnvironmentSetting, module: string, modules: readonly string[]): boolean {
  if (image !== undefined && (image === module || image.startsWith(`${module}/`) || module === "")) return true;
  const isNamed = (folder: string): boolean => {
    const own = squeezed(folder.slice(folder.lastIndexOf("/") + 1));
    return own !== "" && names.some((name) => squeezed(name).startsWith(own) || own.startsWith(squeezed(name) || " "));
  };
  if (isNamed(module)) return true;
  if (image !== undefined && modules.some((folder) => folder !== "" && (image === folder || image.startsWith(`${folder}/`)))) return false;
  return !modules.some((folder) => folder !== module && isNamed(folder));
}
