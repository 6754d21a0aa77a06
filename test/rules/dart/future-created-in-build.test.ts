import assert from "node:assert/strict";
import { futureCreatedInBuild } from "../../../src/rules/dart/future-created-in-build.ts";
import { TestWorkspace } from "../../harness/check.ts";
import { parseFixture } from "../../harness/fixture.ts";
import { rule } from "../../harness/rule.ts";
import { state, stateless } from "./futureWidgets.ts";

rule(futureCreatedInBuild, {
  reports: {
    "a call with something behind it": stateless(`future: api.load().then((user) => user.name),
          //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ load() makes a new Future at every build of this FutureBuilder`),
    "a stateless widget: no fix": stateless(`future: api.load(),
          //^^^^^^^^^^ load() makes a new Future at every build of this FutureBuilder`),
    "Future.wait": stateless(`future: Future.wait([api.a(), api.b()]),
          //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Future.wait() makes a new Future at every build of this FutureBuilder`),
    "a local of the build method": `
//- lib/a.dart
class A extends StatelessWidget {
  @override
  Widget build(BuildContext context) {
    final user = api.load();
               //^^^^^^^^^^
    return FutureBuilder(future: user, builder: (_, s) => const Text(''));
  }
}
`,
    "a builder closure, where the fields are no way out": `
//- lib/a.dart
class A extends StatelessWidget {
  @override
  Widget build(BuildContext context) => IconButton(
    onPressed: () => showDialog(
      context: context,
      builder: (context) => FutureBuilder(future: api.load(), builder: (_, s) => const Text('')),
                                                //^^^^^^^^^^
    ),
  );
}
`,
    // GitJournal, thunder: a closure that is called where it is written
    "a closure that is called at once": state(`  @override
  Widget build(BuildContext context) => FutureBuilder<String>(
    future: () async {
          //^^^^^^^^^^ 💡 () async {…}() makes a new Future at every build of this FutureBuilder
      return await titleOf('me');
    }(),
    builder: (_, s) => const Text(''),
  );`),
    // aves: package event_bus
    "a listener of an event bus": `
//- lib/a.dart
class A extends StatelessWidget {
  @override
  Widget build(BuildContext context) => Column(children: [
    StreamBuilder(stream: source.events.on<AlbumsChanged>(), builder: (_, s) => const Text('')),
                        //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ on() makes a new Stream at every build of this StreamBuilder
  ]);
}
`,
  },
  ignores: {
    // wger: started by a tap, shown by a dialog
    "a future that a handler starts before it opens a dialog": state(`  void _search(BuildContext context, String code) {
    final found = widget.api.search(code);
    showDialog(
      context: context,
      builder: (context) => FutureBuilder<Food>(future: found, builder: (_, s) => const Text('')),
    );
  }`),
    "futures that are complete": `
//- lib/a.dart
class A extends StatelessWidget {
  @override
  Widget build(BuildContext context) => Column(children: [
    FutureBuilder(future: Future.value(1), builder: (_, s) => const Text('')),
    FutureBuilder(future: SynchronousFuture(1), builder: (_, s) => const Text('')),
    StreamBuilder(stream: const Stream.empty(), builder: (_, s) => const Text('')),
    StreamBuilder(stream: controller.stream, builder: (_, s) => const Text('')),
  ]);
}
`,
    "a widget that is made once, outside of build": `
//- lib/a.dart
class A {
  void open() {
    final Widget page = FutureBuilder(future: api.load(), builder: (_, s) => const Text(''));
    push(page);
  }
}
`,
    "a closure that runs when tapped": `
//- lib/a.dart
class A extends StatelessWidget {
  @override
  Widget build(BuildContext context) => TextButton(
    onPressed: () => show(FutureBuilder(future: api.load(), builder: (_, s) => const Text(''))),
    child: const Text(''),
  );
}
`,
    "a FutureBuilder of the project": stateless(
      "future: api.load(),",
      `//- lib/future_builder.dart
class FutureBuilder<T> extends StatefulWidget {}
`,
    ),
    tests: `
//- test/a_test.dart
Widget build() => FutureBuilder(future: api.load(), builder: (_, s) => const Text(''));
`,
  },
});

