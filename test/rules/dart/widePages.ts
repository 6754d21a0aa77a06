/** Workspaces for the tests of dart/rebuild-wide-state. */

/** A widget with the given build method. */
export const widget = (body: string, others = "", base = "StatelessWidget"): string => `
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

export const rows = (count: number, row: string): string => Array.from({ length: count }, () => row).join("\n");

/** A State whose build method is long and wide, with a place for what reads a field. */
export const wideState = (reader: string, change: string, top = ""): string => `
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
