import assert from "node:assert/strict";
import { futureCreatedInBuild } from "../../../src/rules/dart/future-created-in-build.ts";
import { TestWorkspace } from "../../harness/check.ts";
import { parseFixture } from "../../harness/fixture.ts";
import { rule } from "../../harness/rule.ts";
import { state, stateless } from "./futureWidgets.ts";

const LOADER = `
//- lib/loader.dart
import 'package:flutter/material.dart';

class Loader<T> extends StatelessWidget {
  const Loader({super.key, required this.future, required this.builder});
  final Future<T> future;
  final Widget Function(T) builder;

  @override
  Widget build(BuildContext context) => FutureBuilder<T>(
    future: future,
    builder: (context, snapshot) => snapshot.hasData ? builder(snapshot.data as T) : const SizedBox(),
  );
}
`;

const page = (base: string, controller: string): string => `
//- lib/page.dart
import 'package:get/get.dart';

class Page extends ${base}<PageController> {
  @override
  Widget build(BuildContext context) => FutureBuilder<int>(
    future: controller.load(),
          //^^^^^^^^^^^^^^^^^ load() makes a new Future at every build of this FutureBuilder
    builder: (context, snapshot) => Text('\${snapshot.data}'),
  );
}
//- lib/page_controller.dart
import 'package:get/get.dart';

class PageController extends GetxController {
${controller}
}
`;

rule(futureCreatedInBuild, {
  reports: {
    // Musify, Paisa: a widget of the project's own around the builder
    "a future that a widget hands on to its builder": `${state(`  Future<User> _load() => http.get('/users/me').then(User.parse);

  @override
  Widget build(BuildContext context) => Loader<User>(future: _load(), builder: (user) => Text(user.name));
                                                           //^^^^^^^ 💡 _load() makes a new Future at every build of this Loader`)}${LOADER}`,
    "what the controller of a GetView loads": page("GetView", "  Future<int> load() async => (await dio.get('/count')).data;"),
    "futures of which one is made anew": state(`  late final Future<int> _size = widget.api.size();

  @override
  Widget build(BuildContext context) => FutureBuilder(
    future: Future.wait([_size, widget.api.count()]),
          //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 Future.wait() makes a new Future at every build of this FutureBuilder
    builder: (context, snapshot) => Text('\${snapshot.data}'),
  );`),
  },
  ignores: {
    "what the controller of a GetView keeps": page(
      "GetView",
      "  Future<int>? _loaded;\n  Future<int> load() => _loaded ??= _load();\n  Future<int> _load() async => (await dio.get('/count')).data;",
    ).replace(/\n *\/\/\^.*/, ""),
    "a widget whose state keeps the future it is given": `${state(`  Future<User> _load() => http.get('/users/me').then(User.parse);

  @override
  Widget build(BuildContext context) => Keeper(future: _load());`)}
//- lib/keeper.dart
import 'package:flutter/material.dart';

class Keeper extends StatefulWidget {
  const Keeper({super.key, required this.future});
  final Future<User> future;
  @override
  State<Keeper> createState() => _KeeperState();
}

class _KeeperState extends State<Keeper> {
  late final Future<User> _user = widget.future;
  @override
  Widget build(BuildContext context) => FutureBuilder<User>(future: _user, builder: (context, snapshot) => Text('\${snapshot.data}'));
}
`,
    "a widget whose future is something else": `${state(`  Future<User> _load() => http.get('/users/me').then(User.parse);

  @override
  Widget build(BuildContext context) => Plan(future: _load());`)}
//- lib/plan.dart
import 'package:flutter/material.dart';

class Plan extends StatelessWidget {
  const Plan({super.key, required this.future});
  final Future<User> future;
  @override
  Widget build(BuildContext context) => TextButton(onPressed: () => future.then(print), child: const Text('plan'));
}
`,
  },
});

describe("dart/future-created-in-build: what it costs", () => {
  async function severityOf(source: string): Promise<string> {
    const workspace = new TestWorkspace([futureCreatedInBuild]);
    await workspace.put(parseFixture(source).files);
    return workspace
      .findings()
      .map(({ severity, cost }) => `${severity}: ${cost}`)
      .join();
  }

  // lunasea: `Future.wait([state.tags!, state.series!])`, whose futures the state keeps
  const waiting = (builder: string) =>
    state(`  late final Future<int> _size = widget.api.size();
  late final Future<int> _count = widget.api.count();

  @override
  Widget build(BuildContext context) => FutureBuilder(future: Future.wait([_size, _count]), builder: (context, snapshot) => ${builder});`);

  it("runs nothing again where only kept futures are waited for", async () => {
    const cost = "the builder falls back to its waiting state at every rebuild of its parent";
    assert.equal(await severityOf(waiting("Text(snapshot.data)")), `hint: ${cost}`);
    const spinner = "snapshot.connectionState == ConnectionState.done ? const Text('') : const Spinner()";
    assert.equal(await severityOf(waiting(spinner)), `information: ${cost}`);
  });

  // Flutter's _ModalScopeState keeps the page: bluebubbles-app, Habo
  it("runs hardly ever again in what a dialog or page builds itself", async () => {
    const opened = (by: string) =>
      stateless("future: null,").replace(
        "  @override",
        `  void _open(BuildContext context) {
    ${by};
  }

  Future<User> _load() async => User.parse(await http.get('/me'));

  @override`,
      );
    const builder = "FutureBuilder<User>(future: _load(), builder: (_, s) => Text(s.data))";
    const cost = "the work runs again wherever something rebuilds the whole of the dialog or page";
    assert.equal(await severityOf(opened(`showDialog(context: context, builder: (_) => ${builder})`)), `hint: ${cost}`);
    assert.equal(await severityOf(opened(`Navigator.push(context, MaterialPageRoute(builder: (_) => ${builder}))`)), `hint: ${cost}`);
    const stateful = `showDialog(context: context, builder: (_) => StatefulBuilder(builder: (_, setState) => ${builder}))`;
    assert.match(await severityOf(opened(stateful)), /^warning/);
  });
});
