import { type FromPanel, type PanelState, readPanelState } from "../../bench/panelProtocol.ts";

interface VsCodeApi {
  postMessage(message: FromPanel): void;
  getState(): unknown;
  setState(state: PanelState): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** The editor's side of the panel. */
export interface Editor {
  tell(kind: FromPanel["kind"]): void;
  /** What was shown before the panel was hidden or the window reloaded. */
  kept(): PanelState | undefined;
  keep(state: PanelState): void;
}

export function connectEditor(): Editor {
  const api = acquireVsCodeApi();
  return {
    tell: (kind) => api.postMessage({ kind }),
    kept: () => readPanelState(api.getState()),
    keep: (state) => api.setState(state),
  };
}
