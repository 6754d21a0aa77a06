import { randomBytes } from "node:crypto";
import { type ExtensionContext, Uri, type Webview, type WebviewOptions } from "vscode";

/** What a panel of ours may do: run scripts, and load what we bring. */
export const optionsOf = (context: ExtensionContext): WebviewOptions => ({
  enableScripts: true,
  localResourceRoots: [Uri.joinPath(context.extensionUri, "dist", "webview")],
});

/** The page of a panel: nothing but our script and style sheet of that name runs or loads. */
export function page(webview: Webview, context: ExtensionContext, name: "bench" | "plan", title: string): string {
  const nonce = randomBytes(18).toString("base64");
  const asset = (file: string) => webview.asWebviewUri(Uri.joinPath(context.extensionUri, "dist", "webview", file));
  const policy = `default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="stylesheet" href="${asset(`${name}.css`)}">
</head>
<body>
<script nonce="${nonce}" src="${asset(`${name}.js`)}"></script>
</body>
</html>`;
}
