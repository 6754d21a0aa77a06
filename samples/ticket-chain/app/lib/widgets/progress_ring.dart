import 'package:flutter/material.dart';

/// All that is drawn follows the animation.
class ProgressRing extends StatelessWidget {
  const ProgressRing({super.key, required this.progress});

  final Animation<double> progress;

  @override
  Widget build(BuildContext context) {
    return AnimatedBuilder(
      animation: progress,
      builder: (context, _) => Stack(
        alignment: Alignment.center,
        children: [
          CircularProgressIndicator(value: progress.value),
          Opacity(opacity: progress.value, child: Text('${(progress.value * 100).round()} %')),
        ],
      ),
    );
  }
}
