import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { Browser, Page } from "playwright-core";
import { browserPath, launch } from "../host/browser.ts";

const ORIGIN = "http://panel.invalid";

/** What the editor does for a panel, and what the page did that its policy forbids; as text, so that it is not compiled for Node. */
const editorScript = (kept: unknown) => `
  Object.assign(window, { told: [], violations: [], kept: ${JSON.stringify(kept) ?? "undefined"} });
  addEventListener("securitypolicyviolation", (event) => violations.push(event.violatedDirective));
  window.acquireVsCodeApi = () => ({
    postMessage: (message) => told.push(message),
    getState: () => window.kept,
    setState: (state) => { window.kept = state; },
  });`;

/** A panel's script and style sheet in a browser, as the editor shows them. */
export class PanelPages {
  readonly #browser: Browser;
  readonly #assets: ReadonlyMap<string, string>;

  private constructor(browser: Browser, assets: ReadonlyMap<string, string>) {
    this.#browser = browser;
    this.#assets = assets;
  }

  /** Undefined where there is no Chromium. */
  static async launch(panel: "bench" | "plan"): Promise<PanelPages | undefined> {
    const path = browserPath();
    if (path === undefined) {
      console.log("      left out: there is no Chromium; its path goes into CHROMIUM");
      return undefined;
    }
    const entry = fileURLToPath(new URL(`../../src/webview/${panel}/main.ts`, import.meta.url));
    const built = await build({ entryPoints: [entry], bundle: true, format: "iife", outdir: "out", write: false, logLevel: "silent" });
    const assets = new Map(built.outputFiles.map(({ path: file, text }) => [file.endsWith(".css") ? "/panel.css" : "/panel.js", text]));
    return new PanelPages(await launch(path), assets);
  }

  /** The page as the editor makes it, with the policy of page.ts; `theme` is a style sheet with the theme's colours. */
  async open(kept?: unknown, theme = "", viewport = { width: 900, height: 900 }): Promise<Page> {
    const page = await this.#browser.newPage({ viewport });
    const policy = `default-src 'none'; style-src ${ORIGIN}; script-src 'nonce-abc'`;
    const html = `<!DOCTYPE html><html lang="en"><head><meta http-equiv="Content-Security-Policy" content="${policy}"><title>Panel</title><link rel="stylesheet" href="/panel.css"><link rel="stylesheet" href="/theme.css"></head><body><script nonce="abc" src="/panel.js"></script></body></html>`;
    await page.route("**/*", (route) => {
      const path = new URL(route.request().url()).pathname;
      const asset = path === "/theme.css" ? theme : this.#assets.get(path);
      const contentType = path.endsWith(".css") ? "text/css" : path.endsWith(".js") ? "text/javascript" : "text/html";
      return route.fulfill({ contentType, body: asset ?? html });
    });
    await page.addInitScript({ content: editorScript(kept) });
    await page.goto(ORIGIN);
    return page;
  }

  async close(): Promise<void> {
    await this.#browser.close();
  }
}

export const post = (page: Page, message: object) =>
  page.evaluate(`dispatchEvent(new MessageEvent("message", { data: ${JSON.stringify(message)} }))`);
export const told = (page: Page) => page.evaluate<readonly { readonly kind: string }[]>("told");
export const violations = (page: Page) => page.evaluate<readonly string[]>("violations");
