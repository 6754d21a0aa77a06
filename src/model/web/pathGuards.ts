import type { JavaFile } from "../../facts/fileFacts.ts";
import { type CodeNode, childOf, childrenOf, mentions, stringsNamed, unpackNodes } from "../../facts/java/code.ts";
import { constantOf } from "../types/constants.ts";
import type { TypeEntry, TypeIndex } from "../types/typeIndex.ts";
import { isRoleOfAdministrators } from "./administrators.ts";
import { HTTP_VERBS, type HttpVerb } from "./endpoint.ts";

/** Whom a configuration of Spring Security lets in to paths: `requestMatchers(POST, "/shops/**").hasRole("ADMIN")`. Plain data. */
export interface PathGuard {
  readonly verb: HttpVerb;
  /** As Ant writes them. */
  readonly patterns: readonly string[];
  readonly forAdministrators: boolean;
}

const MATCHERS = ["requestMatchers", "antMatchers", "mvcMatchers", "pathMatchers"] as const;
const ROLES = ["hasRole", "hasAuthority", "hasAnyRole", "hasAnyAuthority"] as const;

/** Whether a file may say whom paths are for, by its own words alone. */
export const mayGuardPaths = ({ java }: JavaFile): boolean => stringsNamed(java.code, MATCHERS) !== undefined;

/** In the order in which they are asked: the first that a path matches decides. */
export function pathGuardsIn(types: TypeIndex, file: JavaFile): readonly PathGuard[] {
  const named = stringsNamed(file.java.code, MATCHERS);
  if (named === undefined) return [];
  return file.java.types.flatMap((type) =>
    type.methods
      .filter(({ body }) => body >= 0 && mentions(file.java.code, body, named))
      .flatMap(({ body }) => guardsIn(unpackNodes(file.java.code, body), { file, type }, types)),
  );
}

function guardsIn(nodes: readonly CodeNode[], at: TypeEntry, types: TypeIndex): readonly PathGuard[] {
  const calls = nodes.flatMap((node) => {
    const on = node.kind === "call" ? childOf(node, "receiver") : undefined;
    return on?.kind === "call" && MATCHERS.some((name) => name === on.text) ? [{ node, matcher: on }] : [];
  });
  return calls
    .sort((a, b) => a.matcher.nameStart - b.matcher.nameStart)
    .map(({ node, matcher }) => {
      const given = childrenOf(matcher, "argument");
      const verb = HTTP_VERBS.find((one) => given.some(({ kind, text }) => kind !== "literal" && text === one)) ?? "ANY";
      const patterns = given.flatMap((one) => textOf(one, at, types) ?? []).filter((text) => text.includes("/") || text.includes("*"));
      return { verb, patterns, forAdministrators: isForAdministrators(node, at, types) };
    });
}

function isForAdministrators(call: CodeNode, at: TypeEntry, types: TypeIndex): boolean {
  if (!ROLES.some((name) => name === call.text)) return false;
  const given = childrenOf(call, "argument");
  return given.length > 0 && given.every((one) => isRoleOfAdministrators(textOf(one, at, types) ?? lastName(one)));
}

const textOf = (node: CodeNode, at: TypeEntry, types: TypeIndex): string | undefined => constantOf(node, at, types);

/** `Role.ADMIN.name()`, `ADMIN.getAuthority()`: the name of the constant. */
function lastName(node: CodeNode): string {
  if (node.kind !== "call") return node.text;
  const on = childOf(node, "receiver");
  return on === undefined ? "" : lastName(on);
}

/** Whether the first guard that matches a path lets administrators in and nobody else. */
export function isGuardedForAdministrators(guards: readonly PathGuard[], verb: HttpVerb, path: string): boolean {
  const first = guards.find(
    (guard) => (guard.verb === "ANY" || guard.verb === verb) && guard.patterns.some((pattern) => matchesAnt(pattern, path)),
  );
  return first?.forAdministrators === true;
}

function matchesAnt(pattern: string, path: string): boolean {
  const source = pattern.replace(
    /\/\*\*|\*\*|[*?]|\{[^}]*\}|\/|[^*?{/]+|\{/g,
    (part) => ANT[part] ?? (/^\{.*\}$/.test(part) ? "[^/]*" : part.replace(/[\\.+^$()|[\]{}]/g, "\\$&")),
  );
  return new RegExp(`^${pattern.startsWith("/") ? "" : "/?"}${source}/?$`).test(path);
}

const ANT: Readonly<Record<string, string>> = { "/**": "(?:/.*)?", "**": ".*", "*": "[^/]*", "?": "[^/]", "/": "/" };
