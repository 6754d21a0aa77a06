import assert from "node:assert/strict";
import { controllerNotDisposed } from "../../../src/rules/dart/controller-not-disposed.ts";
import { TestWorkspace } from "../../harness/check.ts";
import { parseFixture } from "../../harness/fixture.ts";
import { rule } from "../../harness/rule.ts";
import { state } from "./controllerStates.ts";

rule(controllerNotDisposed, {
  reports: {
    "a controller of a state without dispose": state(`  final _scroll = ScrollController();
      //^^^^^^^ 💡 _scroll: this ScrollController is never disposed

  @override
  Widget build(BuildContext context) => ListView(controller: _scroll);`),
    "a state with an initState and no dispose": state(`  late final AnimationController _spin;
                               //^^^^^ 💡 _spin: this AnimationController is never disposed

  @override
  void initState() {
    super.initState();
    _spin = AnimationController(vsync: this)..repeat();
          //~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ created in initState()
  }

  @override
  Widget build(BuildContext context) => RotationTransition(turns: _spin);`),
    "one of two controllers forgotten": state(`  final _name = TextEditingController();
  final _focus = FocusNode();
      //^^^^^^ 💡 _focus: this FocusNode is never disposed

  @override
  void dispose() {
    _name.dispose();
    super.dispose();
  }

  @override
  Widget build(BuildContext context) => TextField(controller: _name, focusNode: _focus);`),
    "a subscription kept in a nullable field": state(`  StreamSubscription<int>? _ticks;
                         //^^^^^^ 💡 _ticks: this StreamSubscription is never cancelled

  @override
  void initState() {
    super.initState();
    _ticks = ticks.listen((_) => setState(() {}));
  }

  @override
  void dispose() => super.dispose();`),
    "a periodic timer": state(`  Timer? _poll;
       //^^^^^ 💡 _poll: this Timer is never cancelled

  void _start() {
    _poll = Timer.periodic(const Duration(seconds: 5), (_) => load());
  }

  @override
  void dispose() { super.dispose(); }`),
    "a stream of the state's own, which ends with it": state(`  final _edits = StreamController<String>.broadcast();
      //^^^^^^ 💡 _edits: this StreamController is never closed
  StreamSubscription<String>? _seen;

  @override
  void initState() {
    super.initState();
    _seen = _edits.stream.listen((text) => setState(() {}));
  }

  @override
  Widget build(BuildContext context) => StreamBuilder(stream: _edits.stream, builder: (_, __) => TextField(onChanged: _edits.add));`),
    "a stream that is given to somebody else, and one that somebody else feeds": state(`  final _edits = StreamController<String>();
      //^^^^^^ 💡 _edits: this StreamController is never closed
  final _all = StreamController<String>();
      //^^^^ 💡 _all: this StreamController is never closed

  @override
  void initState() {
    super.initState();
    Drafts.instance.follow(_edits.stream);
    _all.addStream(store.changes);
  }`),
    // flutter-go, pixez-flutter: nobody holds what listens to the whole application's events
    "subscriptions and a timer that are kept nowhere": state(`  String _name = '';

  @override
  void initState() {
    super.initState();
    events.bus.on<Login>().listen((login) => setState(() => _name = login.name));
  //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ events.bus.on: this StreamSubscription is kept nowhere and never cancelled
    Auth.instance.changes().listen(_show);
  //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Auth.instance.changes: this StreamSubscription is kept nowhere and never cancelled
    store.saved.listen((_) => show(context));
  //^^^^^^^^^^^^^^^^^^ store.saved: this StreamSubscription is kept nowhere and never cancelled
    Timer.periodic(const Duration(hours: 1), (_) => _show(null));
  //^^^^^^^^^^^^^^ Timer.periodic: this Timer is kept nowhere and never cancelled
  }

  void _show(User? user) => setState(() => _name = user?.name ?? '');
}

final store = Store();

class Store {
`),
  },
  ignores: {
    // saropa_lints require_dispose_pattern "borrowed references"; awesome_lints 2.2.0
    "a controller of the widget": state(`  late final ScrollController _scroll;
  ScrollController get other => widget.controller!;

  @override
  void initState() {
    super.initState();
    _scroll = widget.controller!;
  }`),
    "subscriptions that end with what they listen to, or that do without the state": state(`  final _own = Sensor();
  String _name = '';

  void _watch(Camera camera) {
    camera.codes.listen((code) => setState(() => _name = code));
    _own.values.listen((value) => setState(() => _name = value));
    File('a').openRead().listen((bytes) => setState(() => _name = ''));
    Auth.instance.changes().take(1).listen((_) => setState(() => _name = ''));
    Auth.instance.changes().listen((user) => print(user));
    Auth.instance.changes().listen((_name) => print(_name));
    Timer.periodic(const Duration(seconds: 1), (timer) {
      setState(() => _name = '');
      if (_name == '') timer.cancel();
    });
    final held = Auth.instance.changes().listen((_) => setState(() => _name = ''));
    held.cancel();
    Auth.instance.changes().listen((user) {
      final (name: _name, :id) = user.parts;
      print('$_name $id');
    });
    final (store, _) = (Store(), 1);
    store.saved.listen((_) => setState(() => _name = ''));
  }
}

final store = Store();

class Store {`),
    "a subscription to a stream of its own, which is closed": state(`  final _edits = StreamController<String>();
  StreamSubscription<String>? _seen;

  @override
  void initState() {
    super.initState();
    _seen = _edits.stream.listen((text) => setState(() {}));
  }

  @override
  void dispose() {
    _edits.close();
    super.dispose();
  }`),
    "subscriptions of the whole application": `
//- lib/main.dart
void main() => runApp(const App());

class _AppState extends State<App> {
  @override
  void initState() {
    super.initState();
    Links.instance.opened.listen((link) => Navigator.of(context).pushNamed(link));
  }
}
`,
    // pixez-flutter: left over from an older page
    "a controller that nothing mentions": state(`  final _scroll = ScrollController();
  late final ValueNotifier<double> _height;

  @override
  void initState() {
    super.initState();
    _height = ValueNotifier(0);
  }`),
    "an overlay's entry before it had a dispose": `${state(`  OverlayEntry _entry;

  @override
  void initState() {
    super.initState();
    _entry = OverlayEntry(builder: (_) => Text(''));
  }

  @override
  Widget build(BuildContext context) => Overlay(initialEntries: [_entry]);`)}
//- pubspec.yaml
name: home
environment:
  sdk: ">=2.7.0 <3.0.0"
dependencies:
  flutter:
    sdk: flutter
`,
    // MenuController has no dispose()
    "what needs no disposal": state(`  final _menu = MenuController();
  final _map = MapController();
  final _notes = <String, TextEditingController>{};`),
    "a short timer, and one that ends itself": state(`  Timer? _blink;
  Timer? _count;

  void _start() {
    _blink = Timer(const Duration(milliseconds: 300), () {});
    _count = Timer.periodic(const Duration(seconds: 1), (timer) {
      if (left == 0) timer.cancel();
    });
  }`),
  },
  fixes: {
    "a controller of a state without dispose": state(`  final _scroll = ScrollController();

  @override
  void dispose() {
    _scroll.dispose();
    super.dispose();
  }

  @override
  Widget build(BuildContext context) => ListView(controller: _scroll);`),
    "a state with an initState and no dispose": state(`  late final AnimationController _spin;

  @override
  void initState() {
    super.initState();
    _spin = AnimationController(vsync: this)..repeat();
  }

  @override
  void dispose() {
    _spin.dispose();
    super.dispose();
  }

  @override
  Widget build(BuildContext context) => RotationTransition(turns: _spin);`),
    "one of two controllers forgotten": state(`  final _name = TextEditingController();
  final _focus = FocusNode();

  @override
  void dispose() {
    _name.dispose();
    _focus.dispose();
    super.dispose();
  }

  @override
  Widget build(BuildContext context) => TextField(controller: _name, focusNode: _focus);`),
    "a subscription kept in a nullable field": state(`  StreamSubscription<int>? _ticks;

  @override
  void initState() {
    super.initState();
    _ticks = ticks.listen((_) => setState(() {}));
  }

  @override
  void dispose() {
    _ticks?.cancel();
    super.dispose();
  }`),
    "a periodic timer": state(`  Timer? _poll;

  void _start() {
    _poll = Timer.periodic(const Duration(seconds: 5), (_) => load());
  }

  @override
  void dispose() { _poll?.cancel(); super.dispose(); }`),
  },
});

