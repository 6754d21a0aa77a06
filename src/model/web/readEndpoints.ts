import type { JavaFile } from "../../facts/fileFacts.ts";
import type { JavaAnnotation, JavaMethod, JavaParameter, JavaType } from "../../facts/java/javaFacts.ts";
import { keyAs } from "../calls/dispatch.ts";
import { methodKey } from "../calls/methodKey.ts";
import { annotationNamed, annotationValue } from "../types/constants.ts";
import { bareName, type TypeEntry, type TypeIndex } from "../types/typeIndex.ts";
import { type Endpoint, type EndpointInput, HTTP_VERBS, type HttpVerb, type Trigger } from "./endpoint.ts";
import { happensOften, isForAdministrators, isForFew } from "./often.ts";
import { otherEntrance } from "./otherEntrances.ts";
import { joinPaths, labelOf, PAGING_NAMES, pathsOf } from "./paths.ts";
import { isResourceMethod, readResources } from "./readResources.ts";

const VERBS: Readonly<Record<string, HttpVerb>> = {
  GetMapping: "GET",
  PostMapping: "POST",
  PutMapping: "PUT",
  PatchMapping: "PATCH",
  DeleteMapping: "DELETE",
  RequestMapping: "ANY",
};
const MAPPINGS = Object.keys(VERBS);
const CONTROLLERS = ["RestController", "Controller", "RepositoryRestController", "BasePathAwareController"] as const;
/** Annotations of methods that events and messages run. */
export const LISTENERS = [
  "EventListener",
  "TransactionalEventListener",
  "ApplicationModuleListener",
  "KafkaListener",
  "KafkaHandler",
  "RabbitListener",
  "RabbitHandler",
  "PulsarListener",
  "JmsListener",
  "SqsListener",
  "StreamListener",
  "MessageMapping",
  "SubscribeMapping",
  "ServiceActivator",
  "CommandHandler",
  "EventHandler",
  "QueryHandler",
] as const;

/** Whether a file may hold endpoints or triggers, by its own annotations alone. */
export function mayBeEntered(file: JavaFile): boolean {
  return file.java.types.some(
    (type) =>
      type.annotations.some((annotation) => annotation.name.endsWith("Controller")) ||
      type.methods.some(
        (method) =>
          annotationNamed(method.annotations, ...MAPPINGS, ...LISTENERS, "Scheduled", "Schedules") !== undefined ||
          isQuartzJob(method) ||
          isResourceMethod(method) ||
          otherEntrance(type, method) !== undefined ||
          isDelegate(type),
      ),
  );
}

/** The endpoints of one file's controllers, and those that others inherit from its types. */
export function readEndpoints(types: TypeIndex, file: JavaFile): readonly Endpoint[] {
  const endpoints: Endpoint[] = [];
  for (const type of file.java.types) {
    const entry = { file, type };
    if (type.kind === "annotation") continue;
    if (type.kind === "interface" || !isController(types, entry)) {
      endpoints.push(...inheritedFrom(types, entry));
      continue;
    }
    for (const method of type.methods) {
      const mapping = method.kind === "method" ? mappingOf(types, entry, method) : undefined;
      if (mapping !== undefined) endpoints.push(...endpointsOf(types, entry, method, mapping, entry));
    }
  }
  return [...endpoints, ...readResources(types, file)];
}

/** What an abstract controller maps is an endpoint of each controller below that leaves the method as it is. */
function inheritedFrom(types: TypeIndex, entry: TypeEntry): readonly Endpoint[] {
  const mapped = entry.type.methods.filter(({ body, annotations }) => body >= 0 && annotationNamed(annotations, ...MAPPINGS) !== undefined);
  if (mapped.length === 0) return [];
  const below = types.descendantsOf(entry).filter((one) => one.type.kind === "class" && isController(types, one));
  below.sort((a, b) => (a.file.file < b.file.file ? -1 : 1));
  return mapped.flatMap((method) => {
    const mapping = mappingOf(types, entry, method);
    const inheriting = below.filter((one) => types.methodsOf(one, method.name)[0]?.owner.type === entry.type);
    return mapping === undefined ? [] : inheriting.flatMap((one) => endpointsOf(types, entry, method, mapping, one));
  });
}

