import { futureCreatedInBuild } from "../../../src/rules/dart/future-created-in-build.ts";
import { rule } from "../../harness/rule.ts";

/** A State with the given members. */
const state = (members: string, others = "") => `
//- lib/profile.dart
import 'package:flutter/material.dart';

class Profile extends StatefulWidget {
  const Profile({super.key, required this.id, required this.api});
  final int id;
  final Api api;
  @override
  State<Profile> createState() => _ProfileState();
}

class _ProfileState extends State<Profile> {
${members}
}
${others}`;

const stateless = (future: string, others = "") => `
//- lib/profile.dart
import 'package:flutter/material.dart';

class Profile extends StatelessWidget {
  const Profile({super.key, required this.api});
  final Api api;

  @override
  Widget build(BuildContext context) => FutureBuilder<User>(
    ${future}
    builder: (context, snapshot) => Text('\${snapshot.data}'),
  );
}
${others}`;

rule(futureCreatedInBuild, {
  reports: {
    "a call in the build method of a state": state(`  final api = Api();

  @override
  Widget build(BuildContext context) {
    return FutureBuilder<User>(
      future: api.loadUser(),
            //^^^^^^^^^^^^^^ 💡 loadUser() makes a new Future at every build of this FutureBuilder
      builder: (context, snapshot) => Text('\${snapshot.data}'),
    );
  }`),
    "a call that depends on the widget": state(`  @override
  void initState() {
    super.initState();
    print('hello');
  }

  @override
  Widget build(BuildContext context) {
    return FutureBuilder<User>(
      future: widget.api.fetchUser(widget.id),
            //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 fetchUser() makes a new Future at every build of this FutureBuilder
      builder: (context, snapshot) => Text('\${snapshot.data}'),
    );
  }`),
    "an initState that may leave early": state(`  @override
  void initState() {
    super.initState();
    if (widget.id == 0) return;
    print('hello');
  }
  Widget build(BuildContext context) => FutureBuilder<User>(future: repository.load(), builder: (_, s) => const Text(''));
                                                                  //^^^^^^^^^^^^^^^^^ 💡`),
    "a call before null safety": `${state(`  final title = 'me';
  @override
  Widget build(BuildContext context) => Column(children: [
    StreamBuilder<int>(stream: repository.sizes.map((size) => size + 1), builder: (_, s) => Text('')),
                             //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡
    FutureBuilder(future: repository.load(), builder: (_, s) => Text('')),
                        //^^^^^^^^^^^^^^^^^
  ]);`)}
//- pubspec.yaml
name: profile
environment:
  sdk: ">=2.7.0 <3.0.0"
dependencies:
  flutter:
    sdk: flutter
`,
    // ente: a filter that people change makes another list each time
    "a method that reads what others set: no fix": state(`  String _filter = '';

  void _choose(String filter) => setState(() => _filter = filter);

  Future<List<User>> _found() => widget.api.find(_filter);

  @override
  Widget build(BuildContext context) => FutureBuilder<List<User>>(future: _found(), builder: (_, s) => const Text(''));
                                                                        //^^^^^^^^`),
    "a query of several lines: no fix": state(`  @override
  Widget build(BuildContext context) => FutureBuilder<User>(
    future: widget.api.query('''
          //^^^^^^^^^^^^^^^^^^^^^
      { me }
'''),
    builder: (_, s) => const Text(''),
  );`),
    "a type that nobody writes": state(`  Widget _user() => FutureBuilder(
    future: widget.api.load(
          //^^^^^^^^^^^^^^^^ 💡
      widget.id,
    ),
    builder: (_, snapshot) => const Text(''),
  );

  @override
  Widget build(BuildContext context) => _user();`),
    "a type that the called method writes": state(`  Future<User> _load() async {
    return await http.get('/me');
  }

  @override
  Widget build(BuildContext context) => FutureBuilder(
    future: _load(),
          //^^^^^^^ 💡 _load() makes a new Future at every build of this FutureBuilder
    builder: (_, snapshot) => const Text(''),
  );`),
    "a method that asks the context, which initState must not":
      state(`  Future<String> _country() async => await countryOf(Localizations.localeOf(context));

  @override
  Widget build(BuildContext context) => FutureBuilder<String>(
    future: _country(),
          //^^^^^^^^^^ 💡 _country() makes a new Future at every build of this FutureBuilder
    builder: (_, snapshot) => const Text(''),
  );`),
    "a call with something behind it": stateless(`future: api.load().then((user) => user.name),
          //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ load() makes a new Future at every build of this FutureBuilder`),
    "what only the build method knows: no fix": state(`  @override
  Widget build(BuildContext context) {
    final user = context.watch<User>();
    return FutureBuilder<User>(
      future: api.load(user.id),
            //^^^^^^^^^^^^^^^^^ load() makes a new Future at every build of this FutureBuilder
      builder: (context, snapshot) => Text('\${snapshot.data}'),
    );
  }`),
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
    "a getter that calls": state(`  Future<User> get _user => api.load();

  @override
  Widget build(BuildContext context) =>
      FutureBuilder<User>(future: _user, builder: (_, s) => const Text(''));
                                //^^^^^ 💡 _user makes a new Future at every build of this FutureBuilder`),
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
    // GitJournal, thunder: a closure that is called where it is written
    "a closure that is called at once": state(`  @override
  Widget build(BuildContext context) => FutureBuilder<String>(
    future: () async {
          //^^^^^^^^^^ 💡 () async {…}() makes a new Future at every build of this FutureBuilder
      return await titleOf('me');
    }(),
    builder: (_, s) => const Text(''),
  );`),
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
    // ente's verification dialogs: what the widget has is read by the method.
    "a method that reads the widget": state(`  Future<User> _load() => widget.api.fetchUser(widget.id);

  @override
  Widget build(BuildContext context) => FutureBuilder<User>(
    future: _load(),
          //^^^^^^^ 💡
    builder: (_, s) => const Text(''),
  );`),
    // ente's list of what is stored: the rebuild is the way to load again, so the future stays where it is.
    "a rebuild that is made to load again: no fix": state(`  void _refresh() => setState(() => {});

  @override
  Widget build(BuildContext context) => FutureBuilder<User>(
    future: widget.api.load(),
          //^^^^^^^^^^^^^^^^^ load() makes a new Future at every build of this FutureBuilder
    builder: (_, s) => TextButton(onPressed: _refresh, child: const Text('')),
  );`),
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
    "a field": state(`  late final Future<User> _user = widget.api.load();

  @override
  Widget build(BuildContext context) =>
      FutureBuilder<User>(future: _user, builder: (_, s) => const Text(''));`),
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
    // wger: started by a tap, shown by a dialog
    "a future that a handler starts before it opens a dialog": state(`  void _search(BuildContext context, String code) {
    final found = widget.api.search(code);
    showDialog(
      context: context,
      builder: (context) => FutureBuilder<Food>(future: found, builder: (_, s) => const Text('')),
    );
  }`),
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
  fixes: {
    "a call in the build method of a state": state(`  final api = Api();
  late final Future<User> _userFuture;

  @override
  void initState() {
    super.initState();
    _userFuture = api.loadUser();
  }

  @override
  Widget build(BuildContext context) {
    return FutureBuilder<User>(
      future: _userFuture,
      builder: (context, snapshot) => Text('\${snapshot.data}'),
    );
  }`),
    "a call that depends on the widget": state(`  late Future<User> _userFuture;

  @override
  void initState() {
    super.initState();
    print('hello');
    _userFuture = widget.api.fetchUser(widget.id);
  }

  @override
  void didUpdateWidget(covariant Profile oldWidget) {
    super.didUpdateWidget(oldWidget);
    if (oldWidget.api != widget.api || oldWidget.id != widget.id) {
      _userFuture = widget.api.fetchUser(widget.id);
    }
  }

  @override
  Widget build(BuildContext context) {
    return FutureBuilder<User>(
      future: _userFuture,
      builder: (context, snapshot) => Text('\${snapshot.data}'),
    );
  }`),
    "an initState that may leave early": state(`  late final Future<User> _loadFuture;

  @override
  void initState() {
    super.initState();
    _loadFuture = repository.load();
    if (widget.id == 0) return;
    print('hello');
  }
  Widget build(BuildContext context) => FutureBuilder<User>(future: _loadFuture, builder: (_, s) => const Text(''));`),
    "a call before null safety": `${state(`  final title = 'me';
  Stream<int> _stream;

  @override
  void initState() {
    super.initState();
    _stream = repository.sizes.map((size) => size + 1);
  }

  @override
  Widget build(BuildContext context) => Column(children: [
    StreamBuilder<int>(stream: _stream, builder: (_, s) => Text('')),
    FutureBuilder(future: repository.load(), builder: (_, s) => Text('')),
  ]);`)}
`,
    "a type that nobody writes": state(`  late var _loadFuture = widget.api.load(
    widget.id,
  );

  Widget _user() => FutureBuilder(
    future: _loadFuture,
    builder: (_, snapshot) => const Text(''),
  );

  @override
  void didUpdateWidget(covariant Profile oldWidget) {
    super.didUpdateWidget(oldWidget);
    if (oldWidget.api != widget.api || oldWidget.id != widget.id) {
      _loadFuture = widget.api.load(
        widget.id,
      );
    }
  }

  @override
  Widget build(BuildContext context) => _user();`),
    "a method that reads the widget": state(`  late Future<User> _loadFuture;

  Future<User> _load() => widget.api.fetchUser(widget.id);

  @override
  void initState() {
    super.initState();
    _loadFuture = _load();
  }

  @override
  void didUpdateWidget(covariant Profile oldWidget) {
    super.didUpdateWidget(oldWidget);
    if (oldWidget.api != widget.api || oldWidget.id != widget.id) {
      _loadFuture = _load();
    }
  }

  @override
  Widget build(BuildContext context) => FutureBuilder<User>(
    future: _loadFuture,
    builder: (_, s) => const Text(''),
  );`),
    "a type that the called method writes": state(`  late final Future<User> _loadFuture;

  Future<User> _load() async {
    return await http.get('/me');
  }

  @override
  void initState() {
    super.initState();
    _loadFuture = _load();
  }

  @override
  Widget build(BuildContext context) => FutureBuilder(
    future: _loadFuture,
    builder: (_, snapshot) => const Text(''),
  );`),
    "a method that asks the context, which initState must not": state(`  late final Future<String> _countryFuture = _country();

  Future<String> _country() async => await countryOf(Localizations.localeOf(context));

  @override
  Widget build(BuildContext context) => FutureBuilder<String>(
    future: _countryFuture,
    builder: (_, snapshot) => const Text(''),
  );`),
    "a getter that calls": state(`  late final Future<User> _userFuture;

  Future<User> get _user => api.load();

  @override
  void initState() {
    super.initState();
    _userFuture = _user;
  }

  @override
  Widget build(BuildContext context) =>
      FutureBuilder<User>(future: _userFuture, builder: (_, s) => const Text(''));`),
  },
});
