import assert from "node:assert/strict";
import { rebuildWideState } from "../../../src/rules/dart/rebuild-wide-state.ts";
import { TestWorkspace } from "../../harness/check.ts";
import { parseFixture } from "../../harness/fixture.ts";
import { rule } from "../../harness/rule.ts";
import { widget } from "./widePages.ts";

rule(rebuildWideState, {
  reports: {
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
    "a notifier that has a stream, too": widget(
      `    return Text(context.watch<Cart>().title);
              //^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 title: watch<Cart> rebuilds this widget at any change of the object`,
      `//- lib/cart.dart
class Cart extends ChangeNotifier {
  final StreamController<int> _events = StreamController();
  String title = '';
  int total = 0;
  int count = 0;
}
`,
    ),
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
  },
  ignores: {
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
    // anytime: a plain provider of a bloc that speaks through its streams gives one object for good
    "a bloc whose changes go through its streams": widget(
      "    return StreamBuilder(stream: Provider.of<OrderBloc>(context).orders, builder: (_, s) => const Text(''));",
      `//- lib/bloc.dart
abstract class PageBloc {
  final _lifecycle = PublishSubject<int>();
  void dispose() {}
}
class OrderBloc extends PageBloc {
  final BehaviorSubject<List<Order>> _orders = BehaviorSubject();
  Stream<List<Order>> get orders => _orders.stream;
  Settings settings = Settings();
  int visits = 0;
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
  },
  fixes: {
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
