import type { JavaFile } from "../../facts/fileFacts.ts";
import type { JavaMethod, JavaParameter } from "../../facts/java/javaFacts.ts";
import { methodKey } from "../calls/methodKey.ts";
import { annotationNamed } from "../types/constants.ts";
import { bareName, type TypeIndex } from "../types/typeIndex.ts";
import { type Endpoint, type EndpointInput, HTTP_VERBS, type HttpVerb } from "./endpoint.ts";
import { isForAdministrators, isForFew } from "./often.ts";
import { joinPaths, labelOf, PAGING_NAMES, pathsOf } from "./paths.ts";

/** Whether JAX-RS serves requests with a method; clients that are interfaces have the same annotations, and no bodies. */
export const isResourceMethod = (method: JavaMethod): boolean =>
  method.body >= 0 && method.kind === "method" && annotationNamed(method.annotations, ...HTTP_VERBS) !== undefined;

/** The endpoints of one file's JAX-RS resources: `@Path` on the class and on the method, `@GET` and its kin. */
export function readResources(types: TypeIndex, file: JavaFile): readonly Endpoint[] {
  const endpoints: Endpoint[] = [];
  for (const type of file.java.types) {
    if (!type.methods.some(isResourceMethod)) continue;
    const entry = { file, type };
    const base = types.lineage(entry).find((above) => annotationNamed(above.type.annotations, "Path") !== undefined) ?? entry;
    const [prefix = ""] = pathsOf(types, annotationNamed(base.type.annotations, "Path"), base);
    for (const method of type.methods) {
      const mapping = isResourceMethod(method) ? annotationNamed(method.annotations, ...HTTP_VERBS) : undefined;
      if (mapping === undefined) continue;
      const verb = bareName(mapping.name) as HttpVerb;
      const [own = ""] = pathsOf(types, annotationNamed(method.annotations, "Path"), entry);
      const path = joinPaths(prefix, own);
      const key = methodKey({ owner: entry, method });
      endpoints.push({
        method: key,
        runs: key,
        file: file.file,
        verb,
        path,
        label: labelOf(verb, path, method),
        forFew: isForFew(path, entry, method),
        forAdministrators: isForAdministrators(path, entry, method),
        inputs: method.parameters.map(inputOf),
        returns: method.returns,
        at: { file: file.file, ...method.nameSpan },
        mapping: { file: file.file, ...mapping.span },
      });
    }
  }
  return endpoints;
}

function inputOf({ name, type, annotations }: JavaParameter): EndpointInput {
  const has = (...names: readonly string[]): boolean => annotationNamed(annotations, ...names) !== undefined;
  const kind = ((): EndpointInput["kind"] => {
    if (has("PathParam")) return "path";
    if (has("QueryParam")) return PAGING_NAMES.test(name) ? "paging" : "query";
    if (has("BeanParam", "MatrixParam")) return "query";
    if (has("HeaderParam", "CookieParam", "Context", "Auth")) return "user";
    if (has("Suspended")) return "injected";
    return "body";
  })();
  return { name, type, kind };
}
