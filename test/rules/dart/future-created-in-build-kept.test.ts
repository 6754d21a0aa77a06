import { futureCreatedInBuild } from "../../../src/rules/dart/future-created-in-build.ts";
import { rule } from "../../harness/rule.ts";
import { state, stateless } from "./futureWidgets.ts";

rule(futureCreatedInBuild, {
  reports: {
    "a repository that a provider is asked for by its type": stateless(
      `future: context.read<Api>().load(),
          //^^^^^^^^^^^^^^^^^^^^^^^^^^ load() makes a new Future at every build of this FutureBuilder`,
      `//- lib/api.dart
class Api {
  Future<User> load() async => User.parse(await http.get('/me'));
}
`,
    ),
    "a query of a database and a view of a stream": `
//- lib/a.dart
class A extends StatelessWidget {
  @override
  Widget build(BuildContext context) => Column(children: [
    StreamBuilder(stream: store.collection('users').snapshots(), builder: (_, s) => const Text('')),
                        //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ snapshots() makes a new Stream at every build of this StreamBuilder
    StreamBuilder(stream: store.items.map((i) => i.name), builder: (_, s) => const Text('')),
                        //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ map() makes a new Stream at every build of this StreamBuilder
  ]);
}
`,
    "what a storage and a database are asked": `
//- lib/a.dart
class A extends StatelessWidget {
  @override
  Widget build(BuildContext context) => Column(children: [
    FutureBuilder(future: storage.read(key: 'token'), builder: (_, s) => const Text('')),
                        //^^^^^^^^^^^^^^^^^^^^^^^^^^ read() makes a new Future at every build of this FutureBuilder
    StreamBuilder(stream: db.allTodos().watch(), builder: (_, s) => const Text('')),
                        //^^^^^^^^^^^^^^^^^^^^^ watch() makes a new Stream at every build of this StreamBuilder
  ]);
}
`,
    "a getter that makes a stream, and a method with a completer of its own":
      state(`  Stream<int> get _ticks => Stream.periodic(const Duration(seconds: 1), (n) => n);

  Future<int> _size() {
    final done = Completer<int>();
    widget.api.measure(done.complete);
    return done.future;
  }

  @override
  Widget build(BuildContext context) => Column(children: [
    StreamBuilder<int>(stream: _ticks, builder: (_, s) => const Text('')),
                             //^^^^^^ 💡 _ticks makes a new Stream at every build of this StreamBuilder
    FutureBuilder<int>(future: _size(), builder: (_, s) => const Text('')),
                             //^^^^^^^ 💡 _size() makes a new Future at every build of this FutureBuilder
  ]);`),
    "a repository method that keeps nothing": stateless(
      `future: api.load(),
          //^^^^^^^^^^`,
      `//- lib/api.dart
class Api {
  User? _last;
  Future<User> load() async {
    _last = await http.get('/me');
    return User();
  }
}
`,
    ),
  },
  ignores: {
    "a property of another object": stateless("future: api.user,"),
    // aves: getters that ask the widget or a controller
    "getters that answer with what others have": state(`  Player? get player => widget.player;
  Stream<int> get positions => player?.positions ?? Stream.value(0);
  Stream<int> get ticks => widget.ticks;
  Stream<int> tocks() => widget.isLoud ? widget.ticks : Stream.empty();

  @override
  Widget build(BuildContext context) => Column(children: [
    StreamBuilder<int>(stream: positions, builder: (_, s) => const Text('')),
    StreamBuilder<int>(stream: ticks, builder: (_, s) => const Text('')),
    StreamBuilder<int>(stream: tocks(), builder: (_, s) => const Text('')),
  ]);`),
    // Butterfly: previews by key, the last used behind the others
    "a method that keeps its answers in a map": stateless(
      "future: previews.get(page, () => render(page)),",
      `//- lib/api.dart
final previews = Previews();
//- lib/previews.dart
class Previews {
  final Map<int, Future<Image>> _entries = {};

  Future<Image> get(int page, Future<Image> Function() load) {
    final known = _entries.remove(page);
    if (known != null) {
      _entries[page] = known;
      return known;
    }
    final done = Completer<Image>();
    final answer = done.future;
    _entries[page] = answer;
    load().then(done.complete);
    return answer;
  }
}
`,
    ),
    "an async method that looks into its map first": state(`  final _names = <int, String>{};

  Future<String> _nameOf(int id) async {
    if (_names.containsKey(id)) return _names[id]!;
    return _names[id] = await widget.api.name(id);
  }

  @override
  Widget build(BuildContext context) => FutureBuilder<String>(future: _nameOf(1), builder: (_, s) => const Text(''));`),
    // saropa_lints avoid_future_in_build: a method that returns a cached field (2026-06-01)
    "a method of the class that returns a cached field": state(`  Future<User>? _user;

  Future<User> _load() => _user ??= widget.api.load();

  Future<User> _loadOnce() {
    if (_user != null) return _user!;
    _user = widget.api.load();
    return _user!;
  }

  Future<User> _again() => _load();

  @override
  Widget build(BuildContext context) => Column(children: [
    FutureBuilder<User>(future: _load(), builder: (_, s) => const Text('')),
    FutureBuilder<User>(future: _loadOnce(), builder: (_, s) => const Text('')),
    FutureBuilder<User>(future: _again(), builder: (_, s) => const Text('')),
  ]);`),
    "a repository that keeps its answer": stateless(
      "future: api.load(),",
      `//- lib/api.dart
abstract class Keeper {
  Future<User>? _user;
}
class Api extends Keeper {
  Future<User> load() => _user ??= http.get('/me');
}
`,
    ),
    "a repository that a provider is asked for, and that keeps its answer": stateless(
      "future: context.read<Api>().load(),",
      `//- lib/api.dart
class Api {
  Future<User>? _user;
  Future<User> load() => _user ??= http.get('/me');
}
`,
    ),
    "a repository that keeps what it waits for": stateless(
      "future: api.load(),",
      `//- lib/api.dart
class Api {
  User? _user;
  Future<User> load() async => _user ??= await http.get('/me');
}
`,
    ),
    // fluffychat device_settings.dart: a new future each time, but the work is done once
    "an async method that returns early where it has loaded": state(`  List<Device>? devices;

  Future<bool> _load() async {
    if (devices != null) return true;
    devices = await widget.api.devices();
    return true;
  }

  @override
  Widget build(BuildContext context) =>
      FutureBuilder<bool>(future: _load(), builder: (_, s) => const Text(''));`),
    "memoizers, hooks and providers": `
//- lib/a.dart
class A extends StatelessWidget {
  @override
  Widget build(BuildContext context) => Column(children: [
    FutureBuilder(future: _memo.runOnce(() => api.load()), builder: (_, s) => const Text('')),
    FutureBuilder(future: useMemoized(() => api.load()), builder: (_, s) => const Text('')),
    FutureBuilder(future: ref.watch(userProvider.future), builder: (_, s) => const Text('')),
    FutureBuilder(future: _cache.putIfAbsent(id, () => api.load()), builder: (_, s) => const Text('')),
    FutureBuilder(future: _user ??= api.load(), builder: (_, s) => const Text('')),
  ]);
}
`,
    // localsend changelog_page.dart: the asset bundle keeps the future (CachingAssetBundle.loadString)
    "a text of the asset bundle": stateless("future: rootBundle.loadString('CHANGELOG.md'),"),
  },
});
