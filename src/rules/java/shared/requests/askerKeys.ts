import { type CodeNode, childOf, childrenOf } from "../../../../facts/java/code.ts";
import type { Typer } from "../../../../model/calls/typing/typer.ts";

/** Who a key tells apart: addresses, sessions and tokens come without end, users as they register. */
export type Asker = "client address" | "value of a header" | "session" | "token" | "user";

/** What a method is given for a parameter, with the types around it. */
export type GivenFor = (parameter: string) => readonly { readonly value: CodeNode; readonly typer: Typer }[];

/** Who asks, as far as a key says so: by what it is made of, by the names of what that is held in, and by what callers give. */
export function askerIn(key: CodeNode, typer: Typer, givenFor: GivenFor, depth = 0): Asker | undefined {
  if (depth > DEEPEST) return undefined;
  switch (key.kind) {
    case "name": {
      const declared = typer.declarationOf(key);
      if (declared === undefined) {
        if (typer.method?.parameters.some(({ name }) => name === key.text) !== true) return undefined;
        return (
          ofName(key.text) ?? mostTelling(givenFor(key.text).map((given) => askerIn(given.value, given.typer, NOTHING_GIVEN, depth + 1)))
        );
      }
      const value = declared.kind === "local" ? childOf(declared, "value") : undefined;
      return ofName(key.text) ?? (value === undefined ? undefined : askerIn(value, typer, givenFor, depth + 1));
    }
    case "call": {
      const on = childOf(key, "receiver");
      const given =
        ASKED.get(key.text) ?? (key.text === "getId" && on?.kind === "call" && on.text === "getSession" ? "session" : undefined);
      if (given !== undefined) return given;
      const parts = [...(on === undefined || !KEEPS.test(key.text) ? [] : [on]), ...childrenOf(key, "argument")];
      return (
        ofName(key.text.replace(/^(?:get|resolve|extract|find|determine|client)(?=\p{Lu})/u, "")) ?? among(parts, typer, givenFor, depth)
      );
    }
    case "binary":
      return key.text === "+" ? among(key.children, typer, givenFor, depth) : undefined;
    case "conditional":
      return among([...childrenOf(key, "then"), ...childrenOf(key, "else")], typer, givenFor, depth);
    default:
      return undefined;
  }
}

const DEEPEST = 4;

const NOTHING_GIVEN: GivenFor = () => [];

const among = (parts: readonly CodeNode[], typer: Typer, givenFor: GivenFor, depth: number): Asker | undefined =>
  mostTelling(parts.map((part) => askerIn(part, typer, givenFor, depth + 1)));

/** Of several answers the one that has no end. */
export const mostTelling = (askers: readonly (Asker | undefined)[]): Asker | undefined =>
  askers.find((asker) => asker !== undefined && asker !== "user") ?? askers.find((asker) => asker !== undefined);

/** Calls that say it whatever they are called on. */
const ASKED: ReadonlyMap<string, Asker> = new Map([
  ["getRemoteAddr", "client address"],
  ["getRemoteAddress", "client address"],
  ["getRemoteHost", "client address"],
  ["getHostAddress", "client address"],
  ["getHeader", "value of a header"],
  ["getRequestedSessionId", "session"],
]);

/** Calls whose answer is the text that they are called on, in another form. */
const KEEPS = /^(?:trim|strip|toLowerCase|toUpperCase|toString|concat|formatted|orElse)$/;

/** By whole words: a trip is no IP, and a user's role tells few apart. */
function ofName(name: string): Asker | undefined {
  const words = name
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, "$1 $2")
    .toLowerCase()
    .split(/[\s_]+/);
  const last = words.at(-1) ?? "";
  if (words.includes("ip") || /^(?:remote ?addr(?:ess)?|client ?addr(?:ess)?)$/.test(words.join(" "))) return "client address";
  if (/^session ?(?:id|key)$/.test(words.slice(-2).join(" "))) return "session";
  if (last === "token" || last === "jwt") return "token";
  return /^(?:email|phone|username|login)$/.test(last) ||
    /^(?:user|member|customer) (?:id|name|uuid|email)$/.test(words.slice(-2).join(" "))
    ? "user"
    : undefined;
}
