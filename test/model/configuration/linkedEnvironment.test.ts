import assert from "node:assert/strict";
import type { FileFacts } from "../../../src/facts/fileFacts.ts";
import { Model } from "../../../src/model/model.ts";
import type { FactsStore } from "../../../src/model/part.ts";
import { factsOf } from "../../harness/check.ts";

/** What containers set, as `file name=value`, after files were put one by one. */
async function given(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const known = new Map<string, FileFacts>();
  const store: FactsStore = {
    get: (file) => known.get(file),
    of: (language) => [...known.values()].filter((facts) => facts.language === language) as never,
  };
  const model = new Model();
  for (const [file, text] of Object.entries(files)) {
    const after = await factsOf(file, text);
    known.set(file, after);
    model.update([{ file, before: undefined, after }], store);
  }
  return Object.keys(files).flatMap((file) =>
    model.configuration.environmentIn(file).map(({ name, value, names }) => `${file} ${name}=${value} (${names[0]})`),
  );
}

describe("what containers are given by several files", () => {
  it("comes from files of variables that services name, where they say nothing themselves", async () => {
    assert.deepEqual(
      await given({
        "deploy/common.env": '# shared\nSPRING_JPA_SHOW_SQL=true\nexport SERVER_PORT="80" # inside\nSPRING_MAIL_PASSWORD=x\nOTHER=1\n',
        "deploy/compose.yml":
          "services:\n  shop:\n    env_file: [./common.env]\n  tax:\n    env_file: { path: common.env }\n  orders:\n    env_file:\n      - path: common.env\n        required: false\n    environment: { SERVER_PORT: 90 }\n",
      }),
      [
        "deploy/common.env SPRING_JPA_SHOW_SQL=true (shop)",
        "deploy/common.env SERVER_PORT=80 (shop)",
        "deploy/common.env SPRING_JPA_SHOW_SQL=true (tax)",
        "deploy/common.env SERVER_PORT=80 (tax)",
        "deploy/common.env SPRING_JPA_SHOW_SQL=true (orders)",
        "deploy/compose.yml SERVER_PORT=90 (orders)",
      ],
    );
  });

  it("is nothing where nobody names the file, or for development alone", async () => {
    assert.deepEqual(
      await given({
        ".env": "SERVER_PORT=80\n",
        "compose.dev.yml": "services: { shop: { env_file: .env } }\n",
        "compose.yml": "services: { shop: { image: shop } }\n",
      }),
      [],
    );
  });

  it("comes from the generators of Kustomize", async () => {
    assert.deepEqual(
      await given({
        "base/kustomization.yaml":
          "configMapGenerator:\n  - name: shop\n    literals:\n      - SPRING_JPA_SHOW_SQL=true\n      - SERVER_PORT='80'\n    envs: [shop.env]\n",
        "base/shop.env": "SERVER_PORT=81\nLOGGING_LEVEL_ROOT=DEBUG\n",
      }),
      [
        "base/kustomization.yaml SPRING_JPA_SHOW_SQL=true (shop)",
        "base/kustomization.yaml SERVER_PORT=80 (shop)",
        "base/shop.env LOGGING_LEVEL_ROOT=DEBUG (shop)",
      ],
    );
  });

  const TEMPLATE = `kind: Deployment
spec:
  containers:
    - name: {{ .Chart.Name }}
      env:
        - name: SERVER_PORT
          value: "80"
        - name: SPRING_JPA_SHOW_SQL
          value: {{ .Values.jpa.showSql | quote }}
        - name: LOGGING_LEVEL_ROOT
          value: "{{ .Values.level }}-x"
        {{- if .Values.debug }}
        - name: SPRING_JPA_OPEN_IN_VIEW
          value: "true"
        {{- end }}
        - name: SPRING_DATASOURCE_URL
          valueFrom: { secretKeyRef: { name: a, key: b } }
`;

  it("comes from templates of charts and their values, and is unknown where a program makes it", async () => {
    assert.deepEqual(
      await given({
        "charts/shop/templates/deployment.yaml": TEMPLATE,
        "charts/shop/values.yaml": "jpa:\n  showSql: true\nlevel: DEBUG\n",
      }),
      [
        "charts/shop/templates/deployment.yaml SERVER_PORT=80 (shop)",
        "charts/shop/templates/deployment.yaml LOGGING_LEVEL_ROOT={{ … }} (shop)",
        "charts/shop/templates/deployment.yaml SPRING_JPA_OPEN_IN_VIEW={{ … }} (shop)",
        "charts/shop/values.yaml SPRING_JPA_SHOW_SQL=true (shop)",
      ],
    );
  });

  it("is unknown where stages or the chart around it have other values", async () => {
    for (const [file, values] of [
      ["charts/shop/values-prod.yaml", "jpa: { showSql: false }"],
      ["values.yaml", "shop: { jpa: { showSql: false } }"],
      ["stages/live/values.yaml", "jpa: { showSql: false }"],
    ] as const)
      assert.ok(
        (
          await given({
            "charts/shop/templates/deployment.yaml": TEMPLATE,
            "charts/shop/values.yaml": "jpa: { showSql: true }",
            [file]: values,
          })
        ).includes("charts/shop/templates/deployment.yaml SPRING_JPA_SHOW_SQL={{ … }} (shop)"),
        file,
      );
  });

  it("does not depend on values of another chart, nor on those for development", async () => {
    const found = await given({
      "charts/shop/templates/deployment.yaml": TEMPLATE,
      "charts/shop/values.yaml": "jpa: { showSql: true }",
      "charts/shop/values-dev.yaml": "jpa: { showSql: false }",
      "charts/tax/templates/configmap.yaml": "kind: ConfigMap\ndata:\n  SERVER_PORT: {{ .Values.port }}\n",
      "charts/tax/values.yaml": "port: 80\njpa: { showSql: false }\nextra:\n  - name: SPRING_JPA_OPEN_IN_VIEW\n    value: x\n",
    });
    assert.ok(found.includes("charts/shop/values.yaml SPRING_JPA_SHOW_SQL=true (shop)"));
    assert.ok(found.includes("charts/tax/values.yaml SERVER_PORT=80 (tax)"));
    assert.ok(found.includes("charts/tax/values.yaml SPRING_JPA_OPEN_IN_VIEW={{ … }} (tax)"));
  });
});
