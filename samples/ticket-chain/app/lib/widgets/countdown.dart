import 'dart:async';

import 'package:flutter/material.dart';

/// The time that is left, told anew each second.
class Countdown extends StatefulWidget {
  const Countdown({super.key, required this.until});

  final DateTime until;

  @override
  State<Countdown> createState() => _CountdownState();
}

class _CountdownState extends State<Countdown> {
  Timer? _ticker;
  Duration _left = Duration.zero;

  @override
  void initState() {
    super.initState();
    _measure();
    _ticker = Timer.periodic(const Duration(seconds: 1), (_) => setState(_measure));
  }

  @override
  void dispose() {
    _stop();
    super.dispose();
  }

  void _stop() {
    final ticker = _ticker;
    ticker?.cancel();
  }

  void _measure() {
    final left = widget.until.difference(DateTime.now());
    _left = left.isNegative ? Duration.zero : left;
  }

  @override
  Widget build(BuildContext context) {
    final minutes = (_left.inMinutes % 60).toString().padLeft(2, '0');
    final seconds = (_left.inSeconds % 60).toString().padLeft(2, '0');
    return Text('${_left.inHours}:$minutes:$seconds');
  }
}
