import { futureCreatedInBuild } from "../../../src/rules/dart/future-created-in-build.ts";
import { rule } from "../../harness/rule.ts";
import { state } from "./futureWidgets.ts";

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
    "what only the build method knows: no fix": state(`  @override
  Widget build(BuildContext context) {
    final user = context.watch<User>();
    return FutureBuilder<User>(
      future: api.load(user.id),
            //^^^^^^^^^^^^^^^^^ load() makes a new Future at every build of this FutureBuilder
      builder: (context, snapshot) => Text('\${snapshot.data}'),
    );
  }`),
    "a getter that calls": state(`  Future<User> get _user => api.load();

  @override
  Widget build(BuildContext context) =>
      FutureBuilder<User>(future: _user, builder: (_, s) => const Text(''));
                                //^^^^^ 💡 _user makes a new Future at every build of this FutureBuilder`),
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
    "a rebuild that is made to load again, through this: no fix": state(`  void _refresh() => this.setState(() {});

  @override
  Widget build(BuildContext context) => FutureBuilder<User>(
    future: widget.api.load(),
          //^^^^^^^^^^^^^^^^^ load() makes a new Future at every build of this FutureBuilder
    builder: (_, s) => TextButton(onPressed: _refresh, child: const Text('')),
  );`),
    "a method that reads a field which is set from a record: no fix": state(`  int _page = 0;
  int _size = 10;

  void _turn() => setState(() {
    (_page, _size) = widget.api.next(_page);
  });

  Future<User> _load() => api.load(_page, _size);

  @override
  Widget build(BuildContext context) => FutureBuilder<User>(
    future: _load(),
          //^^^^^^^ _load() makes a new Future at every build of this FutureBuilder
    builder: (_, s) => const Text(''),
  );`),
  },
  ignores: {
    "a field": state(`  late final Future<User> _user = widget.api.load();

  @override
  Widget build(BuildContext context) =>
      FutureBuilder<User>(future: _user, builder: (_, s) => const Text(''));`),
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
