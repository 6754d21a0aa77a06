import { controllerNotDisposed } from "../../../src/rules/dart/controller-not-disposed.ts";
import { rule } from "../../harness/rule.ts";

/** A State with the given members; a marker line counts for the line above it. */
const state = (members: string) => `
//- lib/home.dart
import 'dart:async';
import 'package:flutter/material.dart';

class Home extends StatefulWidget {
  const Home({super.key, this.controller});
  final ScrollController? controller;
  @override
  State<Home> createState() => _HomeState();
}

class _HomeState extends State<Home> with TickerProviderStateMixin {
${members}
}
`;

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
    "a controller that is only passed to widgets": state(`  final _tab = TabController(length: 2, vsync: this);
      //^^^^ 💡 _tab: this TabController is never disposed

  Widget _bar(TabController tab) => TabBar(controller: tab);

  @override
  Widget build(BuildContext context) => Column(children: [_bar(_tab), TabBarView(controller: _tab)]);`),
    "an animation that is only driven": state(`  late final _c = AnimationController(vsync: this);
           //^^ 💡 _c: this AnimationController is never disposed
  late final _size = Tween<double>(begin: 0, end: 1).animate(_c);

  @override
  Widget build(BuildContext context) => ScaleTransition(scale: _size, child: ListenableBuilder(listenable: Listenable.merge([_c]), builder: (_, __) => const Text('')));`),
    "a controller that may be somebody else's": state(`  late final _scroll = widget.controller ?? ScrollController();
           //^^^^^^^ 💡 _scroll: this ScrollController is never disposed

  @override
  void dispose() {
    super.dispose();
  }

  @override
  Widget build(BuildContext context) => ListView(controller: _scroll);`),
    "a controller that is made on some devices only": state(`  final _drag = isTouch ? ValueNotifier(Offset.zero) : null;
      //^^^^^ 💡 _drag: this ValueNotifier is never disposed

  @override
  Widget build(BuildContext context) => Handle(offset: _drag);`),
    "a controller that a method of the class makes or finds": state(`  late ScrollController _scroll;
                      //^^^^^^^ _scroll: this ScrollController is never disposed

  @override
  void didChangeDependencies() {
    super.didChangeDependencies();
    _scroll = PrimaryScrollController.maybeOf(context) ?? ScrollController();
  }

  @override
  Widget build(BuildContext context) => ListView(controller: _scroll);`),
    // pixez-flutter: a helper that says which widget it makes
    "a node that a method puts into a field of text": state(`  final _focus = FocusNode();
      //^^^^^^ 💡 _focus: this FocusNode is never disposed

  TextField _field(FocusNode node) => TextField(focusNode: node);

  @override
  Widget build(BuildContext context) => Column(children: [_field(_focus)]);`),
    "a controller from before null safety, which a method makes late": state(`  ScrollController _scroll;
                 //^^^^^^^ 💡 _scroll: this ScrollController is never disposed

  void _open() {
    _scroll = ScrollController();
    _scroll.jumpTo(0);
  }`),
    "a state of a form field": `
//- lib/amount.dart
class _AmountState extends FormFieldState<int> {
  final _text = TextEditingController();
      //^^^^^ 💡 _text: this TextEditingController is never disposed

  @override
  Widget build(BuildContext context) => TextField(controller: _text);
}
`,
    "a stream controller of a bloc": `
//- lib/cart_cubit.dart
class CartCubit extends Cubit<Cart> {
  CartCubit(Repository repository) : super(Cart.empty) {
    _changes = repository.changes.listen(emit);
  }

  late final StreamSubscription<Cart> _changes;
                                    //^^^^^^^^ 💡 _changes: this StreamSubscription is never cancelled
}
`,
    "a subscription of a bloc that closes other things": `
//- lib/cart_bloc.dart
class CartBloc extends Bloc<CartEvent, CartState> {
  CartBloc(this.repository) : super(CartState()) {
    _changes = repository.changes.listen((cart) => add(Changed(cart)));
  }
  late final StreamSubscription<Cart> _changes;
                                    //^^^^^^^^ 💡 _changes: this StreamSubscription is never cancelled
  final StreamController<int> _totals = StreamController<int>();

  @override
  Future<void> close() async {
    await _totals.close();
    return super.close();
  }
}
`,
    "a notifier's own controllers": `
//- lib/search_model.dart
class SearchModel extends ChangeNotifier {
  final ScrollController scroll = ScrollController();
                       //^^^^^^ 💡 scroll: this ScrollController is never disposed
}
`,
    "a GetX controller": `
//- lib/login_controller.dart
class LoginController extends GetxController {
  final focus = FocusNode();
      //^^^^^ 💡 focus: this FocusNode is never disposed

  @override
  void onClose() {
    print('bye');
    super.onClose();
  }
}
`,
    "a Riverpod notifier, without a fix": `
//- lib/clock.dart
class Clock extends Notifier<int> {
  Timer? _timer;
       //^^^^^^ _timer: this Timer is never cancelled

  @override
  int build() {
    _timer = Timer.periodic(const Duration(seconds: 1), (_) => state++);
    return 0;
  }
}
`,
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
    "a state of the project's own base class": `
//- lib/base_state.dart
abstract class BaseState<T extends StatefulWidget> extends State<T> {}
//- lib/page.dart
import 'base_state.dart';

class _PageState extends BaseState<Page> {
  final _pages = PageController();
      //^^^^^^ 💡 _pages: this PageController is never disposed

  @override
  Widget build(BuildContext context) => PageView(controller: _pages);
}
`,
    "a notifier of the project": `
//- lib/counter.dart
class Counter extends ChangeNotifier {}
//- lib/page.dart
class _PageState extends State<Page> {
  final _counter = Counter();
      //^^^^^^^^ 💡 _counter: this Counter is never disposed
}
`,
  },
  ignores: {
    "a controller that is disposed": state(`  final _scroll = ScrollController();

  @override
  void dispose() {
    _scroll.dispose();
    super.dispose();
  }`),
    // saropa_lints require_dispose_pattern "borrowed references"; awesome_lints 2.2.0
    "a controller of the widget": state(`  late final ScrollController _scroll;
  ScrollController get other => widget.controller!;

  @override
  void initState() {
    super.initState();
    _scroll = widget.controller!;
  }`),
    "a controller from a constructor's parameter": `
//- lib/model.dart
class Model extends ChangeNotifier {
  Model(this.scroll, {required TextEditingController name}) : _name = name;
  final ScrollController scroll;
  final TextEditingController _name;
}
`,
    // dart-lang/sdk#44087, #58271: `!.cancel()` and `?.cancel()` count
    "null assertions and null-aware calls": state(`  StreamSubscription<int>? _a;
  StreamSubscription<int>? _b;

  @override
  void initState() {
    super.initState();
    _a = ticks.listen(print);
    _b = ticks.listen(print);
  }

  @override
  void dispose() {
    _a!.cancel();
    _b?.cancel();
    super.dispose();
  }`),
    // dart-lang/sdk#57387: released in a helper method
    "a helper method that releases": state(`  Timer? _timer;

  void _start() {
    _stop();
    _timer = Timer.periodic(const Duration(seconds: 1), (_) {});
  }

  void _stop() => _timer?.cancel();

  @override
  void dispose() {
    _stop();
    super.dispose();
  }`),
    // saropa_lints local_alias_dispose, cascade_dispose, dispose_safe_extension
    "aliases, cascades and extensions": state(`  final _a = ScrollController();
  final _b = FocusNode();
  final _c = PageController();
  AnimationController? _d = AnimationController(vsync: this);

  @override
  void dispose() {
    final a = _a;
    a.dispose();
    _b
      ..unfocus()
      ..dispose();
    _c.disposeSafe();
    if (_d case final d?) d.dispose();
    super.dispose();
  }`),
    "loops and lists": state(`  final _a = ScrollController();
  final _b = FocusNode();
  final _c = PageController();
  final _d = FocusNode();

  @override
  void dispose() {
    for (final controller in [_a, _b]) controller.dispose();
    [_c].forEach((c) => c.dispose());
    disposeAll([_d]);
    super.dispose();
  }`),
    // saropa_lints: disposed in addPostFrameCallback
    "disposed after the frame": state(`  final _a = ScrollController();

  @override
  void dispose() {
    WidgetsBinding.instance.addPostFrameCallback((_) => _a.dispose());
    super.dispose();
  }`),
    "handed to something that lets go": state(`  late final _a = autoDispose(FocusNode());
  final _b = FocusNode();
  late final StreamSubscription<int> _c;

  @override
  void initState() {
    super.initState();
    autoDispose(_b);
    _c = ticks.listen(print);
    _subscriptions.add(_c);
    ref.onDispose(_d.dispose);
  }

  final _d = PageController();`),
    // gsy_github_app_flutter: a proxy provider disposes of what it creates too.
    "a provider of two type arguments in a list": state(`  late Cart _cart;

  @override
  void initState() {
    super.initState();
    _cart = Cart();
  }

  @override
  Widget build(BuildContext context) => MultiProvider(
    providers: [
      ChangeNotifierProvider(create: (_) => Network()),
      ChangeNotifierProxyProvider<Network, Cart>(
        update: (context, network, before) => before!..network = network,
        create: (BuildContext context) => _cart,
      ),
    ],
    child: const Text(''),
  );
}

class Network extends ChangeNotifier {}

class Cart extends ChangeNotifier {
  Network? network;
`),
    "a provider that closes what it creates": state(`  final _bloc = CartCubit();

  @override
  Widget build(BuildContext context) => BlocProvider(create: (_) => _bloc, child: const Text(''));
}

class CartCubit extends Cubit<int> {
  CartCubit() : super(0);`),
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
    // flutter_deer: a mixin is told what to let go, and what to call until then
    "objects in a map that a mixin lets go": state(`  final _name = TextEditingController();
  final _focus = FocusNode();

  @override
  Map<ChangeNotifier, List<VoidCallback>?> owned() => {
    _name: [_check],
    _focus: null,
  };

  @override
  Widget build(BuildContext context) => TextField(controller: _name, focusNode: _focus);`),
    // flutter_hooks, getx: whoever asks for the ticker lets it go
    "a ticker that is made for somebody else": `
//- lib/ticking.dart
class _TickingState extends HookState<TickerProvider, Ticking> implements TickerProvider {
  Ticker? _ticker;

  @override
  Ticker createTicker(TickerCallback onTick) {
    _ticker = Ticker(onTick);
    return _ticker!;
  }
}
`,
    // aves: settings that live as long as the application
    "a notifier of which there is one": `
//- lib/settings.dart
final Settings settings = Settings._();

class Settings with ChangeNotifier {
  Settings._();
  final _changes = StreamController<String>.broadcast();
  void set(String key) => _changes.add(key);
}
class Session extends ChangeNotifier {
  static final Session instance = Session._();
  Session._();
  final _changes = StreamController<String>.broadcast();
  void end() => _changes.add('');
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
    "hooks and static fields": state(`  static final shared = FocusNode();
  final _hook = useTextEditingController();`),
    "a short timer, and one that ends itself": state(`  Timer? _blink;
  Timer? _count;

  void _start() {
    _blink = Timer(const Duration(milliseconds: 300), () {});
    _count = Timer.periodic(const Duration(seconds: 1), (timer) {
      if (left == 0) timer.cancel();
    });
  }`),
    "a class that no framework ends": `
//- lib/service.dart
class Service {
  final _changes = StreamController<int>();
}
class Tile extends StatelessWidget {
  final focus = FocusNode();
}
`,
    "a member that a base class deals with": `
//- lib/base.dart
abstract class ScrollState<T extends StatefulWidget> extends State<T> {
  ScrollController get scroll;
  @override
  void dispose() {
    scroll.dispose();
    super.dispose();
  }
}
//- lib/page.dart
class _PageState extends ScrollState<Page> {
  final ScrollController scroll = ScrollController();
  @override
  final focus = FocusNode();
}
`,
    // flutter/samples compass_app: commands of a view model are notifiers themselves and go with it
    "a notifier made of the project's own notifiers": `
//- lib/command.dart
class Command extends ChangeNotifier {}
//- lib/view_model.dart
class ViewModel extends ChangeNotifier {
  ViewModel() {
    load = Command();
  }
  late final Command load;
}
`,
    "a restorable property": state(`  final _count = RestorableTextEditingController();

  @override
  void restoreState(RestorationBucket? oldBucket, bool initialRestore) {
    registerForRestoration(_count, 'count');
  }`),
    "tests and generated files": `
//- test/home_test.dart
class _HomeState extends State<Home> {
  final _scroll = ScrollController();
}
//- lib/home.g.dart
class _HomeState2 extends State<Home> {
  final _scroll = ScrollController();
}
`,
    "a class of the same name that is no Flutter controller": `
//- lib/page_controller.dart
class PageController {
  void next() {}
}
//- lib/page.dart
class _PageState extends State<Page> {
  final _pages = PageController();
}
`,
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
    "a controller that may be somebody else's": state(`  late final _scroll = widget.controller ?? ScrollController();

  @override
  void dispose() {
    if (widget.controller == null) _scroll.dispose();
    super.dispose();
  }

  @override
  Widget build(BuildContext context) => ListView(controller: _scroll);`),
    "a controller that is made on some devices only": state(`  final _drag = isTouch ? ValueNotifier(Offset.zero) : null;

  @override
  void dispose() {
    _drag?.dispose();
    super.dispose();
  }

  @override
  Widget build(BuildContext context) => Handle(offset: _drag);`),
    "a controller from before null safety, which a method makes late": state(`  ScrollController _scroll;

  void _open() {
    _scroll = ScrollController();
    _scroll.jumpTo(0);
  }

  @override
  void dispose() {
    _scroll?.dispose();
    super.dispose();
  }`),
    "a stream controller of a bloc": `
//- lib/cart_cubit.dart
class CartCubit extends Cubit<Cart> {
  CartCubit(Repository repository) : super(Cart.empty) {
    _changes = repository.changes.listen(emit);
  }

  late final StreamSubscription<Cart> _changes;

  @override
  Future<void> close() {
    _changes.cancel();
    return super.close();
  }
}
`,
    "a subscription of a bloc that closes other things": `
//- lib/cart_bloc.dart
class CartBloc extends Bloc<CartEvent, CartState> {
  CartBloc(this.repository) : super(CartState()) {
    _changes = repository.changes.listen((cart) => add(Changed(cart)));
  }
  late final StreamSubscription<Cart> _changes;
  final StreamController<int> _totals = StreamController<int>();

  @override
  Future<void> close() async {
    await _totals.close();
    await _changes.cancel();
    return super.close();
  }
}
`,
    "a notifier's own controllers": `
//- lib/search_model.dart
class SearchModel extends ChangeNotifier {
  final ScrollController scroll = ScrollController();

  @override
  void dispose() {
    scroll.dispose();
    super.dispose();
  }
}
`,
    "a GetX controller": `
//- lib/login_controller.dart
class LoginController extends GetxController {
  final focus = FocusNode();

  @override
  void onClose() {
    print('bye');
    focus.dispose();
    super.onClose();
  }
}
`,
  },
});
