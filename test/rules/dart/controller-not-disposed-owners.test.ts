import { controllerNotDisposed } from "../../../src/rules/dart/controller-not-disposed.ts";
import { rule } from "../../harness/rule.ts";

rule(controllerNotDisposed, {
  reports: {
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
    "a controller from a constructor's parameter": `
//- lib/model.dart
class Model extends ChangeNotifier {
  Model(this.scroll, {required TextEditingController name}) : _name = name;
  final ScrollController scroll;
  final TextEditingController _name;
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
