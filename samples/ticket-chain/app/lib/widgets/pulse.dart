import 'package:flutter/material.dart';

/// Lets its child breathe.
class Pulse extends StatefulWidget {
  const Pulse({super.key, required this.label, required this.count});

  final String label;
  final int count;

  @override
  State<Pulse> createState() => _PulseState();
}

class _PulseState extends State<Pulse> with SingleTickerProviderStateMixin {
  late final AnimationController _breath = AnimationController(
    vsync: this,
    duration: const Duration(seconds: 2),
  )..repeat(reverse: true);

  @override
  void dispose() {
    _breath.dispose();
    super.dispose();
  }

  @override
  Widget build(BuildContext context) {
    return AnimatedBuilder(
      animation: _breath,
      builder: (context, child) => Transform.scale(scale: 1 + _breath.value / 20, child: child),
      child: Card(
        child: Padding(
          padding: const EdgeInsets.all(12),
          child: Column(
            mainAxisSize: MainAxisSize.min,
            children: [
              const Icon(Icons.link),
              Text(widget.label),
              Text('${widget.count}'),
            ],
          ),
        ),
      ),
    );
  }
}
