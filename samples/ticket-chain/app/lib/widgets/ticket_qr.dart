import 'package:flutter/material.dart';
import 'package:qr_flutter/qr_flutter.dart';

import '../api/models.dart';
import 'countdown.dart';

/// A ticket to be scanned, in a frame that glows while it is valid.
class TicketQr extends StatefulWidget {
  const TicketQr({super.key, required this.ticket});

  final Ticket ticket;

  @override
  State<TicketQr> createState() => _TicketQrState();
}

class _TicketQrState extends State<TicketQr> with SingleTickerProviderStateMixin {
  late final AnimationController _glow = AnimationController(
    vsync: this,
    duration: const Duration(milliseconds: 1500),
  )..repeat(reverse: true);

  @override
  Widget build(BuildContext context) {
    final size = MediaQuery.of(context).size.shortestSide * 0.6;
    return AnimatedBuilder(
      animation: _glow,
      builder: (context, _) => DecoratedBox(
        decoration: BoxDecoration(
          border: Border.all(color: Colors.teal.withValues(alpha: _glow.value), width: 4),
        ),
        child: Padding(
          padding: const EdgeInsets.all(16),
          child: Column(
            mainAxisSize: MainAxisSize.min,
            children: [
              QrImageView(data: widget.ticket.token ?? '', size: size),
              const SizedBox(height: 12),
              Text('Ticket ${widget.ticket.id}'),
              Countdown(until: widget.ticket.expiresAt),
              const Text('Valid once, for one new member'),
            ],
          ),
        ),
      ),
    );
  }
}