describe("dart/controller-not-disposed: what becomes of what is never let go", () => {
  async function severityOf(field: string, use: string): Promise<string> {
    const workspace = new TestWorkspace([controllerNotDisposed]);
    const members = `  final ${field};\n\n  void _start() {\n    ${use}\n  }`;
    await workspace.put(parseFixture(state(members)).files);
    return workspace
      .findings()
      .map(({ severity, certainty }) => `${severity} ${certainty}`)
      .join();
  }

  const EDITS = "_edits = StreamController<String>.broadcast()";
  const FADE = "_fade = AnimationController(vsync: this)";

  // aves: events of a scrollbar for the grid beside it
  it("collects a stream with a state that alone listens to it", async () => {
    assert.equal(await severityOf(EDITS, "_edits.stream.listen((text) => setState(() {}));"), "hint possible");
    assert.equal(await severityOf(EDITS, "show(Grid(events: _edits.stream));"), "hint possible");
  });

  it("keeps the state in memory when somebody else listens to its stream or feeds it", async () => {
    assert.equal(await severityOf(EDITS, "Drafts.instance.follow(_edits.stream);"), "warning proven");
    assert.equal(await severityOf(EDITS, "_edits.addStream(store.changes);"), "warning proven");
  });

  // A ticker that has stopped is held by nobody (flutter's ticker.dart): of the tabs of ente and flutter/samples nothing stays.
  it("collects an animation that ends with its state, and tabs", async () => {
    assert.equal(await severityOf(FADE, "_fade.forward();"), "information likely");
    assert.equal(
      await severityOf("_tabs = TabController(length: 2, vsync: this)", "show(TabBar(controller: _tabs));"),
      "information likely",
    );
  });

  it("keeps an animation that is repeated, or may be started again when it ends", async () => {
    assert.equal(await severityOf(FADE, "_fade.repeat();"), "warning proven");
    assert.equal(await severityOf(`${FADE}..repeat()`, "show(Fade(_fade.view));"), "warning proven");
    const turning = "final turning = CurvedAnimation(parent: _fade, curve: Curves.ease)..addStatusListener(_turn);";
    assert.equal(await severityOf(FADE, turning), "warning proven");
  });
});

// gskinnerTeam/flutter-wonderous-app: a listener that stays with the pages of the parent would write into what is disposed.
it("dart/controller-not-disposed takes no fix for safe where something else goes on to call the state", async () => {
  const safe = async (dispose: string): Promise<readonly boolean[]> => {
    const workspace = new TestWorkspace([controllerNotDisposed]);
    const members = `  final _page = ValueNotifier(0);
  @override
  void initState() {
    super.initState();
    widget.controller?.addListener(_follow);
  }
  void _follow() => _page.value = widget.controller!.offset.round();
${dispose}
  @override
  Widget build(BuildContext context) => Pages(page: _page);`;
    await workspace.put(parseFixture(state(members)).files);
    return workspace.findings().flatMap(({ fixes }) => fixes.map((fix) => fix.safe));
  };
  assert.deepEqual(await safe(""), [false]);
  assert.deepEqual(
    await safe("  @override\n  void dispose() {\n    widget.controller?.removeListener(_follow);\n    super.dispose();\n  }"),
    [true],
  );
});
