import assert from "node:assert/strict";
import { rebuildWideState } from "../../../src/rules/dart/rebuild-wide-state.ts";
import { TestWorkspace } from "../../harness/check.ts";
import { parseFixture } from "../../harness/fixture.ts";
import { rule } from "../../harness/rule.ts";
import { rows, wideState } from "./widePages.ts";

rule(rebuildWideState, {
  reports: {
    "decisions of people on one wide page": wideState(
      "Switch(value: _isLoading, onChanged: (on) => setState(() => _isLoading = on)), Text(_name)",
      //                                                //~~~~~~~~
      `  void _rename(String name) => setState(() => _name = name);
                             //^^^^^^^^ setState of _name rebuilds 63 widgets; 1 of them read it`,
    ),
    "setState at every scroll, taken apart before it is read by one of many": wideState(
      "Opacity(opacity: shown)",
      `  void _onScroll() => setState(() => _offset = _scroll.offset);
                    //^^^^^^^^ setState of _offset rebuilds 62 widgets; 1 of them read it`,
      "    final (shown, :named) = (_offset, named: _name);\n",
    ),
    "setState at every scroll, read by one of many": wideState(
      "Opacity(opacity: _offset)",
      `  void _onScroll() {
    setState(() {
  //^^^^^^^^ setState of _offset rebuilds 62 widgets; 1 of them read it
      _offset = _scroll.offset;
    });
  }`,
    ),
  },
  ignores: {
    "a small build method": `
//- lib/page.dart
class _PageState extends State<Page> {
  int _count = 0;
  void _add() => setState(() => _count++);
  @override
  Widget build(BuildContext context) => Text('$_count');
}
`,
    "a field that decides what is built": wideState(
      "Opacity(opacity: 1)",
      "  void _onScroll() => setState(() => _isLoading = true);",
      "    if (_isLoading) return const CircularProgressIndicator();\n",
    ),
    "a field that decides what is built, through this": wideState(
      "Opacity(opacity: 1), Text(_isLoading ? 'c' : 'd')",
      "  void _onScroll() => setState(() => _isLoading = true);",
      "    if (this._isLoading) return const CircularProgressIndicator();\n",
    ),
    "a field that most of the tree reads through what it is taken apart into": wideState(
      rows(30, "Opacity(opacity: shown)").replaceAll("\n", ", "),
      "  void _onScroll() => setState(() => _offset = 1);",
      "    final (shown, _) = (_offset, _name);\n",
    ),
    "a field that most of the tree reads": wideState(
      rows(30, "Opacity(opacity: _offset)").replaceAll("\n", ", "),
      "  void _onScroll() => setState(() => _offset = 1);",
    ),
    "the setState of a StatefulBuilder": wideState(
      "StatefulBuilder(builder: (context, setState) => Slider(value: _offset, onChanged: (value) => setState(() => _offset = value)))",
      "  void _onScroll() {}",
    ),
    "setState that does more than assign": wideState(
      "Opacity(opacity: _offset)",
      "  void _onScroll() => setState(() { _offset = 1; load(); });",
    ),
  },
});

describe("dart/rebuild-wide-state: how often setState runs", () => {
  async function severities(change: string): Promise<readonly string[]> {
    const workspace = new TestWorkspace([rebuildWideState]);
    await workspace.put(parseFixture(wideState("Opacity(opacity: _offset)", change)).files);
    return workspace.findings().map(({ severity, message }) => `${severity} ${message.slice(0, message.indexOf(" rebuilds"))}`);
  }

  it("counts a listener's as many", async () => {
    assert.deepEqual(await severities("  void _onScroll() => setState(() => _offset = _scroll.offset);"), [
      "information setState of _offset",
    ]);
  });

  // thunder: the bar of a feed that hides itself
  it("counts one that runs when a line is crossed as a decision", async () => {
    const change = "  void _onScroll() {\n    if (_scroll.offset > 100 && _offset == 0) setState(() => _offset = 1);\n  }";
    assert.deepEqual(await severities(change), ["hint setState of _offset"]);
  });

  it("counts one that follows a value as many, though it asks whether it changed", async () => {
    const change = "  void _onScroll() {\n    if (_scroll.offset != _offset) setState(() => _offset = _scroll.offset);\n  }";
    assert.deepEqual(await severities(change), ["information setState of _offset"]);
  });

  it("counts one that counts on as many, though it asks how far it is", async () => {
    for (const step of ["_offset++", "_offset += 1"])
      assert.deepEqual(await severities(`  void _onScroll() {\n    if (_offset < 100) setState(() => ${step});\n  }`), [
        "information setState of _offset",
      ]);
  });

  // localsend: seconds that are counted down
  it("counts a periodic timer's as many", async () => {
    const change = "  void _onScroll() {\n    Timer.periodic(const Duration(seconds: 1), (_) => setState(() => _offset = now()));\n  }";
    assert.deepEqual(await severities(change), ["information setState of _offset"]);
  });

  // thunder, namida: a search that waits until nobody types
  it("counts one behind a timer as a decision", async () => {
    const change = `  Timer? _wait;
  void _onScroll() {
    _wait?.cancel();
    _wait = Timer(const Duration(milliseconds: 300), () => setState(() => _offset = _scroll.offset));
  }`;
    assert.deepEqual(await severities(change), ["hint setState of _offset"]);
  });
});
