import 'package:flutter/material.dart';
import 'package:provider/provider.dart';

import '../api/api_client.dart';
import '../api/models.dart';
import '../widgets/ticket_qr.dart';

class TicketScreen extends StatefulWidget {
  const TicketScreen({super.key});

  @override
  State<TicketScreen> createState() => _TicketScreenState();
}

class _TicketScreenState extends State<TicketScreen> {
  final ValueNotifier<int> _generated = ValueNotifier(0);
  Ticket? _ticket;

  @override
  void dispose() {
    _generated.dispose();
    super.dispose();
  }

  Future<void> _generate() async {
    final ticket = await context.read<ApiClient>().generateTicket();
    if (!mounted) return;
    _generated.value++;
    setState(() => _ticket = ticket);
  }

  @override
  Widget build(BuildContext context) {
    final ticket = _ticket;
    final landscape = MediaQuery.orientationOf(context) == Orientation.landscape;
    return Scaffold(
      appBar: AppBar(title: const Text('New ticket')),
      body: Flex(
        direction: landscape ? Axis.horizontal : Axis.vertical,
        children: [
          Expanded(child: Center(child: ticket == null ? null : TicketQr(ticket: ticket))),
          ValueListenableBuilder<int>(
            valueListenable: _generated,
            builder: (context, count, _) => Text('$count made in this sitting'),
          ),
          FilledButton(onPressed: _generate, child: const Text('Generate')),
        ],
      ),
    );
  }
}
