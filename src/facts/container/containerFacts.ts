import type { DockerInstruction } from "../../syntax/dockerfile.ts";
import type { NginxDirective } from "../../syntax/nginx.ts";
import type { Span } from "../../text/positions.ts";

export type { DockerInstruction, NginxDirective };

/** What a Dockerfile, a compose file, a manifest of Kubernetes or a configuration of nginx says. */
export type ContainerFacts = DockerfileFacts | ComposeFacts | KubernetesFacts | NginxFacts;

export interface DockerfileFacts {
  readonly kind: "dockerfile";
  readonly stages: readonly DockerStage[];
}

/** What stands behind one FROM. */
export interface DockerStage {
  /** The image, or the name of another stage: "eclipse-temurin:21-jre". */
  readonly base: string;
  readonly name: string | undefined;
  readonly instructions: readonly DockerInstruction[];
}

export interface ComposeFacts {
  readonly kind: "compose";
  readonly services: readonly ComposeService[];
}

export interface ComposeService {
  readonly name: string;
  readonly nameSpan: Span;
  readonly image: string | undefined;
  /** Relative to the compose file; undefined for a service that is not built here. */
  readonly build: { readonly context: string; readonly dockerfile: string } | undefined;
  /** As written, placeholders unresolved. */
  readonly environment: Readonly<Record<string, string>>;
  /** `command` and `entrypoint`, as one text. */
  readonly command: string;
  /** `deploy.resources.limits` and `mem_limit`, `cpus`. */
  readonly memory: Limit | undefined;
  readonly cpus: Limit | undefined;
  /** `deploy.replicas` or `scale`; 1 where nothing is said, or a placeholder. */
  readonly replicas: number;
  /** Every scalar below the service with its place, for what is looked for in texts. */
  readonly texts: readonly PlacedText[];
}

export interface KubernetesFacts {
  readonly kind: "kubernetes";
  readonly workloads: readonly Workload[];
  readonly scalers: readonly Scaler[];
}

/** A Deployment or StatefulSet. */
export interface Workload {
  readonly name: string;
  readonly images: readonly string[];
  /** 1 where nothing is said, or a placeholder. */
  readonly replicas: number;
  /** Names of the variables that its containers are given one by one. */
  readonly variables: readonly string[];
  /** `command` and `args` of its containers, as one text. */
  readonly command: string;
}

/** A HorizontalPodAutoscaler: how many replicas its workload has at most. */
export interface Scaler {
  readonly target: string;
  readonly replicas: number;
}

export interface Limit {
  /** Bytes of memory; processors. */
  readonly amount: number;
  readonly at: Span;
}

export interface PlacedText {
  readonly text: string;
  readonly at: Span;
}

export interface NginxFacts {
  readonly kind: "nginx";
  readonly directives: readonly NginxDirective[];
}
