import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Locator, Page } from "playwright-core";
import { packageExtension } from "../../scripts/package.ts";
import { browserPath, launch } from "../host/browser.ts";
import { type Served, serve } from "../host/codeServer.ts";
import { install, PROJECT } from "../host/install.ts";

const SETTINGS = {
  "chat.disableAIFeatures": true,
  "editor.minimap.enabled": false,
  "extensions.autoCheckUpdates": false,
  "files.autoSave": "off",
  "git.enabled": false,
  "remote.autoForwardPorts": false,
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "window.restoreWindows": "none",
  "workbench.colorTheme": "Default Dark Modern",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
};

const MOST_PRESSES = 5;

/** The whole product in a browser, our packaged extension in it, on a copy of a folder. */
export class Workbench {
  readonly page: Page;
  readonly #browser: Browser;
  readonly #served: Served;
  /** With the workspace, the extension and the person's settings; it goes with the workbench. */
  readonly #folder: string;
  readonly #workspace: string;

  private constructor(page: Page, browser: Browser, served: Served, folder: string, workspace: string) {
    this.page = page;
    this.#browser = browser;
    this.#served = served;
    this.#folder = folder;
    this.#workspace = workspace;
  }

  /** `folder` is relative to the project. Needs `dist/` built, and Chromium. */
  static async open(folder: string): Promise<Workbench> {
    const executable = browserPath();
    if (executable === undefined) throw new Error("The workbench tests need Chromium (apt-get install chromium), or its path in CHROMIUM");
    const { node, entry } = install("1.139", console.log);
    const temporary = mkdtempSync(join(tmpdir(), "performance-auditor-workbench-"));
    const workspace = join(temporary, folder.slice(folder.lastIndexOf("/") + 1));
    cpSync(join(PROJECT, folder), workspace, { recursive: true });
    await unpackExtension(join(temporary, "extensions"));
    mkdirSync(join(temporary, "data/User"), { recursive: true });
    writeFileSync(join(temporary, "data/User/settings.json"), JSON.stringify(SETTINGS));
    const served = await serve(
      node,
      [
        entry,
        ...["--auth", "none", "--disable-telemetry", "--disable-update-check", "--disable-workspace-trust"],
        ...[
          "--bind-addr",
          "127.0.0.1:{port}",
          "--user-data-dir",
          join(temporary, "data"),
          "--extensions-dir",
          join(temporary, "extensions"),
        ],
        workspace,
      ],
      /HTTP server listening on/,
    );
    const browser = await launch(executable);
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, deviceScaleFactor: 1 });
    await page.goto(`${served.origin}/?folder=${workspace}`);
    await page.locator(".monaco-workbench").waitFor();
    return new Workbench(page, browser, served, temporary, workspace);
  }

  /** Runs a command of the palette by its title. */
  async command(title: string): Promise<void> {
    await this.#choose("F1", title, title);
  }

  /** Opens a file of the workspace by its name. */
  async file(name: string): Promise<void> {
    await this.#choose("Control+P", name, name);
    await this.page.locator(".tab.active", { hasText: name }).waitFor();
  }

  /** Moves the cursor of the active editor. */
  async goTo(line: number, column: number): Promise<void> {
    await this.#choose("Control+G", `${line}:${column}`, `line ${line}`);
    await this.page.locator(".statusbar-item", { hasText: `Ln ${line}, Col ${column}` }).waitFor();
  }

  /** Waits until the active editor shows a line with this text. */
  async line(text: string): Promise<void> {
    // The editor writes spaces that do not break.
    await this.page
      .locator(".view-line", { hasText: new RegExp(escaped(text).replaceAll(" ", "[\\s\\u00a0]")) })
      .first()
      .waitFor();
  }

  /** Opens the quick fixes at the cursor of the active editor by keyboard; their titles, from the top. */
  async quickFixes(): Promise<string[]> {
    await this.page.locator(".editor-group-container.active .monaco-editor.focused").waitFor();
    const entries = this.page.locator(".action-widget .monaco-list-row.action");
    // Markers that arrive between the key and the answer make VS Code drop the request without a word; a person presses again.
    for (let presses = 0; presses < MOST_PRESSES; presses++) {
      await this.page.keyboard.press("Control+.");
      if (await appears(entries.first(), 6000)) return entries.allTextContents();
    }
    throw new Error(`The key for quick fixes was pressed ${MOST_PRESSES} times, and no menu came`);
  }

  /** Saves the active editor, which has been edited, and waits until it is saved. */
  async save(): Promise<void> {
    await this.page.locator(".tab.active.dirty").waitFor();
    await this.page.keyboard.press("Control+S");
    await this.page.locator(".tab.active:not(.dirty)").waitFor();
  }

  async screenshot(name: string): Promise<void> {
    const folder = process.env["SCREENSHOTS"] ?? join(PROJECT, ".cache/workbench");
    mkdirSync(folder, { recursive: true });
    await this.page.screenshot({ path: join(folder, `screenshot-${name}.png`) });
  }

  read(file: string): string {
    return readFileSync(join(this.#workspace, file), "utf8");
  }

  /** Opens a quick input, types into it, and takes the entry that shows `wanted`. */
  async #choose(key: string, typed: string, wanted: string): Promise<void> {
    await this.page.keyboard.press(key);
    await this.page.locator(".quick-input-widget input").waitFor();
    await this.page.keyboard.type(typed);
    const entry = this.page.locator(".quick-input-list .monaco-list-row", { hasText: wanted }).first();
    await entry.waitFor();
    await this.page.keyboard.press("Enter");
    // A command may ask for more in the next quick input.
    await entry.waitFor({ state: "hidden" });
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.#served.stop();
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Whether an element is seen within so many milliseconds. */
function appears(element: Locator, timeout: number): Promise<boolean> {
  return element.waitFor({ timeout }).then(
    () => true,
    () => false,
  );
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** The package as a person installs it. */
async function unpackExtension(extensions: string): Promise<void> {
  const { name, publisher, version } = JSON.parse(readFileSync(join(PROJECT, "package.json"), "utf8")) as Record<string, string>;
  const target = join(extensions, `${publisher}.${name}-${version}`);
  const packagePath = join(extensions, "package.vsix");
  mkdirSync(extensions, { recursive: true });
  await packageExtension(packagePath);
  execFileSync("unzip", ["-q", packagePath, "-d", join(extensions, "unpacked")]);
  cpSync(join(extensions, "unpacked/extension"), target, { recursive: true });
  rmSync(join(extensions, "unpacked"), { recursive: true });
  rmSync(packagePath);
}
