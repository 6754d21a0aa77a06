/** A workspace for the tests of dart/controller-not-disposed. */

/** A State with the given members; a marker line counts for the line above it. */
export const state = (members: string): string => `
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
