import { parseProperties } from "../../syntax/properties.ts";
import type { Extracted } from "../fileFacts.ts";
import { type BuildFacts, EMPTY_BUILD } from "./buildFacts.ts";
import { versionCatalog } from "./catalog.ts";
import { goModule } from "./goModule.ts";
import { gradleScript } from "./gradle.ts";
import { pomFacts } from "./maven.ts";
import { pubspecFacts } from "./pubspec.ts";

/** Reads a build file, by its name. */
export function buildFacts(file: string, text: string): Extracted<BuildFacts> {
  const name = file.slice(file.lastIndexOf("/") + 1);
  if (name === "pom.xml") return pomFacts(text);
  if (name === "pubspec.yaml") return pubspecFacts(text);
  if (name.endsWith(".toml")) return read(versionCatalog(text));
  if (name === "go.mod") return read(goModule(text));
  if (name === ".gitmodules") return read({ tool: "git", kind: "submodules", ...EMPTY_BUILD, modules: submodulesOf(text) });
  if (name === "gradle.properties") {
    const properties = Object.fromEntries(parseProperties(text).entries.map(({ key, value }) => [key, value]));
    return read({ tool: "gradle", kind: "properties", ...EMPTY_BUILD, properties });
  }
  return read(gradleScript(text, name.startsWith("settings.") ? "settings" : "project"));
}

const read = (facts: BuildFacts): Extracted<BuildFacts> => ({ facts, unparsed: [], problems: [] });

/** `path = backend/secrets`. */
const submodulesOf = (text: string): readonly string[] =>
  [...text.matchAll(/^[ \t]*path[ \t]*=[ \t]*"?([^"\r\n#;]+?)"?[ \t]*$/gm)].map(([, path = ""]) => path.replace(/\/$/, ""));
