import type { DockerInstruction } from "../../syntax/dockerfile.ts";
import type { NginxDirective } from "../../syntax/nginx.ts";
import type { Span } from "../../text/positions.ts";

export type { DockerInstruction, NginxDirective };

/** What a Dockerfile, a compose file, a manifest of Kubernetes, a chart of Helm, a file of variables or a configuration of nginx says. */
export type ContainerFacts = DockerfileFacts | ComposeFacts | KubernetesFacts | ChartFacts | EnvironmentFileFacts | NginxFacts;

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

/** A service of a compose file, or a container of a workload. */
export interface ComposeService {
  readonly name: string;
  readonly nameSpan: Span;
  readonly image: string | undefined;
  /** Relative to the compose file; undefined for a service that is not built here. */
  readonly build: { readonly context: string; readonly dockerfile: string } | undefined;
  /** As written, placeholders unresolved. */
  readonly environment: Readonly<Record<string, string>>;
  /** The same with their places. */
  readonly variables: readonly PlacedVariable[];
  /** Files with more of them, `env_file`: as written, relative to this file. */
  readonly envFiles: readonly string[];
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
  readonly configMaps: readonly ConfigMap[];
}

/** A Deployment or StatefulSet. */
export interface Workload {
  readonly name: string;
  readonly images: readonly string[];
  /** 1 where nothing is said, or a placeholder. */
  readonly replicas: number;
  /** What its containers are given one by one; "" for values that come from elsewhere. */
  readonly variables: readonly PlacedVariable[];
  /** `command` and `args` of its containers, as one text. */
  readonly command: string;
  /** Its containers, as services of a compose file are read. */
  readonly containers: readonly ComposeService[];
}

/** Variables, or whole files of settings whose keys stand for them: "spring.jpa.open-in-view". */
export interface ConfigMap {
  readonly name: string;
  readonly variables: readonly PlacedVariable[];
  /** Files that Kustomize takes variables from, relative to this one. */
  readonly envFiles: readonly string[];
}

/** A template of Helm, or the values of a chart. */
export interface ChartFacts {
  readonly kind: "chart";
  readonly variables: readonly ChartVariable[];
  readonly values: readonly (PlacedText & { readonly path: string })[];
}

/** A variable of a container: its value, or the path of that among the chart's values; neither where a program makes it. */
export interface ChartVariable {
  readonly name: string;
  readonly value: string | undefined;
  readonly path: string | undefined;
  readonly at: Span;
}

/** `.env`, `shop.env`: what containers are given by name. */
export interface EnvironmentFileFacts {
  readonly kind: "environment";
  readonly variables: readonly PlacedVariable[];
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

export interface PlacedVariable {
  readonly name: string;
  readonly value: string;
  /** The name; of an item of a list, "NAME=value", all of it. */
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
