import { controllerNotDisposed } from "../../../src/rules/dart/controller-not-disposed.ts";
import { rule } from "../../harness/rule.ts";
import { state } from "./controllerStates.ts";

rule(controllerNotDisposed, {
  reports: {
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
    // gskinnerTeam/flutter-wonderous-app: its buttons
    "a node that a builder of the widget is given by call": state(`  final _focus = FocusNode();
      //^^^^^^ 💡 _focus: this FocusNode is never disposed

  @override
  Widget build(BuildContext context) => widget.builder.call(context, _focus);`),
    // pixez-flutter: a helper that says which widget it makes
    "a node that a method puts into a field of text": state(`  final _focus = FocusNode();
      //^^^^^^ 💡 _focus: this FocusNode is never disposed

  TextField _field(FocusNode node) => TextField(focusNode: node);

  @override
  Widget build(BuildContext context) => Column(children: [_field(_focus)]);`),
  },
  ignores: {
    "a field that holds a list of them, each disposed": state(`  final _first = AnimationController(vsync: this);
  final _second = AnimationController(vsync: this);
  late final _all = [_first, _second];

  @override
  void dispose() {
    for (final one in _all) {
      one.dispose();
    }
    super.dispose();
  }`),
    "a controller that is disposed": state(`  final _scroll = ScrollController();

  @override
  void dispose() {
    _scroll.dispose();
    super.dispose();
  }`),
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
    "objects that leave in a record": state(`  final _a = ScrollController();
  final _b = FocusNode();

  (ScrollController, {FocusNode focus}) give() => (_a, focus: _b);`),
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
    "a restorable property": state(`  final _count = RestorableTextEditingController();

  @override
  void restoreState(RestorationBucket? oldBucket, bool initialRestore) {
    registerForRestoration(_count, 'count');
  }`),
  },
});
