import uPlot from "uplot";
import type { Tick } from "../../bench/panelProtocol.ts";

const HEIGHT = 180;

interface Line {
  readonly label: string;
  /** A colour of the theme. */
  readonly colour: string;
  /** Lines differ by their dashes too, so that colour is not the only carrier. */
  readonly dash: readonly number[];
  value(tick: Tick): number | null;
}

const RATE: readonly Line[] = [{ label: "requests/s", colour: "--vscode-charts-blue", dash: [], value: ({ rate }) => rate }];
const LATENCY: readonly Line[] = [
  { label: "p50 ms", colour: "--vscode-charts-green", dash: [], value: ({ p50Ms }) => p50Ms },
  { label: "p95 ms", colour: "--vscode-charts-yellow", dash: [8, 4], value: ({ p95Ms }) => p95Ms },
  { label: "p99 ms", colour: "--vscode-charts-red", dash: [2, 3], value: ({ p99Ms }) => p99Ms },
];

/** Rate and latency over time. They are pictures of what the tables say, so that a screen reader passes them over. */
export class Charts {
  readonly #rate: Chart;
  readonly #latency: Chart;

  constructor(container: HTMLElement) {
    this.#rate = new Chart(container, RATE);
    this.#latency = new Chart(container, LATENCY);
    new ResizeObserver(() => {
      this.#rate.resize();
      this.#latency.resize();
    }).observe(container);
    // Colours of the theme are read once when a chart is made.
    new MutationObserver(() => {
      this.#rate.recolour();
      this.#latency.recolour();
    }).observe(document.body, { attributeFilter: ["class"] });
  }

  show(ticks: readonly Tick[]): void {
    this.#rate.show(ticks);
    this.#latency.show(ticks);
  }
}

class Chart {
  readonly #container: HTMLElement;
  readonly #lines: readonly Line[];
  #plot: uPlot;
  #data: uPlot.AlignedData;

  constructor(container: HTMLElement, lines: readonly Line[]) {
    this.#container = container;
    this.#lines = lines;
    this.#data = [[], ...lines.map(() => [])];
    this.#plot = this.#make();
  }

  show(ticks: readonly Tick[]): void {
    this.#data = [ticks.map(({ tMs }) => tMs / 1000), ...this.#lines.map(({ value }) => ticks.map(value))];
    this.#plot.setData(this.#data);
  }

  resize(): void {
    this.#plot.setSize({ width: this.#width(), height: HEIGHT });
  }

  recolour(): void {
    this.#plot.destroy();
    this.#plot = this.#make();
  }

  #width(): number {
    return Math.max(200, this.#container.clientWidth);
  }

  #make(): uPlot {
    const colour = (name: string, otherwise: string) => getComputedStyle(document.body).getPropertyValue(name).trim() || otherwise;
    const text = colour("--vscode-foreground", "#888");
    const grid = colour("--vscode-editorWidget-border", "rgba(128, 128, 128, 0.3)");
    const axis = { stroke: text, grid: { stroke: grid, width: 1 }, ticks: { stroke: grid, width: 1 } };
    return new uPlot(
      {
        width: this.#width(),
        height: HEIGHT,
        scales: { x: { time: false }, y: { range: (_, __, max) => [0, Math.max(1, max * 1.1)] } },
        axes: [
          { ...axis, values: (_, splits) => splits.map((seconds) => `${seconds} s`) },
          { ...axis, size: 60 },
        ],
        series: [
          { label: "seconds" },
          ...this.#lines.map((line) => ({
            label: line.label,
            stroke: colour(line.colour, text),
            width: 2,
            dash: [...line.dash],
            points: { show: false },
            value: (_: uPlot, value: number | null) => (value === null ? "–" : value.toFixed(value < 10 ? 2 : 0)),
          })),
        ],
        legend: { live: false },
      },
      this.#data,
      this.#container,
    );
  }
}
