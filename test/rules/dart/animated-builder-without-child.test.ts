import assert from "node:assert/strict";
import { animatedBuilderWithoutChild } from "../../../src/rules/dart/animated-builder-without-child.ts";
import { TestWorkspace } from "../../harness/check.ts";
import { parseFixture } from "../../harness/fixture.ts";
import { rule } from "../../harness/rule.ts";

/** A State whose build method returns the given expression. */
const builds = (expression: string, members = "") => `
//- lib/spinner.dart
import 'package:flutter/material.dart';

class Spinner extends StatefulWidget {
  const Spinner({super.key, required this.title, required this.model, required this.progress});
  final String title;
  final CounterModel model;
  final Animation<double> progress;
  @override
  State<Spinner> createState() => _SpinnerState();
}

class _SpinnerState extends State<Spinner> with SingleTickerProviderStateMixin {
  late final AnimationController _controller = AnimationController(vsync: this);
  late final Animation<double> _size = Tween<double>(begin: 0, end: 1).animate(_controller);
${members}
  @override
  Widget build(BuildContext context) {
    return ${expression};
  }
}
`;

/** Six widgets that depend on nothing but what `text` says. */
const card = (text: string, indent: string) =>
  [
    "Card(",
    "  child: Column(",
    "    children: [",
    `      Text(${text}),`,
    "      Icon(Icons.add),",
    "      Text('b'),",
    "      Text('c'),",
    "    ],",
    "  ),",
    ")",
  ].join(`\n${indent}`);

