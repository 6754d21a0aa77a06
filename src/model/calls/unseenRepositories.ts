import { type CodeNode, childOf } from "../../facts/java/code.ts";
import type { JavaField, JavaType } from "../../facts/java/javaFacts.ts";
import { stereotypeOf } from "../types/beans.ts";
import { annotationNamed } from "../types/constants.ts";
import { simpleName, type Type } from "../types/type.ts";
import type { TypeIndex } from "../types/typeIndex.ts";
import type { Typer } from "./typing/typer.ts";
import type { Work } from "./work.ts";

/**
 * What a call probably does whose repository is in another artifact of the same organisation: its bean is injected, its name is a
 * repository's, and its method is one of Spring Data. Nothing of it is read, so it is a kind of work of its own, which few rules ask for.
 */
export function unseenWork(types: TypeIndex, call: CodeNode, typer: Typer, receiver: Type | undefined): Work | undefined {
  const kind = READS.test(call.text) ? "unseenRead" : WRITES.test(call.text) ? "unseenWrite" : undefined;
  if (kind === undefined || receiver === undefined || receiver.dimensions > 0) return undefined;
  const name = simpleName(receiver);
  if (!REPOSITORY.test(name) || OTHER_STORES.test(name) || !isInjected(types, call, typer)) return undefined;
  const { packageName } = typer.entry.file.java;
  if (!isOfOneOrganisation(receiver.name, packageName) || types.isDeclaredAnywhere(name)) return undefined;
  return { kind, label: `${name}.${call.text}` };
}

const READS =
  /^(?:(?:find|read|get|query|search|stream)(?:All|First|One|Top\d*|Distinct)?By|(?:exists|count)By|selectBy)\p{Lu}|^find(?:All)?ById$/u;
const WRITES = /^(?:save|saveAndFlush|deleteById)$/;
const REPOSITORY = /\w(?:Repository|Repo|Dao|DAO|Mapper)$/;
/** What is named like a repository and keeps its things elsewhere than in a database, or makes one thing of another. */
const OTHER_STORES =
  /Memory|Cache|Registry|Map(?:Repo|Dao|DAO)|Local|File|Git|Maven|Artifact|Handler|Http|Rest|Client|Feign|Redis|Session|Token|Config|Propert|Resource|Message|Template|Object|Struct|Exception|Response|Dto/;

/** The first parts of a package are whose it is: "com.acme", "org.apache.nifi". */
function isOfOneOrganisation(qualified: string, packageName: string): boolean {
  const own = packageName.split(".");
  const length = SHARED.has(own[1] ?? "") ? 3 : 2;
  const parts = qualified.split(".");
  return own.length >= length && parts.length > length && own.slice(0, length).every((part, i) => part === parts[i]);
}

/** Under these are many organisations. */
const SHARED: ReadonlySet<string> = new Set(["apache", "co", "com", "eclipse", "github", "gitlab", "gov", "gouv", "org"]);

/** A field of the class or of one above, which something else has given it. */
function isInjected(types: TypeIndex, call: CodeNode, typer: Typer): boolean {
  const on = childOf(call, "receiver");
  const isOwn = on?.kind === "name" ? typer.declarationOf(on) === undefined : childOf(on as CodeNode, "receiver")?.kind === "this";
  if (on === undefined || (on.kind !== "name" && on.kind !== "field") || !isOwn) return false;
  if (typer.method?.parameters.some(({ name }) => on.kind === "name" && name === on.text) === true) return false;
  const found = types.fieldOf(typer.entry, on.text);
  return found !== undefined && isGiven(found.owner.type, found.field);
}

function isGiven(owner: JavaType, { annotations, modifiers, initializer, name, type }: JavaField): boolean {
  if (modifiers.includes("static") || initializer >= 0) return false;
  if (annotationNamed(annotations, "Autowired", "Inject", "Resource") !== undefined || stereotypeOf(owner) !== undefined) return true;
  return owner.methods.some(
    ({ kind, parameters }) => kind === "constructor" && parameters.some((given) => given.name === name && given.type === type),
  );
}
