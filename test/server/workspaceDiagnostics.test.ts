import assert from "node:assert/strict";
import { CancellationToken, type WorkspaceDiagnosticReportPartialResult } from "vscode-languageserver";
import type { Report, Reports } from "../../src/server/features/reports.ts";
import { WorkspaceDiagnostics } from "../../src/server/features/workspaceDiagnostics.ts";
import type { Session } from "../../src/server/session.ts";

const FILES = ["A.java", "B.java", "C.java", "D.java"];
/** Longer than findings that are there are kept back. */
const SLOW_MS = 1_100;

describe("server: what goes out for a workspace", () => {
  it("does not wait for a whole batch where judging takes long", async () => {
    const session = {
      indexed: () => Promise.resolve(),
      workspace: { files: () => FILES },
      documents: { uriOf: (file: string) => `file:///w/${file}`, fileOf: (uri: string) => uri, document: () => undefined },
    };
    const reports = {
      settings: { minimumSeverity: "hint", unopenedFiles: true, planVerdicts: false },
      of: (file: string): Report => {
        const until = performance.now() + (file === "B.java" ? SLOW_MS : 0);
        while (performance.now() < until);
        const start = { line: 0, character: 0 };
        return { items: [{ range: { start, end: start }, message: "slow" }], resultId: file };
      },
    };
    const diagnostics = new WorkspaceDiagnostics(session as unknown as Session, reports as unknown as Reports);
    const sent: string[][] = [];
    const done = new Promise<void>((resolve) => {
      const report = ({ items }: WorkspaceDiagnosticReportPartialResult) => {
        sent.push(items.map(({ uri }) => uri.slice("file:///w/".length)));
        if (sent.flat().length === FILES.length) resolve();
      };
      void diagnostics.hold({ previousResultIds: [] }, CancellationToken.None, { report });
    });
    await done;
    diagnostics.end();
    assert.deepEqual(sent, [
      ["A.java", "B.java"],
      ["C.java", "D.java"],
    ]);
  });
});
