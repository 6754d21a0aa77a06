import { type CodeNode, childOf, childrenOf, mentions, stringsNamed } from "../../../../facts/java/code.ts";
import { BodyCode } from "../../../../model/calls/bodyCode.ts";
import type { MethodNode } from "../../../../model/calls/callGraph.ts";
import type { Model } from "../../../../model/model.ts";
import { simpleName } from "../../../../model/types/type.ts";
import { contains } from "../../../../text/positions.ts";
import type { RelatedPlace } from "../../../finding.ts";
import { runsAfter } from "../running/order.ts";

/** One checking of a signature that a call leads to, as the chain down to it. */
export type ParseChain = readonly RelatedPlace[];

/** Everything that one run of a method checks of one token. */
export interface ParsedToken {
  /** What the token is called in the method. */
  readonly name: string;
  /** The parameter that it comes in by; -1 for one that the method itself gets from somewhere. */
  readonly parameter: number;
  /** The calls of the method, one for each time that the token is checked. */
  readonly parses: readonly { readonly call: CodeNode; readonly chain: ParseChain }[];
}

/** Deeper than the libraries' own tutorials go, which is five. */
const DEEPEST = 8;

/** Where methods verify tokens, through all that they call. */
export class TokenParses {
  readonly #model: Model;
  readonly #known = new Map<string, readonly ParsedToken[]>();

  constructor(model: Model) {
    this.#model = model;
  }

  in(method: MethodNode): readonly ParsedToken[] {
    return this.#in(method, 0);
  }

  #in(method: MethodNode, depth: number): readonly ParsedToken[] {
    const known = this.#known.get(method.key);
    if (known !== undefined) return known;
    // What calls itself is looked at once.
    this.#known.set(method.key, []);
    const found = depth > DEEPEST || method.declared.method.body < 0 || method.remembered ? [] : this.#read(method, depth);
    this.#known.set(method.key, found);
    return found;
  }

  #read(method: MethodNode, depth: number): readonly ParsedToken[] {
    const { owner, method: declared } = method.declared;
    this.#model.calls.noteBodies(owner.file.file);
    const below = new Map<number, readonly ParsedToken[]>();
    for (const site of method.sites) {
      if (site.work !== undefined || site.targets.length !== 1) continue;
      const runs = this.#runs(site.targets[0] as string);
      const parsed = runs === undefined ? [] : this.#in(runs, depth + 1);
      if (parsed.length > 0) below.set(site.order, parsed);
    }
    const named = stringsNamed(owner.file.java.code, PARSERS);
    const direct = named !== undefined && mentions(owner.file.java.code, declared.body, named);
    if (below.size === 0 && !direct) return [];
    const code = new BodyCode(this.#model.calls, method);
    const events: Event[] = [];
    const label = `${owner.type.name}.${declared.name}`;
    code.nodes.forEach((node, order) => {
      if (node.kind !== "call") return;
      const place = { at: { file: owner.file.file, start: node.nameStart, end: node.end }, message: `${label} calls ${node.text}` };
      if (direct && verifies(node, code)) {
        const token = tokenOf(childOf(node, "argument"), code);
        if (token !== undefined) events.push({ call: node, token, chains: [[place]] });
      }
      for (const parsed of below.get(order) ?? []) {
        const chains = parsed.parses.map(({ chain }) => [place, ...chain]);
        const given = parsed.parameter < 0 ? undefined : childrenOf(node, "argument")[parsed.parameter];
        const token = parsed.parameter < 0 ? { key: `${order}:${parsed.name}`, name: parsed.name } : tokenOf(given, code);
        if (token !== undefined) events.push({ call: node, token, chains });
      }
    });
    return together(events, code).map(({ token, parses }) => ({
      name: token.name,
      parameter: declared.parameters.findIndex(({ name }) => token.key === PARAMETER + name),
      parses,
    }));
  }

  /** The one body that a call runs. */
  #runs(key: string): MethodNode | undefined {
    const { calls } = this.#model;
    const method = calls.method(key);
    if (method === undefined) return undefined;
    this.#model.reads.note(`subtypes:${method.declared.owner.type.name}`);
    const overrides = [...calls.overridesOf(key)];
    if (method.declared.method.body >= 0) return overrides.length === 0 ? method : undefined;
    return overrides.length === 1 ? calls.method(overrides[0] as string) : undefined;
  }
}

interface Token {
  /** Equal for what is the same text in one run of the method. */
  readonly key: string;
  readonly name: string;
}

interface Event {
  readonly call: CodeNode;
  readonly token: Token;
  readonly chains: readonly ParseChain[];
}

interface Together {
  readonly token: Token;
  readonly parses: ParsedToken["parses"];
}

