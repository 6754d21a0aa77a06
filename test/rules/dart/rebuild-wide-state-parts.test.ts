import { rebuildWideState } from "../../../src/rules/dart/rebuild-wide-state.ts";
import { rule } from "../../harness/rule.ts";
import { widget } from "./widePages.ts";

// What a property is a part of, and whether anything is spared.
rule(rebuildWideState, {
  reports: {
    "a number of a record": widget(
      `    return Text('\${ref.watch(filterProvider).$1}');
                 //^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 $1: watch rebuilds this widget at any change of the object`,
      `//- lib/filter.dart
@riverpod
class Filter extends _$Filter {
  @override
  (int, List<String>) build() => (0, [for (final source in sources) source.name]);
}
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
  },
  ignores: {
    // mangayomi: what a provider puts together in a record
    "a list of a record, which is never the last one": widget(
      "    return Text(ref.watch(filterProvider).$2.join());",
      `//- lib/filter.dart
@riverpod
class Filter extends _$Filter {
  @override
  (int, List<String>) build() => (0, [for (final source in sources) source.name]);
}
`,
      "ConsumerWidget",
    ),
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
    "a property that is compared by a view of what it holds": widget(
      "    return Text(ref.watch(transferProvider)?.current ?? '');",
      `//- lib/transfer.dart
final transferProvider = NotifierProvider<TransferService, TransferState?>((ref) => TransferService());

class TransferState {
  final String alias;
  final int port;
  final CurrentTransfer? current;
}

class CurrentTransfer extends Equatable {
  final UnmodifiableListView<SentFile> files;
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
  },
});
