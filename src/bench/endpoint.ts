/** An HTTP endpoint as people name it: `GET /tickets/{id}`. The path may be a template or concrete. */
export interface Endpoint {
  readonly method: Method;
  readonly path: string;
}

export const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;
export type Method = (typeof METHODS)[number];

const ENDPOINT = /^([A-Za-z]+)\s+(\/\S*)$/;
const VARIABLE = /\{[^{}/]*(?:\{[^{}]*\}[^{}/]*)*\}/g;

/** Reads `GET /x`; undefined where it is not a method and a path that starts with "/". */
export function parseEndpoint(text: string): Endpoint | undefined {
  const [, word, path] = ENDPOINT.exec(text.trim()) ?? [];
  const method = METHODS.find((known) => known === word?.toUpperCase());
  return method === undefined || path === undefined ? undefined : { method, path };
}

export const endpointName = ({ method, path }: Endpoint): string => `${method} ${path}`;

/** The path variables that still need a value: `["{id}"]` for `/tickets/{id}`. */
export function variablesOf(path: string): readonly string[] {
  return path.match(VARIABLE) ?? [];
}

/**
 * Whether `concrete` is a call of `template`: same method, same path segment by segment, a variable standing for one segment
 * and `**` for any rest. The query and a slash at the end don't count; two templates match when they differ in names alone.
 */
export function matchesEndpoint(template: Endpoint, concrete: Endpoint): boolean {
  if (template.method !== concrete.method) return false;
  const wanted = segmentsOf(template.path);
  const given = segmentsOf(concrete.path);
  for (const [i, segment] of wanted.entries()) {
    if (segment === "**" || segment.startsWith("{*")) return true;
    const other = given[i];
    if (other === undefined) return false;
    if (segment === "*" || segment === other) continue;
    if (!segmentPattern(segment).test(other)) return false;
  }
  return wanted.length === given.length;
}

/** The template that says most of the call literally: `/tickets/open` before `/tickets/{id}`. */
export function bestMatch<T extends { readonly endpoint: Endpoint }>(templates: readonly T[], concrete: Endpoint): T | undefined {
  const literal = (candidate: T) => candidate.endpoint.path.replace(VARIABLE, "").length;
  return templates
    .filter(({ endpoint }) => matchesEndpoint(endpoint, concrete))
    .reduce<T | undefined>((best, candidate) => (best === undefined || literal(candidate) > literal(best) ? candidate : best), undefined);
}

function segmentsOf(path: string): readonly string[] {
  const plain = path.replace(/[?#].*$/, "").replace(/\/+$/, "");
  return plain.split("/").slice(1);
}

function segmentPattern(segment: string): RegExp {
  const literals = segment.split(VARIABLE).map((literal) => literal.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${literals.join(".+")}$`);
}
