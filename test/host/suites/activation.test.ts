import assert from "node:assert/strict";
import { commands, extensions } from "vscode";
import { say } from "../say.ts";
import { EXTENSION } from "./editor.ts";

describe("activation", () => {
  it("takes at most 30 ms and registers every command of the manifest", async () => {
    const extension = extensions.getExtension(EXTENSION);
    assert.ok(extension !== undefined, "the extension is there");
    await extension.activate();
    const { activationMs } = extension.exports as { readonly activationMs: number };
    assert.ok(activationMs <= 30, `activate() took ${activationMs.toFixed(1)} ms`);
    say(`activate() took ${activationMs.toFixed(1)} ms`);
    const registered = new Set(await commands.getCommands(true));
    const promised = extension.packageJSON.contributes.commands as readonly { readonly command: string }[];
    assert.deepEqual(
      promised.map(({ command }) => command).filter((command) => !registered.has(command)),
      [],
    );
  });
});