describe("dart/future-created-in-build: what it costs to listen anew", () => {
  async function weightOf(stream: string, service: string): Promise<string> {
    const workspace = new TestWorkspace([futureCreatedInBuild]);
    await workspace.put(
      parseFixture(`
//- lib/page.dart
class Page extends StatelessWidget {
  @override
  Widget build(BuildContext context) => StreamBuilder(stream: ${stream}, builder: (_, s) => Text('\${s.data}'));
}
//- lib/orders.dart
import 'package:drift/drift.dart';
import 'package:rxdart/rxdart.dart';

class Orders {
  static final Orders instance = Orders._();
  final Db db;
  final BehaviorSubject<int> total;
${service}
}
`).files,
    );
    return workspace
      .findings()
      .map(({ certainty, cost }) => `${certainty}: ${cost}`)
      .join();
  }
  const LISTENS = "possible: the builder cancels its subscription and listens anew at every rebuild of its parent";
  const WORKS = /the work runs again/;

  // Monekin, Cashew: drift still has the rows when the builder listens to the same query again
  it("listens anew to what drift is watching", async () => {
    assert.equal(await weightOf("Orders.instance.open()", "  Stream<List<Order>> open() => db.select(db.orders).watch();"), LISTENS);
    assert.equal(
      await weightOf("Orders.instance.count()", "  Stream<int> count() => db.openOrders().watchSingle().map((rows) => rows.length);"),
      LISTENS,
    );
    assert.match(
      await weightOf("Orders.instance.open()", "  Stream<Order> open() async* { yield await db.firstOrder().getSingle(); }"),
      WORKS,
    );
    assert.match(await weightOf("Orders.instance.due()", "  Stream<int> due() => db.due(DateTime.now()).watchSingle();"), WORKS);
  });

  // anytime, finamp: two subjects that are there already
  it("listens anew to streams that are combined", async () => {
    const both = "  Stream<bool> both() => Rx.combineLatest2(total, other.state, (a, b) => a > b);";
    assert.equal(await weightOf("Orders.instance.both()", both), LISTENS);
    const queries = "  Stream<bool> both() => Rx.merge([db.a().watch(), db.b().watch()]);";
    assert.equal(await weightOf("Orders.instance.both()", queries), LISTENS);
    const loads = "  Stream<bool> both() => Rx.merge([total, _load()]);\n  Stream<int> _load() async* { yield 1; }";
    assert.match(await weightOf("Orders.instance.both()", loads), /^proven: the work runs again/);
  });
});

describe("dart/future-created-in-build at the root of an app", () => {
  const certainties = async (build: string) => {
    const workspace = new TestWorkspace([futureCreatedInBuild]);
    await workspace.put(
      parseFixture(`
//- lib/main.dart
void main() => runApp(ProviderScope(child: App()));
class App extends StatelessWidget {
  @override
  Widget build(BuildContext context) {
${build}
  }
  Future<Widget> _firstScreen() async => const Text('');
}
`).files,
    );
    return workspace.findings().map(({ certainty }) => certainty);
  };
  const BUILDER = "FutureBuilder(future: _firstScreen(), builder: (_, s) => s.data ?? const Text(''))";

  it("is a hint: nothing above rebuilds it", async () => {
    assert.deepEqual(await certainties(`    return MaterialApp(home: ${BUILDER});`), ["possible"]);
  });

  it("is proven where the root subscribes, and in a builder", async () => {
    assert.deepEqual(await certainties(`    return MaterialApp(theme: Theme.of(context), home: ${BUILDER});`), ["proven"]);
    assert.deepEqual(await certainties(`    return LayoutBuilder(builder: (context, size) => MaterialApp(home: ${BUILDER}));`), ["proven"]);
  });
});