rule(animatedBuilderWithoutChild, {
  reports: {
    "a subtree beside the animated property": builds(`AnimatedBuilder(
         //^^^^^^^^^^^^^^^ 💡 AnimatedBuilder makes 6 widgets at every frame that do not depend on _controller
      animation: _controller,
      builder: (context, _) => Transform.rotate(
        angle: _controller.value,
        child: ${card("widget.title", "        ")},
      ),
    )`),
    "a subtree before null safety": `${builds(`AnimatedBuilder(
         //^^^^^^^^^^^^^^^ 💡
      animation: _controller,
      builder: (context, child) => Transform.rotate(
        angle: _controller.value,
        child: Row(children: [Text('a'), Text('b'), Text('c'), Text('d')]),
             //~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ does not depend on it
      ),
    )`)}
//- pubspec.yaml
name: spinner
environment:
  sdk: ">=2.7.0 <3.0.0"
dependencies:
  flutter:
    sdk: flutter
`,
    "a text of several lines: no fix": builds(`AnimatedBuilder(
         //^^^^^^^^^^^^^^^
      animation: _controller,
      builder: (context, child) => Transform.rotate(
        angle: _controller.value,
        child: Row(children: [Text('''a
          b'''), Text('b'), Text('c'), Text('d')]),
      ),
    )`),
    "a subtree in a list, on one line": builds(`AnimatedBuilder(animation: widget.progress, builder: (context, child) {
         //^^^^^^^^^^^^^^^ 💡 AnimatedBuilder makes 5 widgets at every frame that do not depend on widget.progress
      final left = widget.progress.value * 10;
      return Stack(children: [Positioned(left: left, child: Icon(Icons.add)), Row(children: [Text('a'), Text('b'), Text('c'), Text('d')])]);
                                                                            //~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ does not depend on it
    })`),
    "a tween": builds(`TweenAnimationBuilder<double>(
         //^^^^^^^^^^^^^^^^^^^^^ 💡 TweenAnimationBuilder makes 6 widgets at every frame that do not depend on its value
      tween: Tween(begin: 0, end: 1),
      duration: const Duration(seconds: 1),
      builder: (context, value, __) {
        return Opacity(
          opacity: value,
          child: ${card("'a'", "          ")},
        );
      },
    )`),
    "a listenable, where the subtree reads only what cannot change": builds(
      `ValueListenableBuilder<int>(
         //^^^^^^^^^^^^^^^^^^^^^^ 💡 ValueListenableBuilder makes 7 widgets at every change that do not depend on _count
      valueListenable: _count,
      builder: (context, count, child) => Column(
        children: [
          Text('$count'),
          GestureDetector(
            onTap: () => widget.model.increment(),
            child: ${card("widget.title", "            ")},
          ),
        ],
      ),
    )`,
      "  final _count = ValueNotifier(0);",
    ),
    // flutter/samples says so of its own card in a comment.
    "few widgets at each frame": builds(`AnimatedBuilder(
         //^^^^^^^^^^^^^^^ 💡 AnimatedBuilder makes 4 widgets at every frame that do not depend on _controller
      animation: _controller,
      builder: (context, child) => Transform.rotate(angle: _controller.value, child: Column(children: [Text('a'), Text('b'), Text('c')])),
    )`),
    "a theme, with a fix that is no more than a suggestion": builds(`AnimatedBuilder(
         //^^^^^^^^^^^^^^^ 💡 AnimatedBuilder makes 6 widgets at every frame that do not depend on _size
      animation: _size,
      builder: (context, child) => SizedBox(
        width: _size.value,
        child: ${card("'a', style: Theme.of(context).textTheme.bodyLarge", "        ")},
      ),
    )`),
  },
  ignores: {
    "a child that is passed": builds(`AnimatedBuilder(
      animation: _controller,
      child: ${card("'a'", "      ")},
      builder: (context, child) => Transform.rotate(angle: _controller.value, child: child),
    )`),
    "one widget, however often": builds(`AnimatedBuilder(
      animation: _controller,
      builder: (context, child) => Transform.rotate(angle: _controller.value, child: Text('a')),
    )`),
    "few widgets, at the changes of a listenable": builds(
      `ValueListenableBuilder<int>(
      valueListenable: _count,
      builder: (context, count, child) => Column(children: [Text('$count'), Card(child: Text('b'))]),
    )`,
      "  final _count = ValueNotifier(0);",
    ),
    "constants: they are the same widgets at every frame": builds(`AnimatedBuilder(
      animation: _controller,
      builder: (context, child) => Transform.rotate(
        angle: _controller.value,
        child: const Column(children: [Text('a'), Text('b'), Text('c'), Text('d'), Text('e')]),
      ),
    )`),
    // saropa_lints avoid_excessive_rebuilds_animation (2026-06-10): the animated value is used at a leaf
    "the animation at a leaf": builds(`AnimatedBuilder(
      animation: _controller,
      builder: (context, child) => Card(
        child: Column(children: [Text('a'), Text('b'), Text('c'), Text('d'), SizedBox(height: _controller.value)]),
      ),
    )`),
    "another animation that is made of it": builds(`AnimatedBuilder(
      animation: _controller,
      builder: (context, child) => Transform.rotate(
        angle: _controller.value,
        child: Column(children: [Text('a'), Text('b'), Text('c'), Opacity(opacity: _size.value), Text('d')]),
      ),
    )`),
    "a local made of the value": builds(`AnimatedBuilder(
      animation: _controller,
      builder: (context, child) {
        final label = '\${_controller.value}';
        return Center(child: ${card("label", "        ")});
      },
    )`),
    "a parameter of the builder": builds(`ValueListenableBuilder<int>(
      valueListenable: widget.model.count,
      builder: (context, count, _) => Center(child: ${card("'$count'", "      ")}),
    )`),
    "a model that is told of by another listenable": builds(`ListenableBuilder(
      listenable: widget.model,
      builder: (context, _) => Center(child: ${card("widget.model.name", "      ")}),
    )`),
    "another object that may change with it": builds(
      `ListenableBuilder(
      listenable: widget.model,
      builder: (context, _) => Center(child: ${card("_session.name", "      ")}),
    )`,
      "  final Session _session = Session();",
    ),
    "a helper method that may read it": builds(
      `ListenableBuilder(
      listenable: widget.model,
      builder: (context, _) => Center(child: Column(children: [Text('a'), Text('b'), Text('c'), Text('d'), _total()])),
    )`,
      "  Widget _total() => Text(widget.model.total);",
    ),
    "an AnimatedBuilder over a model": builds(
      `AnimatedBuilder(
      animation: widget.model,
      builder: (context, _) => Center(child: ${card("total", "      ")}),
    )`,
      "  String get total => '';",
    ),
    "a branch: what it uses may exist there only": builds(`AnimatedBuilder(
      animation: _controller,
      builder: (context, child) => Stack(children: [
        Positioned(left: _controller.value, child: Icon(Icons.add)),
        if (_user != null) ${card("_user!.name", "        ")},
      ]),
    )`),
    "a context that only the builder has": builds(`Scaffold(
      body: AnimatedBuilder(
        animation: _controller,
        builder: (context, child) => Opacity(
          opacity: _controller.value,
          child: ${card("Scaffold.of(context).title", "          ")},
        ),
      ),
    )`),
    "the whole result": builds(`AnimatedBuilder(
      animation: _controller,
      builder: (context, child) => ${card("'a'", "      ")},
    )`),
    "a builder without a parameter for the child": builds(`Builder(
      builder: (context) => Center(child: ${card("'a'", "      ")}),
    )`),
    // saropa_lints (2026-04-26): these are no animations, and take no child
    "FutureBuilder and StreamBuilder": builds(`FutureBuilder(
      future: _user,
      builder: (context, snapshot) => Center(child: ${card("'a'", "      ")}),
    )`),
  },
  fixes: {
    "a subtree beside the animated property": builds(`AnimatedBuilder(
      animation: _controller,
      child: ${card("widget.title", "      ")},
      builder: (context, child) => Transform.rotate(
        angle: _controller.value,
        child: child!,
      ),
    )`),
    "a subtree before null safety": builds(`AnimatedBuilder(
      animation: _controller,
      child: Row(children: [Text('a'), Text('b'), Text('c'), Text('d')]),
      builder: (context, child) => Transform.rotate(
        angle: _controller.value,
        child: child,
      ),
    )`),
    "a subtree in a list, on one line":
      builds(`AnimatedBuilder(animation: widget.progress, child: Row(children: [Text('a'), Text('b'), Text('c'), Text('d')]), builder: (context, child) {
      final left = widget.progress.value * 10;
      return Stack(children: [Positioned(left: left, child: Icon(Icons.add)), child!]);
    })`),
    "a tween": builds(`TweenAnimationBuilder<double>(
      tween: Tween(begin: 0, end: 1),
      duration: const Duration(seconds: 1),
      child: ${card("'a'", "      ")},
      builder: (context, value, child) {
        return Opacity(
          opacity: value,
          child: child!,
        );
      },
    )`),
    "a listenable, where the subtree reads only what cannot change": builds(
      `ValueListenableBuilder<int>(
      valueListenable: _count,
      child: GestureDetector(
        onTap: () => widget.model.increment(),
        child: ${card("widget.title", "        ")},
      ),
      builder: (context, count, child) => Column(
        children: [
          Text('$count'),
          child!,
        ],
      ),
    )`,
      "  final _count = ValueNotifier(0);",
    ),
  },
});

it("dart/animated-builder-without-child is a hint where few widgets are made", async () => {
  const severityOf = async (child: string): Promise<readonly string[]> => {
    const workspace = new TestWorkspace([animatedBuilderWithoutChild]);
    const builder = `AnimatedBuilder(animation: _controller, builder: (context, child) => Transform.rotate(angle: _controller.value, child: ${child}))`;
    await workspace.put(parseFixture(builds(builder)).files);
    return workspace.findings().map(({ severity }) => severity);
  };
  assert.deepEqual(await severityOf("Center(child: Text('a'))"), ["hint"]);
  assert.deepEqual(await severityOf("Row(children: [Text('a'), Text('b'), Text('c'), Text('d')])"), ["warning"]);
});
