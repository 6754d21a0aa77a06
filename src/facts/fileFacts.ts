import type { Span } from "../text/positions.ts";
import type { BuildFacts } from "./build/buildFacts.ts";
import type { ConfigFacts } from "./config/configFacts.ts";
import type { ContainerFacts } from "./container/containerFacts.ts";
import type { DartFacts } from "./dart/dartFacts.ts";
import type { JavaFacts } from "./java/javaFacts.ts";
import type { MapperFacts } from "./mapper/mapperFacts.ts";
import type { ProjectFacts } from "./project/projectFacts.ts";
import type { SqlFacts } from "./sql/sqlFacts.ts";

/**
 * What one file says: plain data that can be cached, sent across threads and compared. Nothing in it comes from another file.
 */
export type FileFacts = JavaFile | SqlFile | DartFile | ConfigFile | BuildFile | ProjectFile | ContainerFile | MapperFile;

export interface JavaFile extends FileHead {
  readonly language: "java";
  readonly java: JavaFacts;
}
/** SQL scripts, and change logs of Liquibase whatever they are written in. */
export interface SqlFile extends FileHead {
  readonly language: "sql";
  readonly sql: SqlFacts;
}
export interface DartFile extends FileHead {
  readonly language: "dart";
  readonly dart: DartFacts;
}
/** `application*.yml`, `bootstrap*.properties` and their kin. */
export interface ConfigFile extends FileHead {
  readonly language: "config";
  readonly config: ConfigFacts;
}
/** `pom.xml`, `build.gradle(.kts)`, `libs.versions.toml`, `pubspec.yaml`. */
export interface BuildFile extends FileHead {
  readonly language: "build";
  readonly build: BuildFacts;
}
/** Dockerfiles, compose files, configurations of nginx. */
export interface ContainerFile extends FileHead {
  readonly language: "container";
  readonly container: ContainerFacts;
}
/** XML mappers of MyBatis. */
export interface MapperFile extends FileHead {
  readonly language: "mapper";
  readonly mapper: MapperFacts;
}
/** `performance.yaml`. */
export interface ProjectFile extends FileHead {
  readonly language: "project";
  readonly project: ProjectFacts;
}

export type Language = FileFacts["language"];
export type FactsOf<L extends Language> = Extract<FileFacts, { language: L }>;

export interface FileHead {
  /** Workspace path. */
  readonly file: string;
  /** SHA-256 of the bytes, hexadecimal. */
  readonly hash: string;
  readonly length: number;
  readonly lineStarts: Uint32Array;
  /** "partly" when some of the text did not parse: findings that touch `unparsed` are dropped. */
  readonly parse: "full" | "partly";
  readonly unparsed: readonly Span[];
  /** What a person should hear about the file itself: syntax, encoding, an unknown key. */
  readonly problems: readonly FileProblem[];
  readonly suppressions: readonly Suppression[];
}

export interface FileProblem {
  readonly span: Span;
  readonly message: string;
  readonly severity: "error" | "warning" | "information";
  /** It is one in PostgreSQL's SQL, and may be none where the file belongs to another database. */
  readonly dialect?: "postgresql";
}

/** A comment `perf-ignore rule-id[, rule-id]: reason`. */
export interface Suppression {
  readonly span: Span;
  readonly rules: readonly string[];
  readonly reason: string;
  /** "file" for `perf-ignore-file`. */
  readonly scope: "line" | "file";
}

/** What an extractor answers: its facts, and what it could not read. */
export interface Extracted<F> {
  readonly facts: F;
  readonly unparsed: readonly Span[];
  readonly problems: readonly FileProblem[];
}
