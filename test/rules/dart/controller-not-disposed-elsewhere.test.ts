import { controllerNotDisposed } from "../../../src/rules/dart/controller-not-disposed.ts";
import { rule } from "../../harness/rule.ts";
import { state } from "./controllerStates.ts";

const app = (main: string): string => `
//- lib/main.dart
import 'package:flutter/material.dart';
import 'home.dart';

void main() => ${main};
${state(`  final _scroll = ScrollController();

  @override
  Widget build(BuildContext context) => ListView(controller: _scroll);`)}`;

rule(controllerNotDisposed, {
  reports: {
    "a controller of a page that the app's first widget shows": `
//- lib/main.dart
import 'package:flutter/material.dart';
import 'home.dart';

void main() => runApp(const Shop());

class Shop extends StatelessWidget {
  const Shop({super.key});
  @override
  Widget build(BuildContext context) => const MaterialApp(home: Home());
}
${state(`  final _scroll = ScrollController();
      //^^^^^^^ 💡 _scroll: this ScrollController is never disposed

  @override
  Widget build(BuildContext context) => ListView(controller: _scroll);`)}`,
    "what an extension on another class disposes": `${state(`  final _scroll = ScrollController();
      //^^^^^^^ 💡

  @override
  Widget build(BuildContext context) => ListView(controller: _scroll);`)}
//- lib/other.dart
import 'package:flutter/material.dart';

extension on Other {
  void end() => _scroll.dispose();
}
`,
    "a field of the same name that another state disposes": `${state(`  final _scroll = ScrollController();
      //^^^^^^^ 💡

  @override
  Widget build(BuildContext context) => ListView(controller: _scroll);`)}

class _OtherState extends State<Other> {
  final _scroll = ScrollController();

  @override
  void dispose() {
    this._scroll.dispose();
    super.dispose();
  }
}
`,
    "a controller made with a dot shorthand": state(`  final ScrollController _scroll = .new();
                       //^^^^^^^ 💡 _scroll: this ScrollController is never disposed

  @override
  Widget build(BuildContext context) => ListView(controller: _scroll);`),
    "a listener to the life of the app": state(`  late final AppLifecycleListener _life;
                                //^^^^^ 💡 _life: this AppLifecycleListener is never disposed

  @override
  void initState() {
    super.initState();
    _life = AppLifecycleListener(onResume: () => setState(() {}));
          //~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ created in initState()
  }`),
    "a timer of a StateNotifier": `
//- lib/clock.dart
import 'package:state_notifier/state_notifier.dart';

class Clock extends StateNotifier<int> {
  Clock() : super(0) {
    _ticks = Timer.periodic(const Duration(seconds: 1), (_) => state++);
  }
  late final Timer _ticks;
                 //^^^^^^ 💡 _ticks: this Timer is never cancelled
}
`,
  },
  ignores: {
    "an unnamed extension on the class disposes it": `${state(`  final _scroll = ScrollController();

  @override
  void dispose() {
    _end();
    super.dispose();
  }`)}

extension on _HomeState {
  void _end() => _scroll.dispose();
}
`,
    "an extension in a part of the file disposes it": `
//- lib/home.dart
import 'package:flutter/material.dart';
part 'home_end.dart';

class _HomeState extends State<Home> {
  final _scroll = ScrollController();

  @override
  void dispose() {
    _end();
    super.dispose();
  }
}
//- lib/home_end.dart
part of 'home.dart';

extension HomeEnd on _HomeState {
  void _end() => _scroll.dispose();
}
`,
    "a mixin of the file that knows the class disposes it": `${state("  final _scroll = ScrollController();")}

mixin Ends on State<Home> {
  @override
  void dispose() {
    (this as _HomeState)._scroll.dispose();
    super.dispose();
  }
}
`,
    "a case of a switch disposes it": state(`  Timer? _poll;

  @override
  void initState() {
    super.initState();
    _poll = Timer.periodic(const Duration(seconds: 5), (_) => load());
  }

  @override
  void dispose() {
    switch (_poll) {
      case final poll?:
        poll.cancel();
      case null:
        break;
    }
    super.dispose();
  }`),
    "a timer whose own callback, a method, ends it": state(`  Timer? _poll;

  void _start() {
    _poll = Timer.periodic(const Duration(seconds: 5), _load);
  }

  void _load(Timer timer) {
    if (!mounted) timer.cancel();
  }`),
    // samples web_embedding, json_field_editor's example: it lives as long as the process.
    "the state of the widget that the app starts with": app("runApp(const Home())"),
    "the state of a widget that the app starts with, wrapped": app("runApp(ProviderScope(child: Home()))"),
    // GetX: a GetxService is never let go.
    "a stream of a service": `
//- lib/sync.dart
class Sync extends GetxService {
  final _done = StreamController<int>.broadcast();
  Stream<int> get done => _done.stream;
}
`,
  },
});
