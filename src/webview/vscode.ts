interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** The editor's side of a panel. */
export interface Editor<Kind extends string, State> {
  tell(kind: Kind): void;
  /** What was shown before the panel was hidden or the window reloaded. */
  kept(): State | undefined;
  keep(state: State): void;
}

/** `read` takes a state that was kept, perhaps by another version. */
export function connectEditor<Kind extends string, State>(read: (value: unknown) => State | undefined): Editor<Kind, State> {
  const api = acquireVsCodeApi();
  return {
    tell: (kind) => api.postMessage({ kind }),
    kept: () => read(api.getState()),
    keep: (state) => api.setState(state),
  };
}
