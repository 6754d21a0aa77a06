import assert from "node:assert/strict";
import { rebuildWideState } from "../../../src/rules/dart/rebuild-wide-state.ts";
import { TestWorkspace } from "../../harness/check.ts";
import { parseFixture } from "../../harness/fixture.ts";
import { rule } from "../../harness/rule.ts";

/** A widget with the given build method. */
const widget = (body: string, others = "", base = "StatelessWidget") => `
//- lib/page.dart
import 'package:flutter/material.dart';

class Page extends ${base} {
  const Page({super.key});

  @override
  Widget build(BuildContext context${base === "ConsumerWidget" ? ", WidgetRef ref" : ""}) {
${body}
  }
}
${others}`;

const rows = (count: number, row: string): string => Array.from({ length: count }, () => row).join("\n");

/** A State whose build method is long and wide, with a place for what reads a field. */
const wideState = (reader: string, change: string, top = "") => `
//- lib/page.dart
import 'package:flutter/material.dart';

class _PageState extends State<Page> {
  final _scroll = ScrollController();
  double _offset = 0;
  bool _isLoading = false;
  String? _name;

  @override
  void initState() {
    super.initState();
    _scroll.addListener(_onScroll);
  }

${change}

  @override
  Widget build(BuildContext context) {
${top}    return Column(
      children: [
        ${reader},
${rows(30, "        Padding(\n          padding: EdgeInsets.zero, child: Text('a')),")}
      ],
    );
  }
}
`;