export function readTriggers(types: TypeIndex, file: JavaFile): readonly Trigger[] {
  const triggers: Trigger[] = [];
  for (const type of file.java.types) {
    for (const method of type.methods) {
      if (method.body < 0) continue;
      const annotation = annotationNamed(method.annotations, "Scheduled", "Schedules", ...LISTENERS);
      const trigger = {
        method: methodKey({ owner: { file, type }, method }),
        file: file.file,
        at: { file: file.file, ...method.nameSpan },
      };
      if (annotation !== undefined) {
        const name = bareName(annotation.name);
        const kind = name.startsWith("Schedule") ? "scheduler" : "listener";
        triggers.push({
          kind,
          label: `@${name} ${method.name}`,
          often: happensOften(types, { file, type }, method, annotation),
          ...trigger,
        });
      } else if (isQuartzJob(method) && !type.modifiers.includes("abstract"))
        triggers.push({ kind: "job", label: `Quartz ${type.name}`, often: false, ...trigger });
      else {
        const other = otherEntrance(type, method) ?? generatedEntrance(types, { file, type }, method);
        if (other !== undefined) triggers.push({ often: !isForFew("", { file, type }, method), ...trigger, ...other });
      }
    }
  }
  return triggers;
}

/**
 * A method of an interface that is generated from an OpenAPI document when the project is built, mappings and all: what a controller
 * implements, or the delegate of a generated one.
 */
function generatedEntrance(types: TypeIndex, entry: TypeEntry, method: JavaMethod): Pick<Trigger, "kind" | "label"> | undefined {
  const { type, file } = entry;
  if (type.kind !== "class" || !method.modifiers.includes("public") || annotationNamed(method.annotations, "Override") === undefined)
    return undefined;
  if (!isDelegate(type) && !isController(types, entry)) return undefined;
  const isElsewhere = types
    .supertypesOf(entry)
    .some((above) => GENERATED.test(above.name) && types.entryOf(above, file.file) === undefined);
  const isDeclared = types.methodsOf(entry, method.name).some(({ owner }) => owner.type !== type);
  if (!isElsewhere || isDeclared || type.superclass !== undefined || OF_OBJECTS.test(method.name)) return undefined;
  return { kind: "endpoint", label: `${type.name}.${method.name}` };
}

const isDelegate = ({ interfaces }: JavaType): boolean => interfaces.some((name) => name.endsWith("ApiDelegate"));

const GENERATED = /(?:Api|ApiDelegate|Controller|Resource|Operations|Endpoints?)$/;
const OF_OBJECTS = /^(?:toString|equals|hashCode|afterPropertiesSet|destroy)$/;

/** What Quartz runs: when, and how often, stands in triggers that are made elsewhere. */
const isQuartzJob = ({ name, parameters: [first, ...more] }: JavaMethod): boolean =>
  more.length === 0 && first !== undefined && bareName(first.type) === "JobExecutionContext" && /^execute(?:Internal)?$/.test(name);

/** A controller by Spring's annotations, or by an annotation of the workspace that carries one of them. */
function isController(types: TypeIndex, { file, type }: TypeEntry): boolean {
  if (annotationNamed(type.annotations, ...CONTROLLERS) !== undefined) return true;
  return type.annotations.some((annotation) => {
    if (!annotation.name.endsWith("Controller")) return false;
    const declared = types.declared(types.resolveName(annotation.name, { file, type }), file.file);
    return declared !== undefined && annotationNamed(declared.type.annotations, ...CONTROLLERS) !== undefined;
  });
}

interface Mapping {
  readonly annotation: JavaAnnotation;
  /** Where the annotation stands: on the method, or on the interface method that it implements. */
  readonly owner: TypeEntry;
  /** The method that carries the annotations of parameters. */
  readonly declared: JavaMethod;
}

function mappingOf(types: TypeIndex, entry: TypeEntry, method: JavaMethod): Mapping | undefined {
  const own = annotationNamed(method.annotations, ...MAPPINGS);
  if (own !== undefined) return { annotation: own, owner: entry, declared: method };
  if (annotationNamed(method.annotations, "Override") === undefined) return undefined;
  for (const { owner, method: above } of types.methodsOf(entry, method.name)) {
    const inherited = above.parameters.length === method.parameters.length ? annotationNamed(above.annotations, ...MAPPINGS) : undefined;
    if (inherited !== undefined) return { annotation: inherited, owner, declared: above };
  }
  return undefined;
}

