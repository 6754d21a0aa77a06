import type { JavaMethod, JavaType } from "../../facts/java/javaFacts.ts";
import { annotationNamed } from "../types/constants.ts";
import { bareName } from "../types/typeIndex.ts";
import type { Trigger } from "./endpoint.ts";

/** What runs a method that no code of the application calls. */
export type FrameworkCall = Pick<Trigger, "kind" | "label" | "beforeView" | "onTheWay"> & { readonly often?: false };

/** A method that an interface of a framework asks for. */
interface Callback {
  /** "request": before the view is open or after; "answer": while it is; the others as in Trigger. */
  readonly on: "request" | "answer" | "listener" | "job";
  /** The bare types of the parameters, by commas. */
  readonly given: RegExp;
  /** The type above that asks for it, where name and parameters alone say too little. */
  readonly of?: RegExp;
}

const HTTP = "HttpServletRequest,HttpServletResponse";

/** By the method's name. */
const CALLBACKS: Readonly<Record<string, readonly Callback[]>> = {
  // Spring Security
  loadUserByUsername: [{ on: "request", given: /^String$/ }],
  loadUser: [{ on: "request", given: /^(?:OAuth2|Oidc)UserRequest$/ }],
  authenticate: [{ on: "request", given: /^Authentication$/, of: /(?:Provider|Manager)$/ }],
  retrieveUser: [{ on: "request", given: /^String,UsernamePasswordAuthenticationToken$/ }],
  additionalAuthenticationChecks: [{ on: "request", given: /^UserDetails,UsernamePasswordAuthenticationToken$/ }],
  attemptAuthentication: [{ on: "request", given: new RegExp(`^${HTTP}$`) }],
  successfulAuthentication: [{ on: "request", given: new RegExp(`^${HTTP},FilterChain,Authentication$`) }],
  onAuthenticationSuccess: [
    { on: "request", given: new RegExp(`^${HTTP},(?:FilterChain,)?Authentication$`) },
    { on: "request", given: /^WebFilterExchange,Authentication$/ },
  ],
  onLogoutSuccess: [{ on: "request", given: new RegExp(`^${HTTP},Authentication$`) }],
  logout: [{ on: "request", given: new RegExp(`^${HTTP},Authentication$`) }],
  authorize: [{ on: "request", given: /^Supplier,(?:RequestAuthorizationContext|HttpServletRequest|MethodInvocation)$/ }],
  check: [
    {
      on: "request",
      given: /^(?:Supplier|Mono),(?:RequestAuthorizationContext|AuthorizationContext|HttpServletRequest|MethodInvocation)$/,
    },
  ],
  hasPermission: [{ on: "answer", given: /^Authentication,(?:Object|Serializable,String),Object$/ }],
  // Spring converts a token into whoever asks.
  convert: [{ on: "request", given: /^Jwt$/ }],
  // Shiro and Sa-Token
  doGetAuthenticationInfo: [{ on: "request", given: /^AuthenticationToken$/ }],
  doGetAuthorizationInfo: [{ on: "request", given: /^PrincipalCollection$/ }],
  getPermissionList: [{ on: "request", given: /^Object,String$/, of: /^StpInterface$/ }],
  getRoleList: [{ on: "request", given: /^Object,String$/, of: /^StpInterface$/ }],
  // Spring MVC, Jackson, Bean Validation, Spring Data
  resolveArgument: [
    {
      on: "answer",
      given: /^MethodParameter,(?:ModelAndViewContainer,NativeWebRequest,WebDataBinderFactory|BindingContext,ServerWebExchange)$/,
    },
  ],
  afterCompletion: [{ on: "answer", given: new RegExp(`^${HTTP},Object,Exception$`) }],
  beforeBodyWrite: [{ on: "answer", given: /^\w+,MethodParameter,MediaType,Class,ServerHttpRequest,ServerHttpResponse$/ }],
  isValid: [{ on: "answer", given: /^\w+,ConstraintValidatorContext$/ }],
  serialize: [{ on: "answer", given: /^\w+,JsonGenerator,SerializerProvider$/ }],
  getCurrentAuditor: [{ on: "answer", given: /^$/ }],
  // WebFlux and gateways: no thread and no session is held there.
  filter: [{ on: "request", given: /^ServerWebExchange,(?:WebFilterChain|GatewayFilterChain)$/ }],
  // Sockets
  handleTextMessage: [{ on: "listener", given: /^WebSocketSession,TextMessage$/ }],
  handleBinaryMessage: [{ on: "listener", given: /^WebSocketSession,BinaryMessage$/ }],
  handleMessage: [{ on: "listener", given: /^WebSocketSession,WebSocketMessage$/ }],
  afterConnectionEstablished: [{ on: "listener", given: /^WebSocketSession$/ }],
  afterConnectionClosed: [{ on: "listener", given: /^WebSocketSession,CloseStatus$/ }],
  preSend: [{ on: "listener", given: /^Message,MessageChannel$/ }],
  beforeHandshake: [{ on: "request", given: /^ServerHttpRequest,ServerHttpResponse,WebSocketHandler,Map$/ }],
  channelRead: [{ on: "listener", given: /^ChannelHandlerContext,Object$/ }],
  channelRead0: [{ on: "listener", given: /^ChannelHandlerContext,\w+$/ }],
  // Messages and events
  onMessage: [
    { on: "listener", given: /^Message,byte$/ },
    { on: "listener", given: /^\w+$/, of: /^(?:RocketMQ(?:Reply)?|Message|Stream)Listener$/ },
  ],
  onApplicationEvent: [{ on: "listener", given: /^\w+$/ }],
  // Jobs of Spring Batch, ElasticJob, PowerJob and Camunda
  read: [{ on: "job", given: /^$/, of: /^ItemReader$/ }],
  process: [
    { on: "job", given: /^\w+$/, of: /^ItemProcessor$/ },
    { on: "job", given: /^TaskContext$/ },
  ],
  write: [{ on: "job", given: /^(?:List|Chunk)$/, of: /^ItemWriter$/ }],
  execute: [
    { on: "job", given: /^(?:StepContribution,ChunkContext|ShardingContext|DelegateExecution)$/ },
    { on: "job", given: /^String$|^$/, of: /^IJobHandler$/ },
  ],
};

