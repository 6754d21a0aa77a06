import type { Span } from "../../text/positions.ts";

/** What an `application*` or `bootstrap*` file says, one that a configuration server hands out, or Flyway's: `V1__a.sql.conf` beside a migration, and `flyway.conf`. */
export interface ConfigFacts {
  readonly format: "yaml" | "properties";
  readonly kind: "application" | "bootstrap" | "served" | "script" | "flyway";
  /** The profile of the file's name: "prod" of `application-prod.yml`. */
  readonly profile: string | undefined;
  /** In order: a later one overrides an earlier one. */
  readonly documents: readonly ConfigDocument[];
}

/** What stands between two `---` or `#---`. */
export interface ConfigDocument {
  /** `spring.config.activate.on-profile`, or `spring.profiles` of Boot 2.3 and older: "prod | staging". */
  readonly onProfile: string | undefined;
  readonly properties: readonly ConfigProperty[];
  /** The keys of YAML that hold other keys, as full keys: "spring", "spring.jpa". */
  readonly sections: readonly ConfigSection[];
}

export interface ConfigSection {
  readonly key: string;
  /** Its last part. */
  readonly keySpan: Span;
}

export interface ConfigProperty {
  /** As written, levels joined by dots, list items as "[0]": "spring.jpa.open-in-view". */
  readonly key: string;
  /** As written, without quotes and escapes: placeholders unresolved. "" for a key without a value. */
  readonly value: string;
  /** The last part of the key in YAML; the whole key in properties. */
  readonly keySpan: Span;
  /** Empty behind a key without a value. */
  readonly valueSpan: Span;
}

/**
 * The form in which Spring Boot compares keys: "spring.jpa.openinview" for open-in-view, openInView and open_in_view.
 * SPRING_JPA_OPEN_IN_VIEW binds as a variable of the environment only: in a file it is a key of one part that nobody reads.
 */
export function canonicalKey(key: string): string {
  return key.toLowerCase().replace(/[-_]/g, "");
}