/** The events of each token that one run sees all of. */
function together(events: readonly Event[], code: BodyCode): readonly Together[] {
  const groups = new Map<string, Event[]>();
  for (const event of events) {
    const group = groups.get(event.token.key);
    if (group === undefined) groups.set(event.token.key, [event]);
    else if (group.every((before) => before.call === event.call || isOneRun(before.call, event.call, event.token, code))) group.push(event);
  }
  return [...groups.values()].map((group) => ({
    token: (group[0] as Event).token,
    parses: group.flatMap(({ call, chains }) => chains.map((chain) => ({ call, chain }))),
  }));
}

function isOneRun(first: CodeNode, second: CodeNode, { key }: Token, { nodes }: BodyCode): boolean {
  if (!runsAfter(first, second) || isOtherwise(first, second)) return false;
  // Another token under the same name: `token = refresh(token)`.
  const [name] = /\w+$/.exec(key) ?? [];
  return !nodes.some(
    (node) => node.kind === "assign" && childOf(node, "target")?.text === name && node.start > first.end && node.end < second.start,
  );
}

/** `a || b`, and what an `if` does with a token that is not valid. */
function isOtherwise(first: CodeNode, second: CodeNode): boolean {
  let negated = false;
  for (let inner = first, at = first.parent; at !== undefined; inner = at, at = at.parent) {
    if (at.kind === "unary" && at.text === "!") negated = !negated;
    const holdsBoth = contains(at, second);
    if (!holdsBoth) continue;
    if (at.kind === "binary") return at.text === "||";
    if (at.kind !== "if" || inner.role !== "condition") return false;
    const then = childOf(at, "then");
    return negated && then !== undefined && contains(then, second);
  }
  return false;
}

const JJWT = ["parseClaimsJws", "parseSignedClaims", "parseEncryptedClaims", "parseClaimsJwe"];
const PARSERS = [...JJWT, "decode", "verify", "parse"];
const DECODERS = new Set(["JwtDecoder", "NimbusJwtDecoder", "ReactiveJwtDecoder", "NimbusReactiveJwtDecoder"]);

/** Whether a call of a library checks the signature of a token: jjwt, Nimbus behind Spring Security, Auth0. */
function verifies(call: CodeNode, { typer }: BodyCode): boolean {
  if (!PARSERS.includes(call.text) || typer.calleeOf(call).declared.length > 0) return false;
  if (JJWT.includes(call.text)) return true;
  const on = childOf(call, "receiver");
  if (on === undefined) return false;
  const type = typer.typeOf(on);
  const root = rootOf(on);
  if (call.text === "decode") return type !== undefined && DECODERS.has(simpleName(type));
  if (call.text === "parse") return root === "Jwts" || (type !== undefined && simpleName(type) === "JwtParser");
  return (type !== undefined && simpleName(type) === "JWTVerifier") || (root === "JWT" && on.kind === "call");
}

/** The name that a chain of calls starts with. */
function rootOf(node: CodeNode): string {
  const on = childOf(node, "receiver");
  return on === undefined ? node.text : rootOf(on);
}

const PARAMETER = "parameter ";
/** What takes the same token out of its header, or gives the header. */
const TRIMS = /^(?:substring|replace\w*|trim|strip\w*|toString|split)$/;
const EXTRACTS = /^(?!create|generate|build|issue|refresh|renew|new)\w*(?:token|jwt|bearer|header)/i;

function tokenOf(node: CodeNode | undefined, code: BodyCode, depth = 0): Token | undefined {
  if (node === undefined || depth > 6) return undefined;
  if (node.kind === "name") {
    const { text: name } = node;
    const declared = code.typer.declarationOf(node);
    if (declared === undefined) return { key: PARAMETER + name, name };
    // A token that is cut out of a header is another name for it.
    const value =
      declared.kind === "local" && code.valuesOf(childOf(declared, "value") ?? declared).length > 0
        ? childOf(declared, "value")
        : undefined;
    const origin = value?.kind === "call" ? tokenOf(value, code, depth + 1) : undefined;
    return { key: origin?.key ?? `${declared.start} ${name}`, name };
  }
  if (node.kind !== "call") return undefined;
  const on = childOf(node, "receiver");
  if (TRIMS.test(node.text)) return on === undefined ? undefined : tokenOf(on, code, depth + 1);
  const [only, ...more] = childrenOf(node, "argument");
  if (only === undefined || more.length > 0 || !EXTRACTS.test(node.text)) return undefined;
  const from = tokenOf(only, code, depth + 1);
  return from === undefined ? undefined : { key: `${node.text} ${from.key}`, name: from.name };
}