/** Annotations of methods that a framework runs, beside those that say of a request, a message or a clock that it does. */
const ANNOTATED: Readonly<Record<string, Callback["on"]>> = {
  ModelAttribute: "answer",
  OnMessage: "listener",
  OnOpen: "listener",
  OnClose: "listener",
  XxlJob: "job",
  Recurring: "job",
  WebMethod: "request",
  PayloadRoot: "request",
};
const ANNOTATIONS = Object.keys(ANNOTATED);
/** Methods of an aspect. */
export const ADVICE = ["Around", "Before", "After", "AfterReturning", "AfterThrowing"] as const;

/** How a framework comes to a method by its signature or its annotations; undefined where none is known to. */
export function frameworkCall(type: JavaType, method: JavaMethod): FrameworkCall | undefined {
  if (method.annotations.length > 0) {
    const marked = annotationNamed(method.annotations, ...ANNOTATIONS);
    if (marked !== undefined && !method.annotations.some(({ name }) => name.endsWith("Mapping")))
      return callOf(ANNOTATED[bareName(marked.name)] ?? "request", `@${bareName(marked.name)} ${method.name}`);
    const advice = annotationNamed(method.annotations, ...ADVICE);
    if (advice !== undefined && annotationNamed(type.annotations, "Aspect") !== undefined)
      return callOf("answer", `@${bareName(advice.name)} ${method.name}`);
  }
  const label = `${type.name}.${method.name}`;
  if (isOfGrpc(type, method)) return { kind: "endpoint", label: `gRPC ${method.name}`, beforeView: true };
  if (isOfDubbo(type, method)) return { kind: "endpoint", label: `Dubbo ${label}`, beforeView: true };
  if (isAskedByGuards(type, method)) return callOf("answer", label);
  const callbacks = Object.hasOwn(CALLBACKS, method.name) ? CALLBACKS[method.name] : undefined;
  if (callbacks === undefined || method.modifiers.includes("static") || method.modifiers.includes("private")) return undefined;
  const given = method.parameters.map((parameter) => bareName(parameter.type)).join();
  const found = callbacks.find(({ given: wanted, of }) => wanted.test(given) && (of === undefined || isBelow(type, of)));
  if (found === undefined) return undefined;
  const call = callOf(found.on, label);
  return method.name === "onApplicationEvent" && STARTS.test(given) ? { ...call, often: false } : call;
}

function callOf(on: Callback["on"], label: string): FrameworkCall {
  if (on === "listener") return { kind: on, label };
  // Nobody knows here when a job runs.
  if (on === "job") return { kind: on, label, often: false };
  return { kind: "endpoint", label, onTheWay: true, ...(on === "request" && { beforeView: true }) };
}

const STARTS = /^(?:Application(?:Ready|Started|Prepared|Failed|EnvironmentPrepared)|Context(?:Refreshed|Started|Closed|Stopped))Event$/;

const isBelow = ({ superclass, interfaces }: JavaType, above: RegExp): boolean =>
  interfaces.some((name) => above.test(bareName(name))) || (superclass !== undefined && above.test(bareName(superclass)));

const isOfGrpc = ({ superclass }: JavaType, { parameters, modifiers }: JavaMethod): boolean =>
  superclass?.endsWith("ImplBase") === true && modifiers.includes("public") && bareName(parameters.at(-1)?.type ?? "") === "StreamObserver";

const isOfDubbo = ({ annotations }: JavaType, { modifiers }: JavaMethod): boolean =>
  modifiers.includes("public") && !modifiers.includes("static") && annotationNamed(annotations, "DubboService") !== undefined;

/** `@PreAuthorize("@access.hasRight('orders')")`: a bean that has a name, for expressions. */
const isAskedByGuards = ({ name, annotations }: JavaType, method: JavaMethod): boolean =>
  method.returns === "boolean" &&
  method.modifiers.includes("public") &&
  /^(?:has|is|can|lacks)\p{Lu}/u.test(method.name) &&
  /Permission|Security|Auth|Access|Guard/.test(name) &&
  (annotationNamed(annotations, "Service", "Component")?.values.length ?? 0) > 0;
