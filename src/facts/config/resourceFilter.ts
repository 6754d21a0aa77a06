import type { YamlProblem } from "../../syntax/yaml.ts";

/** `@project.version@` is replaced by the build before YAML ever sees it. */
export function isResourceFilter({ code, span }: YamlProblem, text: string): boolean {
  return code === "BAD_SCALAR_START" && /^@[\w.-]+@/.test(text.slice(span.start, span.start + 200));
}
