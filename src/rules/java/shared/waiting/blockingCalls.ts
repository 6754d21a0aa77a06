import type { MethodNode } from "../../../../model/calls/callGraph.ts";
import type { CallSite } from "../../../../model/calls/callSites.ts";
import { staysOnThread } from "../../../../model/calls/effects/requestPath.ts";
import { siteEffect } from "../../../../model/calls/effects/siteEffects.ts";
import type { WorkKind } from "../../../../model/calls/workKinds.ts";
import type { Model } from "../../../../model/model.ts";
import type { RelatedPlace } from "../../../finding.ts";

/** What holds a thread until somebody else is done, or until a password is hashed. */
export interface BlockingCall {
  /** "JdbcTemplate.query". */
  readonly label: string;
  /** "cpu" where the thread is not waiting, but busy. */
  readonly kind: WorkKind;
  /** 0 when the call itself blocks. */
  readonly depth: number;
  readonly chain: readonly RelatedPlace[];
}

/** Publishers and futures, by what a method is declared to give back. */
export const givesPublisher = (returns: string): boolean => /^(?:[\w.]*\.)?(?:Mono|Flux|Publisher)\b/.test(returns);
const givesFuture = (returns: string): boolean => /^(?:[\w.]*\.)?\w*(?:Future|CompletionStage)\b/.test(returns);

/** Where a call blocks the thread that makes it, itself or through methods that give no publisher. */
export function blockingCall(model: Model, method: MethodNode, site: CallSite): BlockingCall | undefined {
  for (const kind of ["read", "write", "http", "search", "redis", "sleep", "mail", "cpu"] as const) {
    const effect = siteEffect(model.effects, site, kind);
    if (effect === undefined || effect.candidates > 2) continue;
    const { label, depth, target, chain } = effect;
    if (target === undefined) {
      if (blocksItself(model, method, site)) return { label, kind, depth, chain };
      continue;
    }
    const path = model.effects.methodsFrom(target, kind);
    const nodes = path.flatMap((key) => model.calls.method(key) ?? []);
    // Whatever gives a publisher on the way is judged by itself.
    if (nodes.some(({ declared }) => givesPublisher(declared.method.returns) || givesFuture(declared.method.returns))) continue;
    const last = nodes.at(-1);
    const end = last?.sites.find(({ work }) => work?.kind === kind && work.label === label);
    if (last === undefined || end === undefined || !blocksItself(model, last, end) || !staysOnThread(model.calls, path)) continue;
    return { label, kind, depth, chain };
  }
  return undefined;
}

const BLOCKING =
  /^(?:EntityManager|Jdbc(?:Template|Operations|Client)|NamedParameterJdbc\w+|MappedQuerySpec|StatementSpec|TypedQuery|JPAQuery|SimpleJdbc\w+|PreparedStatement|RestClient|RestTemplate|RestOperations|CloseableHttpClient|OkHttpClient|HttpURLConnection|Invocation\.Builder|Jsoup|WebServiceTemplate|\w+BlockingStub|AmazonS3|S3Client|MinioClient|RestHighLevelClient|(?:String)?RedisTemplate|RedisOperations|(?:Value|Hash|List|Set|ZSet|Bound)Operations|Jedis\w*|RedisCommands|JavaMailSender|\w*PasswordEncoder|BCrypt)\.|^(?:Thread|TimeUnit)\.sleep$/;

/** Services side by side may each have a repository of the name: the one of the caller counts. */
function isReactive(model: Model, qualified: string, near: string): boolean {
  const entry = model.types.declared(qualified, near);
  return (
    entry !== undefined &&
    model.types
      .lineage(entry)
      .some(({ type }) => type.interfaces.some((name) => /^(?:[\w.]+\.)?(?:Reactive|R2dbc|RxJava)\w*Repository\b/.test(name)))
  );
}

/** Reactive drivers and clients are called alike: what is not known to block does not count. */
function blocksItself(model: Model, { declared }: MethodNode, { work, targets }: CallSite): boolean {
  if (work === undefined) return false;
  const [target] = targets;
  if (target !== undefined) {
    const called = model.calls.method(target)?.declared;
    if (called === undefined || givesPublisher(called.method.returns) || givesFuture(called.method.returns)) return false;
    if (work.kind === "http" || work.kind === "search") return true;
    return model.persistence.repository(called.owner.type.qualified)?.style === "spring-data";
  }
  if (work.on !== undefined && isReactive(model, work.on, declared.owner.file.file)) return false;
  if (work.label === "HttpClient.send") return declared.owner.file.java.imports.some(({ name }) => name.startsWith("java.net.http"));
  if (BLOCKING.test(work.label)) return true;
  return /\.(?:find|save|delete|exists|count)\w*$/.test(work.label) && model.persistence.repositoryUnder(work)?.style === "spring-data";
}