rule(rebuildWideState, {
  reports: {
    "a property of MediaQuery.of": widget(`    return SizedBox(width: MediaQuery.of(context).size.width / 2);
                         //^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 size: MediaQuery.of rebuilds this widget at any change of the media data`),
    "a property of MediaQuery.maybeOf": widget(`    final width = MediaQuery.maybeOf(context)?.size.width ?? 0;
                //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡
    return SizedBox(width: width);`),
    "an assertion on MediaQuery.maybeOf": widget(`    return Padding(padding: MediaQuery.maybeOf(context)!.viewInsets);
                          //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡`),
    // dart-lang/sdk#59181
    "a local whose every use is one property": widget(`    final media = MediaQuery.of(context);
                //^^^^^^^^^^^^^^^^^^^^^^ 💡 size: MediaQuery.of rebuilds this widget at any change of the media data
    return Text('\${media.size.width} x \${media.size.height}');`),
    "a local, where the property's name is taken": widget(`    final media = MediaQuery.of(context);
                //^^^^^^^^^^^^^^^^^^^^^^ 💡
    final size = media.size / 2;
    return SizedBox.fromSize(size: size);`),
    "a helper function and an extension": `
//- lib/media.dart
double heightOf(BuildContext context) => MediaQuery.of(context).size.height;
                                       //^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡
extension Media on BuildContext {
  EdgeInsets get insets => MediaQuery.of(this).padding;
                         //^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡
}
`,
    "a text scaler in a package that asks for Dart 3.2": `${widget(`    return Text('a', textScaler: MediaQuery.of(context).textScaler);
                               //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡`)}
//- pubspec.yaml
name: page
environment:
  sdk: ">=3.2.0 <4.0.0"
dependencies:
  flutter:
    sdk: flutter
`,
    "one property of what provider watches": widget(
      `    return Text(context.watch<Cart>().title);
              //^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 title: watch<Cart> rebuilds this widget at any change of the object`,
      `//- lib/cart.dart
class Cart extends ChangeNotifier {
  String title = '';
  int total = 0;
}
`,
    ),
    "one property of a bloc's state": widget(`    return Text(context.watch<CartBloc>().state.title);
              //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 state.title: watch<CartBloc> rebuilds this widget at any change of the object`),
    "one property through Provider.of": widget(`    final title = Provider.of<Cart>(context).title;
                //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 title: Provider.of<Cart> rebuilds this widget at any change of the object
    return Text(title);`),
    "a builder of a list, where select throws: no fix": widget(`    return ListView.builder(
      itemBuilder: (context, index) => Text(context.watch<Cart>().title),
                                          //^^^^^^^^^^^^^^^^^^^^^^^^^^^
    );`),
    "one property of what Riverpod watches": widget(
      `    return Text(ref.watch(cartProvider).title);
              //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 title: watch rebuilds this widget at any change of the object`,
      "",
      "ConsumerWidget",
    ),
    "one property of what may be null": widget(
      `    return Text(ref.watch(cartProvider(3))?.title ?? '');
              //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡`,
      "",
      "ConsumerWidget",
    ),
    "a local of Riverpod": widget(
      `    final cart = ref.watch(cartProvider);
               //^^^^^^^^^^^^^^^^^^^^^^^ 💡
    return Column(children: [Text(cart.title), Text(cart.title)]);`,
      "",
      "ConsumerWidget",
    ),
    "a property of a state of several, as a generated provider gives it": widget(
      `    return Text(ref.watch(cartProvider).title);
              //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 title: watch rebuilds this widget at any change of the object`,
      `//- lib/cart.dart
@riverpod
class Cart extends _$Cart {
  @override
  CartState build() => CartState();
}

class CartState {
  final String title;
  final int total;
  final List<Item> items;
}
`,
      "ConsumerWidget",
    ),
    "a property of a bloc's state that is one of several": widget(
      `    return Text(context.watch<CartBloc>().state.title);
              //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡`,
      `//- lib/cart.dart
class CartBloc extends Bloc<CartEvent, CartState> {}

class CartState with _$CartState {
  const factory CartState({required String title, required int total, required Map<String, Item> items}) = _CartState;
}
`,
    ),
    "a builder below a widget that reads the whole": `
//- lib/page.dart
class _PageState extends State<Page> {
  Widget _list() => Builder(builder: (context) => CartList(context.watch<Cart>()));

  @override
  Widget build(BuildContext context) => Column(children: [Text(context.watch<Cart>().title), _list()]);
                                                             //^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡
}
`,
    // lichess: a notifier that loads anew for a preference it does not read
    "a notifier of Riverpod that watches": `
//- lib/history.dart
class History extends AsyncNotifier<Page> {
  @override
  Future<Page> build() async => load(ref.watch(preferencesProvider).order);
                                   //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 order: watch makes History anew at any change of the object
}
`,
    "a provider that itself watches": widget(
      `    return Text(ref.watch(cartProvider).title);
              //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡`,
      `//- lib/providers.dart
final cartProvider = Provider<Cart>((ref) => Cart(ref.watch(shopProvider)));
`,
      "ConsumerWidget",
    ),
    "an object that a notifier puts another in the place of": widget(
      `    return Text(context.watch<Session>().user.name);
              //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 user: watch<Session> rebuilds this widget at any change of the object`,
      `//- lib/session.dart
class Session extends ChangeNotifier {
  User user = User.nobody;
  bool isBusy = false;
  int visits = 0;
  void login(User someone) => user = someone;
}
class User {}
`,
    ),
    "decisions of people on one wide page": wideState(
      "Switch(value: _isLoading, onChanged: (on) => setState(() => _isLoading = on)), Text(_name)",
      //                                                //~~~~~~~~
      `  void _rename(String name) => setState(() => _name = name);
                             //^^^^^^^^ setState of _name rebuilds 63 widgets; 1 of them read it`,
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
    "the property's own method": widget("    return SizedBox(width: MediaQuery.sizeOf(context).width);"),
    // dart-lang/sdk#59181: several properties of one local
    "a local whose uses differ": widget(`    final media = MediaQuery.of(context);
    return Padding(padding: media.padding, child: SizedBox(width: media.size.width));`),
    "the whole of it": widget("    return MediaQuery(data: MediaQuery.of(context).copyWith(boldText: true), child: const Text(''));"),
    "a local that is passed on": widget(`    final media = MediaQuery.of(context);
    return Sized(media, width: media.size.width);`),
    "a MediaQuery of the project": widget(
      "    return SizedBox(width: MediaQuery.of(context).size.width);",
      `//- lib/media_query.dart
class MediaQuery {
  static MediaQuery of(BuildContext context) => MediaQuery();
  Size get size => Size.zero;
}
`,
    ),
    "a Flutter that does not have it": `${widget("    return SizedBox(width: MediaQuery.of(context).size.width);")}
//- pubspec.yaml
name: page
environment:
  sdk: ">=2.19.0 <3.0.0"
dependencies:
  flutter:
    sdk: flutter
`,
    "a method of what is watched": widget("    return Text(context.watch<Cart>().titleOf(1) + context.watch<Bloc>().state.maybeMap());"),
    "a tear-off of a method": widget(
      "    return TextButton(onPressed: context.watch<Cart>().clear);",
      `//- lib/cart.dart
class Cart extends ChangeNotifier {
  void clear() {}
}
`,
    ),
    "a collection that may be changed in place": widget(
      "    return Total(context.watch<Cart>().items.length);",
      `//- lib/cart.dart
class Cart extends ChangeNotifier {
  final List<Item> items = [];
}
`,
    ),
    // flutter-todos: what the model's helper answers changes, the helper does not
    "a helper that a notifier is asked through": widget(
      "    return Text(context.watch<Model>().logic.title());",
      `//- lib/model.dart
class Model extends ChangeNotifier {
  Model() {
    logic = Logic(this);
  }
  late Logic logic;
  bool isDark = false;
  int page = 0;
}
class Logic {
  Logic(this.model);
  final Model model;
}
`,
    ),
    // flutter_twitter_clone: a user who is changed in place is the same one afterwards
    "an object that a notifier changes in place": widget(
      "    return Text(context.watch<Session>().user.name);",
      `//- lib/session.dart
class Session extends ChangeNotifier {
  User? _user;
  User? get user => _user;
  bool isBusy = false;
  int visits = 0;
  void rename(String name) => _user!.name = name;
  void login(User someone) => _user = someone;
}
class User {}
`,
    ),
    // mobx.dart: its observers are told, its provider is not
    "a store of MobX": widget(
      "    return Observer(builder: (_) => Text(Provider.of<Todos>(context).description));",
      `//- lib/todos.dart
class Todos = _Todos with _$Todos;
abstract class _Todos with Store {
  String description = '';
}
`,
    ),
    // flame, lichess: services and themes that stay
    "a provider of Riverpod that gives one object for good": widget(
      "    return Text(ref.watch(themeProvider).color);",
      `//- lib/theme.dart
final themeProvider = Provider((ref) => PageTheme());
`,
      "ConsumerWidget",
    ),
    // flutter_twitter_clone: to select one of two spares nothing while the other needs the whole
    "a property beside one that cannot be selected": widget(
      "    return Column(children: [Text(context.watch<Cart>().title), Total(context.watch<Cart>().items)]);",
      `//- lib/cart.dart
class Cart extends ChangeNotifier {
  final List<Item> items = [];
  String title = '';
  int visits = 0;
  int pages = 0;
}
`,
    ),
    "a watch beside another of the whole object": widget(`    final cart = context.watch<Cart>();
    return Column(children: [Text(context.watch<Cart>().title), CartView(cart)]);`),
    "read, select and listen: false": widget(`    return Column(children: [
      Text(context.read<Cart>().title),
      Text(context.select((Cart cart) => cart.title)),
      Text(Provider.of<Cart>(context, listen: false).title),
    ]);`),
    "the state of a bloc as a whole": widget("    return switch (context.watch<CartBloc>().state) { _ => const Text('') };"),
    // saropa_lints prefer_riverpod_select: helpers of AsyncValue, views of a map
    "AsyncValue and views": widget(
      `    final user = ref.watch(userProvider);
    return Column(children: [
      Text('a' + (ref.watch(nameProvider).value ?? '')),
      if (user.isLoading) const Text(''),
      for (final x in ref.watch(mapProvider).values) Text(x),
      Text(ref.watch(cartProvider.select((cart) => cart.title))),
      Text(ref.watch(cartProvider.notifier).title),
    ]);`,
      "",
      "ConsumerWidget",
    ),
    "a watch outside of a build method": `
//- lib/providers.dart
final total = Provider((ref) => ref.watch(cartProvider).total);
class Totals {
  int total(Ref ref) => ref.watch(cartProvider).total;
}
`,
    // localsend's progress page: the session holds a map of all files, and is equal when that is.
    "a property that is compared by all that it holds": widget(
      "    return Text(ref.watch(transferProvider)?.current ?? '');",
      `//- lib/transfer.dart
final transferProvider = NotifierProvider<TransferService, TransferState?>((ref) => TransferService());

class TransferState with TransferStateMappable {
  final String alias;
  final int port;
  final CurrentTransfer? current;
}

class CurrentTransfer with CurrentTransferMappable {
  final Map<String, SentFile> files;
}
`,
      "ConsumerWidget",
    ),
    // AppFlowy hands a single flag down with a class of its own.
    "all that there is": widget(
      "    return Visibility(visible: context.watch<Mode?>()?.isReadOnly ?? false, child: const Text(''));",
      `//- lib/mode.dart
class Mode {
  const Mode(this.isReadOnly);
  final bool isReadOnly;
}
`,
    ),
    "nearly all that can change": widget(
      `    return Column(children: [
      Text(context.watch<Position>().elapsed),
      Text(context.watch<Position>().percent),
    ]);`,
      `//- lib/position.dart
class Position extends ChangeNotifier {
  final Player player;
  Duration _elapsed = Duration.zero;
  Duration _length = Duration.zero;
  bool isLive = false;
  String get elapsed => '$_elapsed';
  String get percent => '\${_elapsed.inSeconds / _length.inSeconds}';
}
`,
    ),
    // Fladder's sizes of what is synchronised, hiddify's names of languages: a number or an enum changes as a whole.
    "an extension of a number, the name of an enum": widget(
      "    return Text(ref.watch(usedSpaceProvider(3)).inMegabytes + ref.watch(languageProvider).name);",
      `//- lib/space.dart
@riverpod
class UsedSpace extends _$UsedSpace {
  @override
  int? build(int folder) => null;
}

enum Language { english, german }

final languageProvider = StateProvider<Language>((ref) => Language.english);
`,
      "ConsumerWidget",
    ),
    // rustdesk's tabs of peers: the helpers of one widget ask for the same model.
    "a widget that subscribes to the whole in another method": `
//- lib/page.dart
class _PageState extends State<Page> {
  Widget _title() => Text(Provider.of<Tabs>(context).title);

  @override
  Widget build(BuildContext context) {
    final tabs = Provider.of<Tabs>(context);
    return Column(children: [_title(), TabList(tabs)]);
  }
}
`,
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
  fixes: {
    "a property of MediaQuery.of": widget("    return SizedBox(width: MediaQuery.sizeOf(context).width / 2);"),
    "a property of MediaQuery.maybeOf": widget(`    final width = MediaQuery.maybeSizeOf(context)?.width ?? 0;
    return SizedBox(width: width);`),
    "an assertion on MediaQuery.maybeOf": widget("    return Padding(padding: MediaQuery.viewInsetsOf(context));"),
    "a local whose every use is one property": widget(`    final size = MediaQuery.sizeOf(context);
    return Text('\${size.width} x \${size.height}');`),
    "a local, where the property's name is taken": widget(`    final media = MediaQuery.sizeOf(context);
    final size = media / 2;
    return SizedBox.fromSize(size: size);`),
    "one property of what provider watches": widget("    return Text(context.select((Cart value) => value.title));"),
    "one property of a bloc's state": widget("    return Text(context.select((CartBloc value) => value.state.title));"),
    "one property through Provider.of": widget(`    final title = context.select((Cart value) => value.title);
    return Text(title);`),
    "one property of what Riverpod watches": widget(
      "    return Text(ref.watch(cartProvider.select((value) => value.title)));",
      "",
      "ConsumerWidget",
    ),
    "one property of what may be null": widget(
      "    return Text(ref.watch(cartProvider(3).select((value) => value?.title)) ?? '');",
      "",
      "ConsumerWidget",
    ),
    "a local of Riverpod": widget(
      `    final title = ref.watch(cartProvider.select((value) => value.title));
    return Column(children: [Text(title), Text(title)]);`,
      "",
      "ConsumerWidget",
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

it("dart/rebuild-wide-state hears of a notifier that begins to change its object in place", async () => {
  const session = (method: string) => `class Session extends ChangeNotifier {
  User user = User();
  bool isBusy = false;
  int visits = 0;
  void login(User someone) => user = someone;
  ${method}
}
class User {}
`;
  const workspace = new TestWorkspace([rebuildWideState]);
  const page = parseFixture(widget("    return Text(context.watch<Session>().user.name);")).files;
  await workspace.put([...page, ["lib/session.dart", session("void rename(String name) {}")]]);
  assert.equal(workspace.findings().length, 1);
  await workspace.put([["lib/session.dart", session("void rename(String name) { user.name = name; }")]]);
  assert.equal(workspace.findings().length, 0);
});
