import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Diagnostic } from "vscode-languageserver";
import type { CheckReport } from "../../src/report/checkReport.ts";
import { Folder } from "../cli/shell.ts";
import { ServerWorkspace } from "./workspace.ts";

const CHECK = "backend/src/main/java/demo/TicketCheck.java";
const TEST = "backend/src/test/java/demo/TicketsInMemory.java";

/** Asks for rows only to learn whether there is one: the fix adds `existsByOwnerId` to the repository. */
const SOURCE = `package demo;
import org.springframework.stereotype.Service;
@Service
class TicketCheck {
  private final TicketRepository tickets;
  TicketCheck(TicketRepository tickets) { this.tickets = tickets; }
  boolean has(Long ownerId) { return !tickets.findByOwnerId(ownerId).isEmpty(); }
}
`;
const standIn = (name: string): string => `package demo;\nclass TicketsInMemory implements java.io.Serializable, ${name} {\n}\n`;

describe("a fix that adds a method to a repository that a class of the tests implements", () => {
  for (const [name, offered] of [
    ["TicketRepository", false],
    ["OtherRepository", true],
  ] as const) {
    it(`is ${offered ? "offered where that is another one" : "not offered by the editor"}`, async () => {
      const workspace = new ServerWorkspace();
      try {
        for (const [file, text] of [[CHECK, SOURCE] as const, [TEST, standIn(name)] as const]) {
          mkdirSync(dirname(workspace.path(file)), { recursive: true });
          writeFileSync(workspace.path(file), text);
        }
        const client = await workspace.start();
        client.open(CHECK, SOURCE);
        const [found] = await client.diagnostics(CHECK);
        const actions = await client.codeActions(CHECK, found as Diagnostic);
        assert.equal(
          actions.some(({ title }) => title.startsWith("Add existsByOwnerId")),
          offered,
        );
      } finally {
        await workspace.dispose();
      }
    });
  }

  describe("on the command line", () => {
    let workspace: ServerWorkspace;
    let folder: Folder;

    before(() => {
      workspace = new ServerWorkspace();
      folder = new Folder();
      for (const file of ["backend/pom.xml", "backend/src/main/java/demo/Ticket.java", "backend/src/main/java/demo/TicketRepository.java"])
        folder.write(file, readFileSync(workspace.path(file)));
      folder.write(CHECK, SOURCE);
    });
    after(async () => {
      folder.remove();
      await workspace.dispose();
    });

    it("is left out by `fix`, which names the class", async () => {
      folder.write(TEST, standIn("TicketRepository"));
      const { out, err } = await folder.run("fix", ".", "--suggestions", "--rule", "java/count-for-existence");
      assert.equal(out, "Nothing to fix.\n");
      assert.match(err, /^left out: "Add existsByOwnerId and ask it" .*TicketsInMemory\.java implements the interface/);
    });

    it("is not listed by `check`, also where the class is new since the last run", async () => {
      const listed = async () => {
        const { out } = await folder.run("check", ".", "--format", "json", "--rule", "java/count-for-existence");
        return (JSON.parse(out) as CheckReport).findings.map(({ fixes }) => fixes);
      };
      folder.write(TEST, standIn("OtherRepository"));
      assert.deepEqual(await listed(), [[{ title: "Add existsByOwnerId and ask it", safe: false }]]);
      folder.write(TEST, standIn("TicketRepository"));
      assert.deepEqual(await listed(), [[]]);
    });
  });
});
