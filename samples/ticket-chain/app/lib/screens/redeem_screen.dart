import 'package:flutter/material.dart';
import 'package:provider/provider.dart';

import '../api/api_client.dart';

class RedeemScreen extends StatefulWidget {
  const RedeemScreen({super.key});

  @override
  State<RedeemScreen> createState() => _RedeemScreenState();
}

class _RedeemScreenState extends State<RedeemScreen> {
  final TextEditingController _token = TextEditingController();
  final TextEditingController _country = TextEditingController(text: 'DE');
  final TextEditingController _city = TextEditingController();
  bool _busy = false;

  @override
  void dispose() {
    for (final controller in [_token, _country, _city]) {
      controller.dispose();
    }
    super.dispose();
  }

  Future<void> _redeem() async {
    final api = context.read<ApiClient>();
    final messenger = ScaffoldMessenger.of(context);
    setState(() => _busy = true);
    try {
      await api.redeem(_token.text, _country.text, _city.text);
      messenger.showSnackBar(const SnackBar(content: Text('Welcome to the chain')));
    } on ApiException catch (error) {
      messenger.showSnackBar(SnackBar(content: Text('$error')));
    } finally {
      if (mounted) setState(() => _busy = false);
    }
  }

  @override
  Widget build(BuildContext context) {
    if (_busy) {
      return const Scaffold(body: Center(child: CircularProgressIndicator()));
    }
    return Scaffold(
      appBar: AppBar(title: const Text('Redeem a ticket')),
      body: Padding(
        padding: const EdgeInsets.all(24),
        child: Column(
          children: [
            TextField(controller: _token, decoration: const InputDecoration(labelText: 'Token')),
            TextField(controller: _country, decoration: const InputDecoration(labelText: 'Country')),
            TextField(controller: _city, decoration: const InputDecoration(labelText: 'City')),
            const SizedBox(height: 24),
            FilledButton(onPressed: _redeem, child: const Text('Redeem')),
          ],
        ),
      ),
    );
  }
}
