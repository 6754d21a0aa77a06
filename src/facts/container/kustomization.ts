import { parseYaml, type YamlNode } from "../../syntax/yaml.ts";
import type { ConfigMap, KubernetesFacts, PlacedVariable } from "./containerFacts.ts";
import { child, itemsOf, scalar } from "./yamlNodes.ts";

export const isKustomization = (file: string): boolean => /(?:^|\/)kustomization\.ya?ml$/i.test(file);

/** The config maps that Kustomize makes: `configMapGenerator` with `literals`, `envs` and `env`. */
export function kustomizationFacts(text: string): KubernetesFacts {
  const configMaps = parseYaml(text).documents.flatMap(({ root }) => itemsOf(child(root, "configMapGenerator")).map(configMapOf));
  return { kind: "kubernetes", workloads: [], scalers: [], configMaps };
}

function configMapOf(generator: YamlNode): ConfigMap {
  const variables = itemsOf(child(generator, "literals")).flatMap((item): readonly PlacedVariable[] => {
    const [, name, value = ""] = item.kind === "scalar" ? (/^([^=]+)=([\s\S]*)$/.exec(item.text) ?? []) : [];
    return name === undefined ? [] : [{ name, value: value.replace(/^(["'])(.*)\1$/, "$2"), at: item.span }];
  });
  const envFiles = [...itemsOf(child(generator, "envs")), child(generator, "env")].flatMap((one) =>
    one?.kind === "scalar" ? one.text : [],
  );
  return { name: scalar(generator, "name") ?? "", variables, envFiles };
}
