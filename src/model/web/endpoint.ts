import type { Place } from "../../text/positions.ts";

export const HTTP_VERBS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;
export type HttpVerb = (typeof HTTP_VERBS)[number] | "ANY";

/** A method that an HTTP request runs. Plain data. */
export interface Endpoint {
  /** Key of the method that runs (see methodKey). */
  readonly method: string;
  /** The same, as it runs in the controller that inherits it (see keyAs), where it does. */
  readonly runs: string;
  readonly file: string;
  readonly verb: HttpVerb;
  /** "/api/owners/{id}": constants put in, base path of the type in front. "" where the path is not known. */
  readonly path: string;
  /** "GET /api/owners/{id}". */
  readonly label: string;
  /** Its path or the roles that it asks for say that few people use it. */
  readonly forFew: boolean;
  /** Its path or the role that it asks for says that these few are administrators. */
  readonly forAdministrators: boolean;
  readonly inputs: readonly EndpointInput[];
  /** As written, "void" included. */
  readonly returns: string;
  /** The name of the method. */
  readonly at: Place;
  /** The mapping annotation. */
  readonly mapping: Place;
}

export interface EndpointInput {
  readonly name: string;
  readonly type: string;
  /**
   * `paging` is page, size, sort, order, locale and their kin: anybody's. `user` says who asks: principal, session, header, cookie, or
   * the raw request.
   */
  readonly kind: "path" | "query" | "body" | "user" | "paging" | "injected";
}

/** A method that a clock or a message runs, or a request that has no path of its own. Plain data. */
export interface Trigger {
  readonly method: string;
  readonly file: string;
  readonly kind: "scheduler" | "job" | "listener" | "endpoint";
  /** "@Scheduled purge", "GraphQL orders". */
  readonly label: string;
  /** A message, or a clock that strikes every few minutes; not the start of the application. */
  readonly often: boolean;
  /** Of a field of GraphQL: whether it is asked for once, as a query's, or once per object that has it. */
  readonly graphQl?: "once" | "per object";
  /** See EntryPoint. */
  readonly beforeView?: true;
  /** See EntryPoint. */
  readonly onTheWay?: true;
  readonly at: Place;
}
