import { controllerNotDisposed } from "../../../src/rules/dart/controller-not-disposed.ts";
import { rule } from "../../harness/rule.ts";
import { state } from "./controllerStates.ts";

// Where a controller comes from.
rule(controllerNotDisposed, {
  reports: {
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
    "a controller from before null safety, which a method makes late": state(`  ScrollController _scroll;
                 //^^^^^^^ 💡 _scroll: this ScrollController is never disposed

  void _open() {
    _scroll = ScrollController();
    _scroll.jumpTo(0);
  }`),
  },
  ignores: {
    "hooks and static fields": state(`  static final shared = FocusNode();
  final _hook = useTextEditingController();`),
  },
  fixes: {
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
  },
});
