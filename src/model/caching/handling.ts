import type { JavaFile } from "../../facts/fileFacts.ts";
import { mentions, stringsNamed } from "../../facts/java/code.ts";
import type { CallGraph, MethodNode } from "../calls/callGraph.ts";
import type { TypeIndex } from "../types/typeIndex.ts";
import { evictionsIn, type OwnEviction } from "./evictions.ts";
import { type HandRead, handReadsIn } from "./handCaches.ts";

/** What the code of one file does to caches beyond Spring's annotations. */
export interface Handling {
  readonly hand: readonly HandRead[];
  readonly evictions: readonly OwnEviction[];
  /** Keys of methods that publish events or send messages: a listener of theirs may evict. */
  readonly publishing: readonly string[];
}

export function handlingIn(parts: { readonly calls: CallGraph; readonly types: TypeIndex }, name: string): Handling {
  const nodes = parts.calls.allIn(name);
  const file = nodes[0]?.declared.owner.file;
  if (file === undefined) return NOTHING;
  return {
    hand: handReadsIn(parts.types, file, nodes),
    evictions: evictionsIn(parts, file, nodes),
    publishing: publishersIn(file, nodes),
  };
}

const NOTHING: Handling = { hand: [], evictions: [], publishing: [] };

function publishersIn(file: JavaFile, nodes: readonly MethodNode[]): readonly string[] {
  const named = stringsNamed(file.java.code, usesChannels(file) ? [...PUBLISHES, "send"] : PUBLISHES);
  const publishes = ({ declared: { method }, sites }: MethodNode): boolean =>
    (named !== undefined && mentions(file.java.code, method.body, named)) || sites.some(({ work }) => work?.kind === "message");
  return nodes.filter(publishes).map(({ key }) => key);
}

/** Channels of Spring Integration: cjmalloy/jasper. */
const usesChannels = ({ java }: JavaFile): boolean =>
  java.imports.some(({ name }) => name === "org.springframework.messaging.MessageChannel");

const PUBLISHES = ["publishEvent", "registerEvent", "andEvent", "convertAndSend", "publish"];
