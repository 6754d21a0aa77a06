import assert from "node:assert/strict";
import { pomIn } from "../rules/config/builds.ts";
import { inFolder } from "./shell.ts";

const settings = (service: string): string => `${service}/src/main/resources/application.yml`;
const service = (name: string): string => `${pomIn(name, "spring-boot-starter-web", "spring-boot-starter-data-jpa")}
//- ${settings(name)}
server.port: 80
`;

describe("check of what several services lack alike", () => {
  it("tells of it whichever of the services is asked for", () =>
    inFolder(`${service("billing")}${service("orders")}`, async (folder) => {
      for (const asked of [".", settings("billing"), settings("orders")]) {
        const { findings } = await folder.check(asked, "--rule", "config/open-in-view");
        assert.deepEqual(
          findings.map(({ file, alike }) => [file, alike]),
          [[settings("billing"), [settings("orders")]]],
          asked,
        );
      }
      assert.deepEqual((await folder.check("orders/pom.xml", "--rule", "config/open-in-view")).findings, []);
    }));
});