/** `served` is the controller whose objects run the method of `entry`. */
function endpointsOf(types: TypeIndex, entry: TypeEntry, method: JavaMethod, mapping: Mapping, served: TypeEntry): readonly Endpoint[] {
  const base = types.lineage(served).find((above) => annotationNamed(above.type.annotations, "RequestMapping") !== undefined) ?? served;
  const bases = pathsOf(types, annotationNamed(base.type.annotations, "RequestMapping"), base);
  const paths = pathsOf(types, mapping.annotation, mapping.owner);
  const file = entry.file.file;
  const key = methodKey({ owner: entry, method });
  const common = {
    method: key,
    runs: served === entry ? key : keyAs(key, served.type.qualified),
    file,
    inputs: method.parameters.map((parameter, i) => inputOf(parameter, mapping.declared.parameters[i] ?? parameter)),
    returns: method.returns,
    at: { file, ...method.nameSpan },
    mapping: { file: mapping.owner.file.file, ...mapping.annotation.span },
  };
  return verbsOf(mapping.annotation).flatMap((verb) =>
    bases.flatMap((prefix) =>
      paths.map((path) => {
        const whole = joinPaths(prefix, path);
        return {
          verb,
          path: whole,
          label: labelOf(verb, whole, method),
          forFew: isForFew(whole, served, mapping.declared) || isForFew("", entry, method),
          forAdministrators: isForAdministrators(whole, served, mapping.declared) || isForAdministrators("", entry, method),
          ...common,
        };
      }),
    ),
  );
}

function verbsOf(annotation: JavaAnnotation): readonly HttpVerb[] {
  const fixed = VERBS[bareName(annotation.name)] ?? "ANY";
  if (fixed !== "ANY") return [fixed];
  const value = annotationValue(annotation, "method");
  const values = value === undefined ? [] : value.kind === "array" ? value.values : [value];
  const verbs = values.map((one) => (one.kind === "reference" ? one.name.slice(one.name.lastIndexOf(".") + 1) : "")).filter(isVerb);
  return verbs.length === 0 ? ["ANY"] : verbs;
}

const isVerb = (name: string): name is HttpVerb => HTTP_VERBS.some((verb) => verb === name);

const USER_TYPES =
  /^(?:Principal|Authentication|\w*AuthenticationToken|Jwt|OidcUser|OAuth2User|UserDetails|HttpSession|WebSession|HttpServletRequest|ServletRequest|ServerHttpRequest|ServerWebExchange|WebRequest|NativeWebRequest|HttpHeaders|HttpEntity|RequestEntity)$/;
const INJECTED_TYPES =
  /^(?:Model|ModelMap|ModelAndView|BindingResult|Errors|HttpServletResponse|UriComponentsBuilder|RedirectAttributes|TimeZone|ZoneId|SessionStatus)$/;
const PAGING_TYPES = /^(?:Pageable|PageRequest|Sort|Locale|Limit|ScrollPosition)$/;
const USER_ANNOTATIONS = [
  "AuthenticationPrincipal",
  "RequestHeader",
  "CookieValue",
  "SessionAttribute",
  "RequestAttribute",
  "MatrixVariable",
] as const;

function inputOf(parameter: JavaParameter, declared: JavaParameter): EndpointInput {
  const annotations = [...parameter.annotations, ...(declared === parameter ? [] : declared.annotations)];
  const type = bareName(parameter.type);
  const kind = ((): EndpointInput["kind"] => {
    if (PAGING_TYPES.test(type)) return "paging";
    if (USER_TYPES.test(type) || annotationNamed(annotations, ...USER_ANNOTATIONS) !== undefined) return "user";
    if (annotationNamed(annotations, "PathVariable") !== undefined) return "path";
    if (annotationNamed(annotations, "RequestBody", "RequestPart") !== undefined) return "body";
    if (INJECTED_TYPES.test(type)) return "injected";
    if (annotationNamed(annotations, "RequestParam") !== undefined) return PAGING_NAMES.test(parameter.name) ? "paging" : "query";
    // An annotation that we do not know may resolve anything, most often the user ("@CurrentUser").
    if (
      annotations.some(
        (annotation) =>
          !/^(?:Valid|Validated|Parameter|NotNull|Nullable|ModelAttribute|ParameterObject|Min|Max|NonNull)$/.test(
            bareName(annotation.name),
          ),
      )
    )
      return "user";
    return "query";
  })();
  return { name: parameter.name, type: parameter.type, kind };
}
